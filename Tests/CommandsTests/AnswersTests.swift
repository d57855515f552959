import Control
import DesktopRig
import FoundationEssentials
import Glibc
import InterfaceLanguage
import InterfaceRig
import Testing
import Varlink

@MainActor
@Suite("What ritualctl prints")
struct AnswersTests {
  let daemon: FakeDaemon
  /// Friday, 2026-11-27, 08:05 in Berlin.
  static let moment = "{\"at\":\"2026-11-27T08:05:00+01:00\",\"unix\":1795763100}"

  init() throws { daemon = try FakeDaemon() }

  @Test("A list is aligned, wide characters and control characters too")
  func list() async throws {
    func ritual(_ id: String, _ title: String) -> String {
      """
      {"id":"\(id)","title":"\(title)","schedule":["Mon..Fri 08:05"],"normalized":[],"timezone":"local",
       "urgency":"normal","missed":"2h","snooze":["10min"],"enabled":false,"state":"disabled",
       "nudge":{"every":"15min","times":0},"quiet":"respect","private":false}
      """
    }
    try daemon.answer(
      "List",
      "{\"rituals\":[\(ritual("a", "Kiss")),\(ritual("long-id", "抱擁 ❤️")),\(ritual("c", "x\\u001b[31m\\ny"))]}"
    )
    let output = try await daemon.ctl("list")
    #expect(
      output.output == """
        a        Kiss      Mon..Fri 08:05  disabled
        long-id  抱擁 ❤️   Mon..Fri 08:05  disabled
        c        x\u{fffd}[31m y  Mon..Fri 08:05  disabled

        """, "\(output.output) \(output.errors)")
    #expect(try await daemon.ctl("list", "--json").output.hasPrefix("[{\"enabled\":false,\"id\":\"a\""))
  }

