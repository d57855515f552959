import Desktop
import Dispatch
import Files
import Logging

/// Goes on with a new program after its file was replaced, for example by the package manager: asks the new
/// program whether it can, and runs it in this process at the next quiet moment
/// (docs/decisions/0034-a-new-program-in-the-same-process.md).
final class Renewal {
  /// True at a moment at which the user sees nothing of a new start.
  var isQuiet: () -> Bool = { false }
  /// The format of the journal that the new program has to know; 0 for any.
  var format: () -> Int = { 0 }
  /// Called with the path of the new program, at a quiet moment.
  var run: (String) -> Void = { _ in }

  /// The reason why this program goes on in place of the one that replaced its file, a clause for people; nil
  /// if none did, or if the other one goes on soon.
  private(set) var failure: String?

  private let log: Logger
  private let program: ProgramFile
  private let watch: FileWatch
  private var trial: TakeoverTrial?
  /// The file that was asked. A later one in its place has not shown yet that it runs.
  private var asked: FileStamp?
  private var timer: (any DispatchSourceTimer)?

  /// The time after the last change of the file: an installation writes other files, too.
  private static let settling = Duration.seconds(10)
  /// The time between looks for a quiet moment.
  private static let pause = DispatchTimeInterval.seconds(2)

  /// Nil if it is unknown which file this process runs.
  init?(_ log: Logger) {
    guard let program = ProgramFile(startedAs: CommandLine.arguments.first ?? "") else { return nil }
    self.log = log
    self.program = program
    watch = FileWatch(files: [program.path], debounce: Self.settling, maximumDelay: .seconds(60))
    watch.onChange = { [unowned self] in check() }
  }

  isolated deinit {
    timer?.cancel()
    trial?.cancel()
  }

  /// Looks whether the file was replaced, and asks the new program then. Called at each change of the file.
  func check() {
    timer?.cancel()
    timer = nil
    trial?.cancel()
    trial = nil
    failure = nil
    asked = program.replacement
    guard asked != nil else { return }
    trial = TakeoverTrial(program.path, format: format()) { [unowned self] canTakeOver in
      trial = nil
      // Of a file that was replaced again, the watch tells when it is whole.
      guard program.replacement == asked else { return }
      if canTakeOver { awaitQuietMoment() } else { refuse() }
    }
    if trial == nil { refuse() }
  }

  private func awaitQuietMoment() {
    log.info(
      "The program was replaced: the new one goes on at a quiet moment", metadata: ["event": "replaced"])
    let timer = DispatchSource.makeTimerSource(queue: .main)
    timer.schedule(deadline: .now(), repeating: Self.pause)
    timer.setEventHandler { [unowned self] in
      if program.replacement == asked, isQuiet() { run(program.path) }
    }
    timer.activate()
    self.timer = timer
  }

  private func refuse() {
    let reason = """
      the program was replaced by one that does not run, does not answer, or cannot go on from here, so the \
      former one goes on; where the other runs, systemctl --user restart rituald starts it
      """
    failure = reason
    log.warning("\(reason)", metadata: ["event": "not-renewed"])
  }
}
