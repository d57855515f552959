import DesktopRig
import FoundationEssentials
import Glibc
import Testing
import ZoneRig

/// A user's home with a bus of its own: the world of the daemon and its command line. Everything that a test
/// starts here ends with its last owner.
final class Home {
  let folder: TemporaryFolder
  let bus: PrivateBus
  private(set) var daemon: ChildProcess?
  /// The daemon's log.
  private(set) var log: LineReader?

  init() throws {
    folder = try TemporaryFolder()
    bus = try PrivateBus(in: folder)
    for name in ["config", "config/ritual", "state", "run", "data"] { _ = try folder.makeFolder(name) }
  }

  /// The environment of this user's programs.
  var environment: [String: String] {
    [
      "PATH": searchPath, "HOME": folder.path, "LANG": "C.UTF-8", "TZ": "UTC", "TZDIR": TestZones.folder,
      "XDG_CONFIG_HOME": folder.path("config"), "XDG_STATE_HOME": folder.path("state"),
      "XDG_DATA_HOME": folder.path("data"), "XDG_RUNTIME_DIR": folder.path("run"),
      "DBUS_SESSION_BUS_ADDRESS": bus.place,
      "DBUS_SYSTEM_BUS_ADDRESS": "unix:path=\(folder.path("no-system-bus"))",
    ]
  }

  /// Writes the configuration.
  func configure(_ text: String) throws { try folder.write(text, to: "config/ritual/ritual.toml") }

  /// Writes a configuration with one ritual that is due so many whole seconds after now, and returns that
  /// second. The daemon must be started by then, even on a busy machine: a new ritual has no past.
  @discardableResult
  func configure(dueIn seconds: Int, more: String = "") throws -> Int {
    let second = time(nil) + seconds
    try configure(
      """
      [ritual.goodbye-kiss]
      title = "Goodbye kiss"
      message = "Six seconds, before the door."
      schedule = "@\(second)"
      \(more)
      """)
    return second
  }

  /// Starts the daemon as a user would, and waits until it answers, or logs a line before that.
  ///
  /// - Parameters:
  ///   - program: the daemon's program; the built one where it is not given.
  ///   - line: the part of a log line to wait for; nil waits for nothing.
  ///   - fileLimit: the largest size of its files in bytes: to the daemon, a full disk.
  ///   - obeyingModes: makes file modes apply to root's daemon, as to other users'.
  ///   - wrapper: a command that becomes the daemon.
  func start(
    _ more: [String: String] = [:], program: String? = nil, fileLimit: Int? = nil,
    obeyingModes: Bool = false, through wrapper: [String] = [], until line: String? = "Ready"
  ) async throws {
    let log = try LineReader("the daemon to be ready")
    var words = wrapper + [try program ?? built("rituald")]
    // A soft limit, which can be raised again.
    if let fileLimit { words = ["prlimit", "--fsize=\(fileLimit):unlimited", "--"] + words }
    if obeyingModes, geteuid() == 0 {
      let powers = "-dac_override,-dac_read_search"
      words = ["setpriv", "--bounding-set=\(powers)", "--inh-caps=\(powers)", "--"] + words
    }
    daemon = try ChildProcess(
      words[0], Array(words.dropFirst()), environment: environment.merging(more) { $1 }, errors: log.writing)
    log.closeWritingEnd()
    self.log = log
    if let line { _ = try await log.next { $0.contains(line) } }
  }

  /// Starts the daemon in a user namespace of its own, where the user may have no inotify watches.
  func startWithoutInotify() async throws {
    let log = try LineReader("the daemon to be ready")
    let limit = "echo 0 > /proc/sys/user/max_inotify_watches"
    daemon = try ChildProcess(
      "unshare",
      ["--user", "--map-root-user", "sh", "-c", "\(limit) && exec '\(try built("rituald"))'"],
      environment: environment, errors: log.writing)
    log.closeWritingEnd()
    self.log = log
    _ = try await log.next { $0.contains("Ready") }
  }