  @Test("Nothing there is said in words, and as an empty list for scripts")
  func nothing() async throws {
    try daemon.answer("List", "{\"rituals\":[]}")
    try daemon.answer("Next", "{\"coming\":[]}")
    try daemon.answer("Log", "{\"entries\":[]}")
    try daemon.answer("Today", "{\"date\":\"2026-11-27\",\"entries\":[],\"reminders\":[],\"coming\":[]}")
    #expect(
      try await daemon.ctl("list").output
        == "There are no rituals yet. Choose some with ritualctl init, or add one: ritualctl add TITLE --at WHEN\n"
    )
    #expect(try await daemon.ctl("next").output == "Nothing is planned.\n")
    #expect(try await daemon.ctl("log").output == "Nothing has happened yet.\n")
    #expect(try await daemon.ctl("today").output == "Nothing today.\n")
    #expect(try await daemon.ctl("log", "--json").output == "[]\n")
  }

  @Test("The log is told in words")
  func log() async throws {
    func entry(_ more: String) -> String {
      "{\"at\":\(Self.moment),\"ritual\":\"k\",\"title\":\"Kiss\",\"scheduled\":\(Self.moment),\"count\":1,\(more)}"
    }
    let entries = [
      entry("\"what\":\"due\""), entry("\"what\":\"undelivered\",\"reason\":\"no server\""),
      entry("\"what\":\"closed\",\"reason\":\"dismissed\""), entry("\"what\":\"done\",\"by\":\"command\""),
      entry("\"what\":\"missed\",\"reason\":\"absent\""),
      entry("\"what\":\"expired\",\"reason\":\"superseded\""),
      entry("\"what\":\"expired\",\"reason\":\"removed\""),
    ]
    try daemon.answer("Log", "{\"entries\":[\(entries.joined(separator: ","))]}")
    let lines = try await daemon.ctl("log").output.split(separator: "\n").map { $0.drop { $0 != "K" } }
    #expect(
      lines == [
        "Kiss  due", "Kiss  waiting to be shown: no server", "Kiss  put away, not answered", "Kiss  done",
        "Kiss  missed: the machine was away", "Kiss  ended unanswered: the next one came",
        "Kiss  ended: the ritual was removed or disabled",
      ])
  }

  struct Refused: Sendable, CustomTestStringConvertible {
    let error: any VarlinkError
    let status: Int32
    let text: String
    var testDescription: String { text }
  }

  @Test(
    "What the daemon refuses is said on standard error, in words",
    arguments: [
      Refused(
        error: NoSuchRitual(ritual: "kis", didYouMean: "kiss"), status: 1,
        text: "there is no ritual kis; did you mean kiss?"),
      Refused(
        error: NoSuchRitual(ritual: "x", didYouMean: nil), status: 1,
        text: "there is no ritual x; ritualctl list shows all"),
      Refused(
        error: NothingToAnswer(ritual: nil, next: nil), status: 1,
        text: "no reminder is waiting for an answer"),
      Refused(
        error: SeveralWaiting(rituals: ["a", "b"]), status: 1,
        text: "several reminders are waiting for an answer; name one: a, b"),
      Refused(
        error: InvalidValue(name: "until", text: "soon", accepted: "10m"), status: EX_DATAERR,
        text: "until: soon: not understood; accepted: 10m"),
      Refused(error: NoNotificationServer(reason: "none"), status: 1, text: "it cannot be shown: none"),
    ])
  func refused(_ refused: Refused) async throws {
    daemon.service.handle(Control.Method.name("Done"), as: JSONValue.self) { _, call in
      call.fail(refused.error)
    }
    let output = try await daemon.ctl("done", "x")
    #expect(output.status == refused.status)
    #expect(output.output == "")
    #expect(output.errors == "ritualctl: \(refused.text)\n")
  }

  @Test("Each error of the interface file is said in words")
  func errors() async throws {
    let file = try InterfaceDefinition(parsing: controlInterface)
    for error in file.errors {
      let reply: JSONValue = [
        "error": .string(Control.Method.name(error.name)),
        "parameters": Shape.structure(file.resolved(error.parameters)).sample,
      ]
      let server = try AnsweringSocket(
        at: daemon.folder.path("\(error.name).sock"),
        reply: String(decoding: try JSONEncoder().encode(reply), as: UTF8.self))
      let output = try await ChildProcess.run(
        built("ritualctl"), ["done", "x", "--socket", server.path], environment: daemon.environment)
      let status = error.name == "NotWorking" ? [EX_UNAVAILABLE] : [1, EX_DATAERR]
      #expect(status.contains(output.status), "\(error.name): \(output.errors)")
      // An error that ritualctl does not know is shown as it came.
      #expect(!output.errors.contains("{") && !output.errors.contains("io.ritual"), "\(output.errors)")
      #expect(output.errors.hasPrefix("ritualctl: "))
    }
  }

  @Test(
    "A snooze's one word is a time where it begins like one, else a ritual",
    arguments: [
      (["10m"], nil, "10m"), (["22:30"], nil, "22:30"), (["kiss"], "kiss", nil),
      (["kiss", "1h"], "kiss", "1h"), ([], nil, nil),
      // A ritual may have that name. Where none has, all of it is asked for next.
      (["tomorrow", "9:00"], "tomorrow", "9:00"),
      (["kiss", "tomorrow", "at", "9"], "kiss", "tomorrow at 9"), (["2h", "30min"], nil, "2h 30min"),
      (["next", "monday"], nil, "next monday"), (["kiss", "tomorrow"], "kiss", "tomorrow"),
    ] as [([String], String?, String?)])
  func snooze(words: [String], ritual: String?, until: String?) async throws {
    var asked: SnoozeRequest?
    let moment = try JSONDecoder().decode(Moment.self, from: Data(Self.moment.utf8))
    daemon.service.handle(Control.Method.name("Snooze"), as: SnoozeRequest.self) { request, call in
      asked = request
      try call.reply(SnoozeReply(ritual: "kiss", title: "Kiss", until: moment))
    }
    let output = try await daemon.ctl(["snooze"] + words)
    #expect(output.status == 0, "\(output.errors)")
    #expect(asked == SnoozeRequest(ritual: ritual, until: until))
  }
}
