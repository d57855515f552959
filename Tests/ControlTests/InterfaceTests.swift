import Control
import FoundationEssentials
import Testing
import Varlink

/// The interface file and the Swift types must not drift apart.
@Suite("io.ritual.Control")
struct InterfaceTests {
  static let moment = "{\"at\":\"2026-11-27T08:05:00+01:00\",\"unix\":1795763100}"

  /// The fields of a type, method or error in the interface file, in their order.
  static func fields(of declaration: String) throws -> [String] {
    let text = controlInterface.split(separator: "\n").filter { !$0.hasPrefix("#") }.joined(separator: " ")
    let start = try #require(text.firstRange(of: declaration)?.upperBound, "no \(declaration)")
    var depth = 1
    var word = ""
    var fields: [String] = []
    var isName = true
    for character in text[start...] {
      switch character {
      case "(": depth += 1
      case ")": depth -= 1
      case ":" where depth == 1 && isName:
        fields.append(word.filter { !$0.isWhitespace })
        isName = false
      case "," where depth == 1: (word, isName) = ("", true)
      default: word.append(character)
      }
      if depth == 0 { return fields }
    }
    return fields
  }

  /// The keys that a value has as JSON.
  static func keys(of value: some Encodable) throws -> Set<String> {
    let json = try JSONDecoder().decode([String: JSONValue].self, from: JSONEncoder().encode(value))
    return Set(json.keys)
  }

  static var full: LogEntry {
    get throws {
      let moment = try JSONDecoder().decode(Moment.self, from: Data(moment.utf8))
      return LogEntry(
        at: moment, ritual: "kiss", title: "Kiss", scheduled: moment, what: "snoozed", reason: "r",
        by: "command",
        until: moment, count: 1)
    }
  }

  @Test("Each type has the fields that the interface file names")
  func types() throws {
    let entry = try Self.full
    let coming = Coming(ritual: "kiss", title: "Kiss", scheduled: entry.at)
    let reminder = OpenReminder(
      ritual: "kiss", title: "Kiss", scheduled: entry.at, phase: "held", until: entry.at,
      reason: "locked")
    let ritual = RitualInfo(
      id: "kiss", title: "Kiss", message: "m", schedule: [], normalized: [], timezone: "local",
      urgency: "low",
      missed: "2h", snooze: [], enabled: true, next: entry.at, state: "shown", file: "f")
    let problem = ProblemInfo(file: "f", line: 1, column: 1, key: "k", severity: "error", text: "t")
    let server = ServerInfo(name: "n", vendor: "v", version: "1", capabilities: [])
    let state = State(
      version: "1", pid: 1, since: entry.at, timezone: "UTC", configuration: "c", rituals: 1,
      problems: [problem],
      journal: "j", journalFailure: "f", journalDisplaced: "d", waiting: 0, server: server,
      serverFailure: "f", next: coming,
      reminders: [reminder],
      orders: [OrderInfo(what: "paused", ritual: "kiss", since: entry.at, until: entry.at)],
      session: [CircumstanceInfo(name: "locked", state: "unknown", reason: "r")])
    let why = WhyInfo(
      ritual: "kiss", title: "Kiss", enabled: true, next: entry.at, holds: "locked", holdsUntil: entry.at,
      reminder: reminder, last: [entry])
    #expect(try Self.keys(of: why) == Set(try Self.fields(of: "type Why (")))
    #expect(try Self.keys(of: state.orders[0]) == Set(try Self.fields(of: "type Order (")))
    #expect(try Self.keys(of: state.session[0]) == Set(try Self.fields(of: "type Circumstance (")))
    #expect(try Self.keys(of: entry.at) == Set(try Self.fields(of: "type Moment (")))
    #expect(try Self.keys(of: entry) == Set(try Self.fields(of: "type Entry (")))
    #expect(try Self.keys(of: coming) == Set(try Self.fields(of: "type Coming (")))
    #expect(try Self.keys(of: reminder) == Set(try Self.fields(of: "type Reminder (")))
    #expect(try Self.keys(of: ritual) == Set(try Self.fields(of: "type Ritual (")))
    #expect(try Self.keys(of: problem) == Set(try Self.fields(of: "type Problem (")))
    let note = NoteInfo(id: 1, at: entry.at, kind: "warm", text: "t", ritual: "r", guide: "g")
    #expect(try Self.keys(of: note) == Set(try Self.fields(of: "type Note (")))
    #expect(try Self.keys(of: server) == Set(try Self.fields(of: "type Server (")))
    #expect(try Self.keys(of: state) == Set(try Self.fields(of: "type State (")))
  }

