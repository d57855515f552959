import ArgumentParser
import CivilTime
import Control
import Glibc
import Phrases
import Rituals
import Schedules
import Settings
import SystemZones

struct BeginCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "begin", abstract: "Walks through a guide, step by step, with its timers.",
    discussion: """
      Without a name it lists the guides. A ritual's id stands for its guide.

      Enter or → goes on, ← goes back, space stops the clock, n writes a note where the step asks for one, \
      q leaves. For a day, you can pick up where you left off. Without a terminal, a line with only a q leaves, \
      and any other line goes on. Needs no daemon; with one, prompts don't repeat and notes are kept. With \
      --json it only prints the guide.
      """)

  @Argument(help: "The guide, or a ritual that has one.", completion: .guides)
  var name: String?

  @Flag(help: "Start over from the first step.")
  var anew = false

  @Flag(help: "Line by line, even in a terminal.")
  var plain = false

  @Option(
    help: ArgumentHelp("A sound from your sound theme, for when a step's time is up.", valueName: "name"))
  var sound: String?

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let library = UserFolders.library
    guard let name else { return try list(library) }
    let guide = try guide(name, library)
    guard !options.json else { return try options.print(GuideText(guide)) { _ in "" } }
    let helper = GuideHelper(socket: options.daemon.socket, library: library, guide: guide)
    let path = UserFolders.paths.guides + "/\(guide.head.id).json"
    let now = Int64(time(nil))
    let resumed = anew ? nil : GuideProgress.load(guide, from: path, now: now)
    let isOver = walk(resumed ?? GuideWalk(guide), helper, path, isResumed: resumed != nil)
    if isOver { helper.answerReminders(of: rituals.filter { $0.guide == guide.head.id }.map(\.id)) }
    let end =
      isOver
      ? TerminalText.line(guide.ending ?? "You made time for each other.")
      : "ritualctl begin \(guide.head.id) picks up from here within a day."
    options.print { style in "\(style.bold(TerminalText.line(guide.head.title)))  \(end)" }
  }

  private func walk(_ walk: GuideWalk, _ helper: GuideHelper, _ path: String, isResumed: Bool) -> Bool {
    let style = options.style
    guard !plain, let terminal = RawTerminal() else {
      let keys = RawTerminal(isScreen: false)
      defer { keys?.restore() }
      return PlainGuide(helper: helper, style: style, path: path, terminal: keys).run(walk)
    }
    var session = GuideSession(
      walk, on: terminal, helper, style: style, progress: path, isResumed: isResumed,
      ring: { [sound] in sound.map { helper.playSound($0) } })
    return session.run()
  }

  private var rituals: [Ritual] {
    Settings.load(folder: UserFolders.paths.configuration, zones: SystemZones()).configuration.rituals
  }

  /// The guide of a name, or the guide of a ritual of that name, also of one that a preset offers.
  private func guide(_ name: String, _ library: Library) throws -> Guide {
    let own = ContentID(name).map { library.guide($0) }
    if let guide = own?.value { return guide }
    if let problems = own?.problems, !problems.isEmpty {
      throw Failure(
        problems.map { TerminalText.lines($0.rendered) }.joined(separator: "\n"), status: EX_DATAERR)
    }
    let offered = library.presets(zones: SystemZones()).flatMap(\.rituals).map(\.ritual)
    let all = rituals + offered
    if let ritual = all.first(where: { $0.id.text == name }) {
      if let guide = ritual.guide.flatMap({ library.guide($0).value }) { return guide }
      throw Failure("\(name) has no guide")
    }
    let names = library.ids(of: .guides).map(\.text) + all.filter { $0.guide != nil }.map(\.id.text)
    throw Failure(
      Refusal.unknown("guide", name, nearest(name, among: names), "begin"))
  }

  private func list(_ library: Library) throws {
    let guides = library.ids(of: .guides).compactMap { library.guide($0).value }
    try options.print(guides.map(GuideLine.init)) { style in
      var table = TextTable()
      for guide in guides {
        table.add(
          .init(guide.head.id.text, style: style.bold), .init(guide.minutes.map { "\($0) min" } ?? ""),
          .init(guide.head.about ?? guide.head.title))
      }
      return table.text
    }
  }
}

/// A guide for scripts.
private struct GuideLine: Encodable {
  let name: String
  let title: String
  let about: String?
  let strategy: String
  let source: String?
  let language: String
  let minutes: Int?
  let steps: Int
  let ending: String?

  init(_ guide: Guide) {
    name = guide.head.id.text
    title = guide.head.title
    about = guide.head.about
    strategy = guide.head.strategy.rawValue
    source = guide.head.source
    language = guide.head.language
    minutes = guide.minutes
    steps = guide.steps.count
    ending = guide.ending
  }
}

private struct GuideText: Encodable {
  let guide: GuideLine
  let steps: [StepLine]

  init(_ guide: Guide) {
    self.guide = GuideLine(guide)
    steps = guide.steps.map(StepLine.init)
  }
}

/// A step for scripts.
private struct StepLine: Encodable {
  let title: String
  let text: String
  let speaker: String?
  let timer: Int?
  let deck: String?
  let draws: Int
  let note: String?

  init(_ step: GuideStep) {
    title = step.title
    text = step.text
    speaker = step.speaker?.rawValue
    timer = step.timer.map { Int($0.microseconds / 1_000_000) }
    deck = step.drawing?.deck.text
    draws = step.drawing?.count ?? 0
    note = step.note
  }
}
