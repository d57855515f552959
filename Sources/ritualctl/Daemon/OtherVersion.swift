import Control
import Varlink

/// A daemon of another version than this program. After an update the former daemon runs on until a quiet
/// moment (docs/service.md).
struct OtherVersion {
  private let version: String

  /// Nil if the daemon has this program's version.
  init?(_ version: String) {
    guard version != ritualVersion else { return nil }
    self.version = version
  }

  /// Asks the daemon at a socket. Nil also if it does not answer.
  init?(at socket: String) {
    let info = try? VarlinkClient(path: socket).call(
      "org.varlink.service.GetInfo", as: Information.self, within: 2)
    guard let info else { return nil }
    self.init(info.version)
  }

  /// A sentence for the user: both versions and the remedy.
  var advice: String {
    "the daemon is \(TerminalText.line(version)) and ritualctl \(ritualVersion), restart it: "
      + "systemctl --user restart rituald"
  }

  /// True for errors of a daemon that does not know what this program asks for.
  static func mayExplain(_ error: RemoteError) -> Bool {
    [
      ServiceError.InterfaceNotFound.name, ServiceError.MethodNotFound.name,
      ServiceError.MethodNotImplemented.name, ServiceError.InvalidParameter.name,
      ServiceError.ExpectedMore.name,
    ].contains(error.name)
  }

  /// The part of the reply of `GetInfo` that is wanted.
  private struct Information: Decodable {
    let version: String
  }
}