  @Test("Each error has the parameters that the interface file names")
  func errors() throws {
    let moment = try Self.full.at
    let errors: [any VarlinkError] = [
      NoSuchRitual(ritual: "r", didYouMean: "d"), RitualExists(ritual: "r", file: "f"),
      NothingToAnswer(ritual: "r", next: moment), SeveralWaiting(rituals: []),
      InvalidSchedule(text: "t", position: 0, reason: "r", accepted: "a"),
      InvalidValue(field: "f", text: "t", accepted: "a"), NotWritable(path: "p", reason: "r"),
      NoNotificationServer(reason: "r"), JournalUnreadable(reason: "r"),
      NotForgotten(reason: "r"),
    ]
    for error in errors {
      let name = type(of: error).name
      #expect(name.hasPrefix("io.ritual.Control."))
      let declaration = "error \(name.dropFirst("io.ritual.Control.".count)) ("
      #expect(try Self.keys(of: error) == Set(try Self.fields(of: declaration)), "\(name)")
    }
    #expect(controlInterface.split(separator: "\n").count { $0.hasPrefix("error ") } == errors.count)
  }

  @Test("Each method takes the parameters that the interface file names")
  func methods() throws {
    let add = AddRequest(title: "t", schedule: [], id: "i", message: "m", timezone: "z", urgency: "u")
    #expect(try Self.keys(of: add) == Set(try Self.fields(of: "method Add(")))
    #expect(try Self.keys(of: NextRequest(count: 1)) == Set(try Self.fields(of: "method Next(")))
    #expect(try Self.keys(of: RitualRequest(ritual: "r")) == Set(try Self.fields(of: "method Remove(")))
    #expect(try Self.keys(of: RitualRequest(ritual: "r")) == Set(try Self.fields(of: "method Test(")))
    #expect(try Self.keys(of: AnswerRequest(ritual: "r")) == Set(try Self.fields(of: "method Done(")))
    #expect(
      try Self.keys(of: SnoozeRequest(ritual: "r", until: "u")) == Set(try Self.fields(of: "method Snooze(")))
    #expect(
      try Self.keys(of: LogRequest(ritual: "r", since: "s", limit: 1))
        == Set(try Self.fields(of: "method Log(")))
    #expect(try Self.keys(of: AppreciateRequest(text: "t")) == Set(try Self.fields(of: "method Appreciate(")))
    #expect(
      try Self.keys(of: RememberRequest(warm: true, text: "t"))
        == Set(try Self.fields(of: "method Remember(")))
    #expect(
      try Self.keys(of: WriteRequest(text: "t", ritual: "r", guide: "g"))
        == Set(try Self.fields(of: "method Write(")))
    #expect(
      try Self.keys(of: NotesRequest(since: "s", kind: "hard", limit: 1))
        == Set(try Self.fields(of: "method Notes(")))
    let forget = ForgetRequest(
      notes: [], ritual: "r", since: "s", before: "b", everything: true, preview: true)
    #expect(try Self.keys(of: forget) == Set(try Self.fields(of: "method Forget(")))
    let news = News(entry: try Self.full, rituals: 1, problems: 1, server: "s")
    #expect(try Self.keys(of: news) == Set(try Self.fields(of: "method Watch() -> (")))
  }

  @Test("The text is an interface description of this name, with its methods")
  func description() throws {
    let description = try InterfaceDescription(parsing: controlInterface)
    #expect(description.name == Method.interface)
    #expect(description.methods.isSuperset(of: ["Status", "List", "Watch", "Add", "Done"]))
  }
}

@Suite("Paths")
struct PathsTests {
  @Test("The environment's folders are used, relative ones ignored")
  func folders() {
    let set = ["HOME": "/home/a", "XDG_CONFIG_HOME": "/c", "XDG_STATE_HOME": "/s", "XDG_RUNTIME_DIR": "/r"]
    let paths = Paths(environment: { set[$0] }, user: 1000)
    #expect(paths.configuration == "/c/ritual")
    #expect(paths.journal == "/s/ritual/journal.sqlite")
    #expect(paths.socket == "/r/ritual/control.sock")
    let relative = ["HOME": "/home/a", "XDG_CONFIG_HOME": "c", "XDG_STATE_HOME": "", "XDG_RUNTIME_DIR": "r"]
    let usual = Paths(environment: { relative[$0] }, user: 1000)
    #expect(usual.configuration == "/home/a/.config/ritual")
    #expect(usual.journal == "/home/a/.local/state/ritual/journal.sqlite")
    #expect(usual.socket == "/run/user/1000/ritual/control.sock")
  }
}
