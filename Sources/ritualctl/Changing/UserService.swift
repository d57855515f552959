import Descriptors
import Files
import Glibc

/// The user service of rituald, where systemd manages services.
enum UserService {
  static let command = "systemctl --user enable --now rituald.socket rituald.service"

  /// True if a service manager runs for this user (as sd_booted(3) asks for the system).
  static func isManaged(runtime folder: String?) -> Bool {
    folder.map { FileStatus.exists($0 + "/systemd") } ?? false
  }

  /// True if the session starts rituald by itself where there is a configuration: a package enabled
  /// rituald.path for all accounts.
  static var startsByItself: Bool { run(["is-active", "rituald.path"]) == nil }

  /// Starts the service now and with each session. Returns the reason where that fails.
  static func enable() -> String? { run(command.split(separator: " ").dropFirst(2).map(String.init)) }

  /// Starts the service now, and waits until it answers. Returns the reason where that fails.
  static func start() -> String? { run(["start", "rituald.service"]) }

  /// Asks the user's service manager. Returns the reason where that fails.
  private static func run(_ arguments: [String]) -> String? {
    var words = (["systemctl", "--user", "--quiet"] + arguments).map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    var pid: pid_t = 0
    let number = posix_spawnp(&pid, "systemctl", nil, nil, &words, environ)
    guard number == 0 else { return "systemctl cannot be started: \(ErrorNumber(number))" }
    var status: Int32 = 0
    _ = uninterrupted { waitpid(pid, &status, 0) }
    return status == 0 ? nil : "systemctl ended with status \((status >> 8) & 0xff)"
  }
}
