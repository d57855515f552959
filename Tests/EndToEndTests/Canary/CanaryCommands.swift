import DesktopRig

/// A call of a command.
struct CanaryUse {
  let arguments: [String]
  /// The command's standard input.
  var input = ""
  /// True if the command must succeed, false if it must refuse; nil if that depends on the screen at the
  /// moment.
  var succeeds: Bool? = true

  init(_ arguments: String..., input: String = "") {
    self.arguments = arguments
    self.input = input
  }

  private init(_ arguments: [String], succeeds: Bool?) {
    self.arguments = arguments
    self.succeeds = succeeds
  }

  /// Arguments that the command must refuse.
  static func wrong(_ arguments: String...) -> CanaryUse { CanaryUse(arguments, succeeds: false) }

  /// An answer to a reminder that may be missing.
  static func answer(_ arguments: String...) -> CanaryUse { CanaryUse(arguments, succeeds: nil) }
}

/// The calls of each command in order, by its name in the help. A command without a call runs for as long as
/// the test, or needs a terminal.
func canaryCommands(
  _ words: CanaryWords, _ home: Home, _ inputs: TemporaryFolder
) -> [(name: String, uses: [CanaryUse])] {
  let id = words[.id]
  let walk = "walk-\(words[.added])"
  let out = { (name: String) in home.folder.path("out/\(name)") }
  return [
    ("status", [.init()]), ("list", [.init(), .init("--json")]), ("today", [.init()]), ("week", [.init()]),
    ("next", [.init()]), ("log", [.init()]), ("show", [.init(id), .wrong(words[.typed])]),
    ("why", [.init(id), .wrong(words[.typed])]), ("watch", []), ("bar", []),
    ("done", [.answer(id), .wrong(words[.typed]), .answer("guided")]),
    ("skip", [.answer(id), .wrong(words[.typed])]),
    ("snooze", [.answer(id, "10m"), .wrong(id, words[.typed]), .wrong(words[.typed])]),
    ("appreciate", [.init(input: "You made \(words[.appreciation]).\n")]),
    ("moment", [.init("+", "-", input: "We saw \(words[.moment]).\n"), .init("-", words[.moment])]),
    (
      "begin",
      [
        .init(), .init(words[.guideName], input: "\(words[.guideNote])\n\n\n"),
        .init(words[.guideName], input: "q\n"),
        .wrong(words[.typed]),
      ]
    ),
    ("deck list", [.init()]), ("deck show", [.init(words[.deckName]), .wrong(words[.typed])]),
    ("deck next", [.init(words[.deckName]), .wrong(words[.typed])]),
    ("notes", [.init(), .init("--export", out("notes.md"))]),
    ("report", [.init(), .init("--html", out("report.html"))]),
    ("pause", [.init(id, "--until", "1h"), .wrong(words[.typed])]), ("resume", [.init(id)]),
    ("timeout", [.init(), .wrong(words[.typed]), .init("end")]), ("discreet", [.init("on"), .init("off")]),
    (
      "add",
      [
        .init("Walk \(words[.added])", "--at", "23:58"), .wrong("Walk", "--at", words[.typed]),
        .init("--preset", words[.presetName]), .wrong("--preset", words[.typed]),
      ]
    ),
    (
      "set",
      [.init(walk, "message=By \(words[.changed])"), .wrong(walk, "\(words[.typed])=\(words[.typed])")]
    ),
    ("edit", []), ("disable", [.init(walk)]), ("enable", [.init(walk), .wrong(words[.typed])]),
    ("test", [.init(id), .init(words[.privateID]), .wrong(words[.typed])]), ("check", [.init()]),
    ("reload", [.init()]), ("init", [.wrong("--preset", words[.presetName], "--yes")]),
    ("import", [.init(inputs.path("in.ics"), "--yes"), .wrong(inputs.path(words[.typed]))]),
    ("export", [.init(out("export.ics"), "--words", "full"), .init("--vdir", out("vdir"))]),
    ("merge", [.init(inputs.path("a.ics"), inputs.path("b.ics"))]),
    ("schedule next", [.wrong(words[.typed])]), ("schedule explain", [.wrong(words[.typed])]),
    ("remove", [.init(walk), .wrong(words[.typed])]),
    (
      "forget",
      [
        .init("--note", "1", "--yes"), .init("--ritual", id, "--yes"),
        .wrong("--ritual", words[.typed], "--yes"),
      ]
    ),
  ]
}

extension Home {
  /// The input files of commands, in a folder of the test's own.
  func plantInputs(_ words: CanaryWords, in inputs: TemporaryFolder) throws {
    let event = { (uid: String, text: String, modified: String) in
      """
      BEGIN:VCALENDAR
      VERSION:2.0
      PRODID:-//Phone//Test//EN
      BEGIN:VEVENT
      UID:\(uid)
      DTSTAMP:20261101T080000Z
      LAST-MODIFIED:\(modified)
      DTSTART:20310101T080000Z
      SUMMARY:\(text)
      END:VEVENT
      END:VCALENDAR

      """.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
    }
    try inputs.write(event("1", words[.imported], "20261101T080000Z"), to: "in.ics")
    try inputs.write(event("2", "First \(words[.merged])", "20261101T080000Z"), to: "a.ics")
    try inputs.write(event("2", "Second \(words[.merged])", "20261102T080000Z"), to: "b.ics")
    try inputs.write(
      "#!/bin/sh\necho '# \(words[.edited])' >> \"$1\"\n", to: "editor", mode: 0o700)
  }
}
