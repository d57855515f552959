import DesktopRig
import FoundationEssentials
import Glibc
import Testing
import ZoneRig

/// A user's home with a bus of its own: what the daemon and its command line see of the world. Everything
/// that is started here ends with the last one who holds it.
final class Home {
  let folder: TemporaryFolder
  let bus: PrivateBus
  private(set) var daemon: ChildProcess?
  /// What the daemon logs.
  private(set) var log: LineReader?

  init() throws {
    folder = try TemporaryFolder()
    bus = try PrivateBus(in: folder)
    for name in ["config", "config/ritual", "state", "run", "data"] { _ = try folder.makeFolder(name) }
  }

  /// All that programs of this user have as their environment.
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

  /// A configuration with one ritual, due so many whole seconds after the present one. Returns that second. A
  /// busy machine must have the daemon started by then: a new ritual has no past.
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

  /// Starts the daemon as a user would, and waits until it can be talked to, or logs something before.
  /// `fileLimit` is the most bytes that a file of its may have: to it, a disk that is full. `obeyingModes`
  /// has root's daemon refused what a file's mode does not allow, as anybody else's is. `wrapper` is a
  /// command that becomes the daemon; where the line is nil, nothing is waited for.
  func start(
    _ more: [String: String] = [:], fileLimit: Int? = nil, obeyingModes: Bool = false,
    through wrapper: [String] = [], until line: String? = "Ready"
  ) async throws {
    let log = try LineReader("the daemon to be ready")
    var words = wrapper + [try built("rituald")]
    // The limit that can be raised again.
    if let fileLimit { words = ["prlimit", "--fsize=\(fileLimit):unlimited", "--"] + words }
    if obeyingModes, geteuid() == 0 {
      let powers = "-dac_override,-dac_read_search"
      words = ["setpriv", "--bounding-set=\(powers)", "--inh-caps=\(powers)", "--"] + words
    }
    daemon = try ChildProcess(
      words[0], Array(words.dropFirst()), environment: environment.merging(more) { $1 }, errors: log.writing)
    log.handedOver()
    self.log = log
    if let line { _ = try await log.next { $0.contains(line) } }
  }

  /// Starts the daemon in a user namespace of its own, where the user may have no watches of inotify.
  func startWithoutInotify() async throws {
    let log = try LineReader("the daemon to be ready")
    let limit = "echo 0 > /proc/sys/user/max_inotify_watches"
    daemon = try ChildProcess(
      "unshare",
      ["--user", "--map-root-user", "sh", "-c", "\(limit) && exec '\(try built("rituald"))'"],
      environment: environment, errors: log.writing)
    log.handedOver()
    self.log = log
    _ = try await log.next { $0.contains("Ready") }
  }

  /// Starts the daemon with its state on a disk of its own, which is gone with it: `size=256k`, `ro`.
  func start(onDisk options: String) async throws {
    let log = try LineReader("the daemon to be ready")
    let mount = "mount -t tmpfs -o \(options) none '\(folder.path("state"))'"
    daemon = try ChildProcess(
      "unshare", ["--mount", "sh", "-c", "\(mount) && exec '\(try built("rituald"))'"],
      environment: environment, errors: log.writing)
    log.handedOver()
    self.log = log
    _ = try await log.next { $0.contains("Ready") }
  }

  /// Whether this process may mount something where nobody else sees it.
  static var canMount: Bool {
    get async throws {
      let words = ["--mount", "mount", "-t", "tmpfs", "none", "/mnt"]
      return try await ChildProcess.run("unshare", words, environment: ["PATH": searchPath]).status == 0
    }
  }

  /// Whether this process may make a user namespace.
  static var canLimit: Bool {
    get async throws {
      let words = ["--user", "--map-root-user", "sh", "-c", "echo 0 > /proc/sys/user/max_inotify_watches"]
      return try await ChildProcess.run("unshare", words, environment: ["PATH": searchPath]).status == 0
    }
  }

  /// Changes the disk that the daemon has to itself.
  func remount(_ options: String) async throws {
    try await asDaemon("mount", "-o", "remount,\(options)", folder.path("state"))
  }

  /// Mounts a folder over another one, where the daemon alone sees it.
  func mount(_ from: String, over place: String) async throws {
    try await asDaemon("mount", "--bind", folder.path(from), folder.path(place))
  }

  /// Brings what is in a folder of the daemon's own disk into another one.
  func copy(_ from: String, to: String) async throws {
    try await asDaemon("cp", "-r", folder.path(from), folder.path(to))
  }

  /// Runs a command that sees the disks that the daemon sees.
  private func asDaemon(_ words: String...) async throws {
    let target = ["--mount", "--target", "\(daemon?.pid ?? 0)"]
    let output = try await ChildProcess.run("nsenter", target + words, environment: environment)
    guard output.status == 0 else { throw RigError.waitedInVain("\(words): \(output.errors)") }
  }

  /// Frees the daemon's files from their limit.
  func liftFileLimit() async throws {
    let pid = daemon.map { "\($0.pid)" } ?? ""
    let output = try await ChildProcess.run(
      "prlimit", ["--pid", pid, "--fsize=unlimited"], environment: environment)
    guard output.status == 0 else { throw RigError.waitedInVain("prlimit: \(output.errors)") }
  }

  /// Runs the daemon to its end: for those that are not to run long.
  func runDaemon(_ more: [String: String] = [:]) async throws -> Output {
    try await ChildProcess.run(built("rituald"), environment: environment.merging(more) { $1 })
  }

  /// Runs `ritualctl`.
  @discardableResult
  func ctl(_ arguments: String...) async throws -> Output {
    try await ChildProcess.run(built("ritualctl"), arguments, environment: environment)
  }

  /// What `ritualctl` answers as JSON; throws where it does not.
  func ask<Answer: Decodable>(_ type: Answer.Type, _ arguments: String...) async throws -> Answer {
    let output = try await ChildProcess.run(
      built("ritualctl"), arguments + ["--json"], environment: environment)
    guard output.status == 0 else { throw RigError.waitedInVain("\(arguments): \(output.errors)") }
    return try JSONDecoder().decode(type, from: FoundationEssentials.Data(output.output.utf8))
  }

  /// dunst, on a display of its own.
  func makeDunst() throws -> (dunst: Dunst, display: VirtualDisplay) {
    let display = try VirtualDisplay()
    return (try Dunst(in: folder, on: bus, display: display), display)
  }
}

extension Trait where Self == ConditionTrait {
  /// For tests that limit the size of the daemon's files: the memory of a sanitized program is in files too.
  nonisolated static var limitsFiles: Self {
    .disabled(if: isSanitized, "a sanitized program does not start with a limit on the size of files")
  }
}
