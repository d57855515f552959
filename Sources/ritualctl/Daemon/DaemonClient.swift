import Control
import Descriptors
import Glibc
import Varlink

/// The connection of a command to the daemon. What goes wrong is thrown, and `Failure` has words for it.
struct DaemonClient {
  let socket: String

  /// The daemon cannot be reached, or cannot work.
  struct Unreachable: Error {
    /// The reason, in words for the user.
    let message: String

    init(_ error: VarlinkClient.Failure) {
      message =
        switch error {
        case .unreachable(_, ErrorNumber(ENOENT)), .unreachable(_, ErrorNumber(ECONNREFUSED)):
          "rituald is not running; start it with: systemctl --user start rituald (or, without systemd: rituald &)"
        case .unreachable, .badPath, .hungUp, .timedOut, .malformed, .failed, .tooLong, .sharedFolder,
          .otherUser:
          "cannot talk to rituald: \(error)"
        }
    }

    /// The daemon says of itself that it cannot work.
    fileprivate init(notWorking error: RemoteError) { message = Refusal.text(of: error) }

    /// The reason is that the daemon is of another version.
    fileprivate init(_ reason: String, _ version: OtherVersion) { message = "\(reason); \(version.advice)" }
  }

  /// Calls a method.
  ///
  /// - Parameter member: the one member of the reply that is wanted; nil for the whole reply.
  /// - Throws: `Unreachable`, or `RemoteError` for a refusal of the daemon's.
  func call<Value: Decodable>(
    _ method: String, _ parameters: some Encodable = NoParameters(), member: String? = nil,
    as type: Value.Type
  ) throws -> DaemonReply<Value> {
    try withClient { client in
      let reply = try client.call(Method.name(method), parameters, as: JSONText.self)
      return DaemonReply(json: try member.map(reply.member) ?? reply, daemon: self)
    }
  }

  /// Follows what happens, until the daemon goes away: then this throws `Unreachable`.
  ///
  /// - Parameter waiting: as with `VarlinkClient.callMore`.
  func follow(waiting: (Int32) throws -> Void, _ body: (WatchReply) throws -> Void) throws {
    try withClient { client in
      try client.callMore(Method.name("Watch"), NoParameters(), as: WatchReply.self, waiting: waiting, body)
    }
  }

  private func withClient<Result>(_ body: (VarlinkClient) throws -> Result) throws -> Result {
    do {
      return try body(try VarlinkClient(path: socket))
    } catch let error as VarlinkClient.Failure {
      throw explained(error)
    } catch is DecodingError {
      throw unexpectedReply
    } catch let error as RemoteError where error.name == NotWorking.name {
      throw Unreachable(notWorking: error)
    } catch let error as RemoteError where OtherVersion.mayExplain(error) {
      guard let version = OtherVersion(at: socket) else { throw error }
      throw Unreachable(Refusal.text(of: error), version)
    }
  }

  /// A reply is JSON, and not what this version expects.
  var unexpectedReply: Unreachable { explained(.malformed(.badMember(name: "parameters"))) }

  /// A failure, with what to do if the daemon's version may be the reason.
  private func explained(_ failure: VarlinkClient.Failure) -> Unreachable {
    let reason = Unreachable(failure)
    guard case .malformed = failure, let version = OtherVersion(at: socket) else { return reason }
    return Unreachable(reason.message, version)
  }
}
