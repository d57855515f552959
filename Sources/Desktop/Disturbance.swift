/// Whether notifications are wanted now, by the word of whoever shows them.
nonisolated package enum Disturbance: Hashable, Sendable {
  /// Nobody can tell, and why that is: a clause for people.
  case unknown(String)
  /// Notifications are shown as always.
  case welcome
  /// The user does not want to be disturbed, by the word of this one, such as `dunst`.
  case unwelcome(by: String)
}
