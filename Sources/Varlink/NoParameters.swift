/// The parameters of a method or an error that has none: `{}`.
package struct NoParameters: Codable, Hashable, Sendable {
  package init() {}
}
