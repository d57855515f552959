import CLinux
import Control
import Desktop
import Dispatch
import Glibc
import Journal
import Logging
import Rituals
import Varlink

/// From the command line to a daemon that runs, or to a line that says why not.
enum Launch {
  /// Ends the process where there is nothing to run.
  static func daemon(_ arguments: some Collection<String>) -> Running {
    switch Options(arguments) {
    case .help: finish(Options.helpText, to: STDOUT_FILENO, status: EXIT_SUCCESS)
    case .version: finish("rituald \(ritualVersion)\n", to: STDOUT_FILENO, status: EXIT_SUCCESS)
    case .tryCalendar(let path):
      CalendarTrial.read(path)
      exit(EXIT_SUCCESS)
    case nil:
      let words = arguments.joined(separator: " ")
      finish("rituald: \(words): not understood; see rituald --help\n", to: STDERR_FILENO, status: EX_USAGE)
    case .run: break
    }
    let log = Logger(label: "rituald") { _ in SystemLog(level: level) }
    do throws(StartupError) {
      return try Running(log)
    } catch {
      log.critical("\(error.message)")
      exit(error.status)
    }
  }

  private static var level: Logger.Level {
    getenv("RITUALD_LOG").flatMap { Logger.Level(rawValue: String(cString: $0)) } ?? .info
  }

  private static func finish(_ text: String, to descriptor: Int32, status: Int32) -> Never {
    var text = text
    text.withUTF8 { _ = write(descriptor, $0.baseAddress, $0.count) }
    exit(status)
  }
}

/// A daemon and its control socket.
struct Running {
  private let daemon: Daemon
  private let control: ControlService

  /// The socket comes first: of two daemons, the second ends here and touches nothing.
  init(_ log: Logger) throws(StartupError) {
    // What is written here is its user's alone.
    umask(0o077)
    let paths = Paths(environment: { getenv($0).map { String(cString: $0) } }, user: getuid())
    do {
      let signals = try Signals()
      let socket = try Self.socket(paths)
      daemon = try Daemon(paths: paths, recorder: try Recorder(at: paths.journal, log: log), log: log)
      control = try ControlService(daemon)
      daemon.start(signals)
      try control.listen(on: socket)
    } catch let error as JournalError {
      throw StartupError(error)
    } catch let error as ListeningSocketError {
      throw StartupError(error)
    } catch {
      throw StartupError("\(error)", status: EX_OSERR)
    }
    daemon.ready()
    // Much of a start is needed once a day or never again; by then it is over.
    DispatchQueue.main.asyncAfter(deadline: .now() + .seconds(10)) { ritual_release_memory() }
  }

  func run() -> Never {
    withExtendedLifetime(self) { dispatchMain() }
  }

  /// The service manager's socket, or one of our own.
  private static func socket(_ paths: Paths) throws -> ListeningSocket {
    let handed = try ActivatedSocket.handedOver()
    guard let first = handed.first else { return try ListeningSocket(at: paths.socket) }
    for more in handed.dropFirst() { close(more.descriptor) }
    return try ListeningSocket(inherited: first.descriptor)
  }
}
