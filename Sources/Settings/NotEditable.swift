/// The reason why a text cannot be edited automatically.
struct NotEditable: Error {
  /// A clause without a full stop.
  let reason: String
}