  /// Starts the daemon with its state on a disk of its own, which ends with it: `size=256k`, `ro`.
  func start(onDisk options: String) async throws {
    let log = try LineReader("the daemon to be ready")
    let mount = "mount -t tmpfs -o \(options) none '\(folder.path("state"))'"
    daemon = try ChildProcess(
      "unshare", ["--mount", "sh", "-c", "\(mount) && exec '\(try built("rituald"))'"],
      environment: environment, errors: log.writing)
    log.closeWritingEnd()
    self.log = log
    _ = try await log.next { $0.contains("Ready") }
  }

  /// True if this process may mount in a namespace of its own.
  static var canMount: Bool {
    get async throws {
      let words = ["--mount", "mount", "-t", "tmpfs", "none", "/mnt"]
      return try await ChildProcess.run("unshare", words, environment: ["PATH": searchPath]).status == 0
    }
  }

  /// True if this process may create a user namespace.
  static var canLimit: Bool {
    get async throws {
      let words = ["--user", "--map-root-user", "sh", "-c", "echo 0 > /proc/sys/user/max_inotify_watches"]
      return try await ChildProcess.run("unshare", words, environment: ["PATH": searchPath]).status == 0
    }
  }

  /// Remounts the daemon's own disk with other options.
  func remount(_ options: String) async throws {
    try await asDaemon("mount", "-o", "remount,\(options)", folder.path("state"))
  }

  /// Mounts a folder over another one, visible only to the daemon.
  func mount(_ from: String, over place: String) async throws {
    try await asDaemon("mount", "--bind", folder.path(from), folder.path(place))
  }

  /// Copies a file of the daemon's own disk into another folder.
  func copy(_ from: String, to: String) async throws {
    try await asDaemon("cp", "-r", folder.path(from), folder.path(to))
  }

  /// Runs a command that sees the daemon's mounts.
  private func asDaemon(_ words: String...) async throws {
    let target = ["--mount", "--target", "\(daemon?.pid ?? 0)"]
    let output = try await ChildProcess.run("nsenter", target + words, environment: environment)
    guard output.status == 0 else { throw RigError.waitedInVain("\(words): \(output.errors)") }
  }

  /// Removes the limit of the daemon's file sizes.
  func liftFileLimit() async throws {
    let pid = daemon.map { "\($0.pid)" } ?? ""
    let output = try await ChildProcess.run(
      "prlimit", ["--pid", pid, "--fsize=unlimited"], environment: environment)
    guard output.status == 0 else { throw RigError.waitedInVain("prlimit: \(output.errors)") }
  }

  /// Runs the daemon to its end, for tests of daemons that exit.
  func runDaemon(_ more: [String: String] = [:]) async throws -> Output {
    try await ChildProcess.run(built("rituald"), environment: environment.merging(more) { $1 })
  }

  /// Runs `ritualctl`.
  @discardableResult
  func ctl(_ arguments: String...) async throws -> Output {
    try await ChildProcess.run(built("ritualctl"), arguments, environment: environment)
  }

  /// The JSON answer of `ritualctl`; throws if there is none.
  func ask<Answer: Decodable>(_ type: Answer.Type, _ arguments: String...) async throws -> Answer {
    let output = try await ChildProcess.run(
      built("ritualctl"), arguments + ["--json"], environment: environment)
    guard output.status == 0 else { throw RigError.waitedInVain("\(arguments): \(output.errors)") }
    return try JSONDecoder().decode(type, from: FoundationEssentials.Data(output.output.utf8))
  }

  /// dunst, on its own display.
  func makeDunst() throws -> (dunst: Dunst, display: VirtualDisplay) {
    let display = try VirtualDisplay()
    return (try Dunst(in: folder, on: bus, display: display), display)
  }
}

extension Trait where Self == ConditionTrait {
  /// For tests that limit the size of the daemon's files: sanitized programs keep memory in files too.
  nonisolated static var limitsFiles: Self {
    .disabled(if: isSanitized, "a sanitized program does not start with a limit on the size of files")
  }
}
