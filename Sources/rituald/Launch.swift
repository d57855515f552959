import CLinux
import Control
import Escaping
import Glibc
import Logging

/// Runs what the command line asks for.
enum Launch {
  /// The daemon's process. Ends the process if the command line asks for something else.
  static func process(_ arguments: some Collection<String>) -> DaemonProcess {
    // The memory has private words, and so would the core dump of a crash. At debug level the log has private
    // words anyway, and a debugger may read the memory.
    if level > .debug { ritual_hide_memory() }
    switch Options(arguments) {
    case .help: finish(Options.helpText, to: STDOUT_FILENO, status: EXIT_SUCCESS)
    case .version: finish("rituald \(ritualVersion)\n", to: STDOUT_FILENO, status: EXIT_SUCCESS)
    case .tryCalendar:
      CalendarTrial.read()
      exit(EXIT_SUCCESS)
    case .takeOver(let format): exit(TakeoverTrial.canTakeOver(format: format) ? EXIT_SUCCESS : EX_CONFIG)
    case .askTakeover(let program, let format):
      TakeoverTrial.ask(program, format: format)
      exit(EX_OSERR)
    case .filterBuses: FilterProcess.run(log)
    case .openGuide: GuideProcess.run()
    case nil:
      let words = Escaped.exact(arguments.joined(separator: " "))
      finish("rituald: \(words): not understood; see rituald --help\n", to: STDERR_FILENO, status: EX_USAGE)
    case .run: break
    }
    let log = log
    do throws(StartupError) {
      return try DaemonProcess(log)
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
