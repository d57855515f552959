import ArgumentParser
import Control
import Descriptors
import Glibc
import Varlink

/// The daemon, as a command sees it: what it answers, or why not, said to the user.
struct DaemonClient {
  let socket: String

  /// The daemon cannot be reached, or cannot work; what to tell the user about it is not said yet.
  struct Unreachable: Error {
    let message: String

    /// Says it, and gives what to throw.
    var said: ExitCode { Failure.exit(message, status: EX_UNAVAILABLE) }
  }

  /// Calls a method. Where that fails it says why, and throws the exit status.
  func call<Reply: Decodable>(
    _ method: String, _ parameters: some Encodable, as reply: Reply.Type
  ) throws -> Reply {
    try answered { try $0.call(Method.name(method), parameters, as: reply) }
  }

  /// The same for a method that takes no parameters.
  func call<Reply: Decodable>(_ method: String, as reply: Reply.Type) throws -> Reply {
    try answered { try $0.call(Method.name(method), as: reply) }
  }

  /// Calls a method, and leaves it to the caller to say what went wrong: `Unreachable`, or a `RemoteError`.
  func request<Reply: Decodable>(
    _ method: String, _ parameters: some Encodable, as reply: Reply.Type
  ) throws -> Reply {
    try reached { try $0.call(Method.name(method), parameters, as: reply) }
  }

  /// The same for a method that takes no parameters.
  func request<Reply: Decodable>(_ method: String, as reply: Reply.Type) throws -> Reply {
    try reached { try $0.call(Method.name(method), as: reply) }
  }

  /// The same, where decoding would take most of the time: `read` gets the result.
  func call<Reply>(
    _ method: String, reading read: (inout JSONReader) throws(JSONReader.Malformed) -> Reply
  ) throws -> Reply {
    try answered { try $0.call(Method.name(method), reading: read) }
  }

  private func answered<Reply>(_ body: (VarlinkClient) throws -> Reply) throws -> Reply {
    try told { try reached(body) }
  }

  /// Does something with the daemon. Where that fails it says why, and throws the exit status.
  func told<Reply>(_ body: () throws -> Reply) throws -> Reply {
    do {
      return try body()
    } catch let failure as Unreachable {
      throw failure.said
    } catch let error as RemoteError {
      throw Failure.exit(Refusal.text(of: error), status: Refusal.status(of: error))
    }
  }

  /// Talks to the daemon; throws `Unreachable` where it is not there, or says that it cannot work.
  private func reached<Reply>(_ body: (VarlinkClient) throws -> Reply) throws -> Reply {
    do {
      return try body(try VarlinkClient(path: socket))
    } catch let failure as VarlinkClient.Failure {
      throw unreachable(failure)
    } catch let error as RemoteError where error.name == NotWorking.name {
      throw Unreachable(message: Refusal.text(of: error))
    }
  }

  /// Follows what happens, until the daemon goes: then throws `Unreachable`. `waiting` as with
  /// `VarlinkClient.follow`.
  func follow(waiting: (Int32) throws -> Void, _ body: (News) throws -> Void) throws {
    do {
      try reached { client in
        try client.follow(Method.name("Watch"), NoParameters(), as: News.self, waiting: waiting, body)
      }
    } catch let error as RemoteError {
      throw Failure.exit(Refusal.text(of: error), status: Refusal.status(of: error))
    }
  }

  private func unreachable(_ failure: VarlinkClient.Failure) -> Unreachable {
    switch failure {
    case .unreachable(_, ErrorNumber(ENOENT)), .unreachable(_, ErrorNumber(ECONNREFUSED)):
      Unreachable(
        message:
          "rituald is not running; start it with: systemctl --user start rituald (or, without systemd: rituald &)"
      )
    case .unreachable, .badPath, .hungUp, .timedOut, .malformed, .failed, .tooLong, .sharedFolder, .otherUser:
      Unreachable(message: "rituald cannot be talked to: \(failure)")
    }
  }
}
