/// The parameters of a method or an error that has none: `{}`.
package struct NoParameters: Codable, Hashable, Sendable {
  private enum CodingKeys: CodingKey {}

  package init() {}

  /// Asks for an object, for a strict decoder to see that nothing is in it.
  package init(from decoder: any Decoder) throws {
    _ = try decoder.container(keyedBy: CodingKeys.self)
  }
}
