/// The parameters of a method or an error without any: `{}`.
package struct NoParameters: Codable, Hashable, Sendable {
  private enum CodingKeys: CodingKey {}

  package init() {}

  /// Asks for an object, so that a strict decoder refuses members in it.
  package init(from decoder: any Decoder) throws {
    _ = try decoder.container(keyedBy: CodingKeys.self)
  }
}
