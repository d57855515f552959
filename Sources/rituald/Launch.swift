import CLinux
import Control
import Escaping
import Glibc
import Logging

/// From the command line to a process that serves its socket, or to a line that says why not.
enum Launch {
  /// Ends the process where there is nothing to run.
  static func daemon(_ arguments: some Collection<String>) -> Running {
    // Private words are in the memory, and a core of a crash would hold them. At the level that takes privacy back, whoever
    // looks for a mistake may look there too.
    if level > .debug { ritual_hide_memory() }
    switch Options(arguments) {
    case .help: finish(Options.helpText, to: STDOUT_FILENO, status: EXIT_SUCCESS)
    case .version: finish("rituald \(ritualVersion)\n", to: STDOUT_FILENO, status: EXIT_SUCCESS)
    case .tryCalendar:
      CalendarTrial.read()
      exit(EXIT_SUCCESS)
    case .filterBuses: FilterProcess.run(log)
    case .openGuide: GuideOpener.run()
    case nil:
      let words = Escaped.exact(arguments.joined(separator: " "))
      finish("rituald: \(words): not understood; see rituald --help\n", to: STDERR_FILENO, status: EX_USAGE)
    case .run: break
    }
    let log = log
    do throws(StartupError) {
      return try Running(log)
    } catch {
      log.critical("\(error.message)")
      exit(error.status)
    }
  }

  private static var log: Logger { Logger(label: "rituald") { _ in SystemLog(level: level) } }

  private static var level: Logger.Level {
    getenv("RITUALD_LOG").flatMap { Logger.Level(rawValue: String(cString: $0)) } ?? .info
  }

  private static func finish(_ text: String, to descriptor: Int32, status: Int32) -> Never {
    var text = text
    text.withUTF8 { _ = write(descriptor, $0.baseAddress, $0.count) }
    exit(status)
  }
}
