/// The parameters of a method, as a type that names the method and the type of its reply.
package protocol VarlinkRequest: Codable, Hashable, Sendable {
  associatedtype Reply: Codable, Hashable, Sendable
  /// The full name of the method, `io.ritual.Control.Snooze`.
  static var method: String { get }
}

/// A request to a method that has no parameters.
package protocol EmptyVarlinkRequest: VarlinkRequest {
  init()
}

extension EmptyVarlinkRequest {
  /// Asks for an object, so that a strict decoder refuses what is in it.
  package init(from decoder: any Decoder) throws {
    _ = try NoParameters(from: decoder)
    self.init()
  }
}

extension VarlinkService {
  /// Handles the method of `request`, as `handle(_:as:longestText:_:)` does.
  package func handle<Request: VarlinkRequest>(
    _ request: Request.Type, longestText: Int = .max,
    _ body: @escaping @MainActor (Request, Call) throws -> Void
  ) {
    handle(Request.method, as: request, longestText: longestText, body)
  }
}
