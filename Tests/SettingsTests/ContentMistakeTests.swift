import Settings
import Testing

/// Each mistake in a deck, a guide or a preset is reported with its place, what is accepted and what was
/// meant.
struct ContentMistakeTests {
  @Test(arguments: rows)
  func everyMistakeHasItsPlace(_ row: Row) throws {
    let folder = try ScratchFolder()
    try folder.write(
      "title = \"Ours\"\nstrategy = \"growth\"\n[prompts]\na = \"Why?\"\n", to: "decks/ours.toml")
    try folder.write(row.text, to: row.name)
    let library = Library(folders: [folder.path])
    let problems = library.check(zones: FewZones()).filter { $0.file.hasSuffix(row.name) }
    #expect(problems.map { "\($0.line):\($0.column): \($0.key): \($0.sentence)" } == row.problems)
    // The same file, as the user names it.
    let path = "\(folder.path)/\(row.name)"
    #expect(library.check(path: path, bytes: Array(row.text.utf8), zones: FewZones()) == problems)
  }

  @Test func aFileWithoutANameIsTold() throws {
    let folder = try ScratchFolder()
    try folder.write(
      "title = \"A\"\nstrategy = \"growth\"\n[prompts]\na = \"Why?\"\n", to: "decks/My deck.toml")
    let problems = Library(folders: [folder.path]).check(zones: FewZones())
    #expect(
      problems.map(\.sentence) == [
        "the file is not used: its name is no valid id; accepted: 1 to 64 of a-z, 0-9 and '-', then .toml"
      ])
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let why: String
    let name: String
    let text: String
    let problems: [String]
    var testDescription: String { why }
  }

  static let strategies =
    "curiosity, listening, inner-world, connection, conflict, affection, presence, appreciation, growth, support"

  static let rows: [Row] = [
    Row(
      why: "a strategy that is none", name: "decks/d.toml",
      text: "title = \"D\"\nstrategy = \"curiosty\"\n[prompts]\na = \"Why?\"\n",
      problems: [
        "2:12: strategy: unknown strategy \"curiosty\"; accepted: \(strategies); did you mean \"curiosity\"?"
      ]),
    Row(
      why: "what is missing", name: "decks/d.toml", text: "about = \"D\"\n",
      problems: [
        "1:1: : title is missing; accepted: title = \"…\"",
        "1:1: : strategy is missing; accepted: strategy = one of \(strategies)",
        "1:1: : prompts are missing; accepted: [prompts], and in it ID = \"a question\"",
      ]),
    Row(
      why: "an id that stands twice", name: "decks/d.toml",
      text: "title = \"D\"\nstrategy = \"growth\"\n[prompts]\nwhy = \"Why?\"\nwhy = \"Why not?\"\n",
      problems: [
        "5:7: : this is not TOML: while parsing key-value pair: cannot redefine existing string 'why'"
      ]),
    Row(
      why: "a prompt that is too long", name: "decks/d.toml",
      text:
        "title = \"D\"\nstrategy = \"growth\"\n[prompts]\nwhy = \"\(String(repeating: "w", count: 141))\"\n",
      problems: [
        "4:7: prompts.why: it is 141 characters long; accepted: a text of one line, 1 to 140 characters"
      ]),
    Row(
      why: "prompts that say nearly the same", name: "decks/d.toml",
      text: "title = \"D\"\nstrategy = \"growth\"\n[prompts]\nwhy = \"What made you laugh today?\"\n"
        + "what = \"What was it that hurt?\"\nlaugh = \"Today, what made you laugh?\"\n",
      problems: ["6:1: prompts.laugh: nearly the same as why in line 4"]),
    Row(
      why: "a depth, a word and a key that are none", name: "decks/d.toml",
      text: "title = \"D\"\nstrategy = \"growth\"\n[prompts]\n"
        + "why = { text = \"Why?\", depth = 4, tags = [\"Two words\"], level = 1 }\n",
      problems: [
        "4:32: prompts.why.depth: 4 is out of range; accepted: a whole number from 1 to 3",
        "4:43: prompts.why.tags: invalid word \"Two words\"; accepted: 1 to 64 of a-z, 0-9 and '-'",
        "4:57: prompts.why.level: unknown key, ignored; accepted: text, depth, tags",
      ]),
    Row(
      why: "a deck to add to that is not there", name: "decks/d.toml",
      text: "extends = \"our\"\n[prompts]\na = \"Why?\"\n",
      problems: [
        "1:11: extends: there is no deck \"our\"; accepted: the name of a deck; ritualctl deck list shows them;"
          + " did you mean \"ours\"?"
      ]),
    Row(
      why: "a deck that adds to itself", name: "decks/d.toml",
      text: "extends = \"d\"\n[prompts]\na = \"Why?\"\n",
      problems: [
        "1:11: extends: there is no other deck \"d\"; accepted: the name of a deck that this one adds to"
      ]),
    Row(
      why: "a prompt to leave out that is not there", name: "decks/d.toml",
      text: "extends = \"ours\"\nwithout = [\"b\"]\n",
      problems: ["2:12: without: there is no prompt \"b\" in ours; did you mean \"a\"?"]),
    Row(
      why: "steps with mistakes", name: "guides/g.toml",
      text: """
        title = "G"
        strategy = "growth"
        [[step]]
        title = "One"
        text = "Talk."
        speaker = "frist"
        deck = "urs"
        [[step]]
        title = "Two"
        timer = "5 parsecs"
        count = 2
        """,
      problems: [
        "6:11: step.1.speaker: unknown speaker \"frist\"; accepted: first, second, both; did you mean \"first\"?",
        "7:8: step.1.deck: there is no deck \"urs\"; accepted: the name of a deck; ritualctl deck list shows"
          + " them; did you mean \"ours\"?",
        "8:1: step.2: text is missing; accepted: text = \"…\"",
        "10:12: step.2.timer: parsecs is not a unit of time; accepted: a length of time such as \"30m\"",
        "11:1: step.2.count: deck is missing; accepted: deck = \"…\" beside it",
      ]),
    Row(
      why: "a preset whose ritual refers to what is not there", name: "presets/p.toml",
      text: """
        title = "P"
        strategy = "growth"
        [ritual.a]
        title = "A"
        schedule = "25:00"
        guide = "nowhere"
        """,
      problems: [
        "5:13: ritual.a.schedule: there is no such hour; accepted: hours from 0 to 23",
        "6:9: ritual.a.guide: there is no guide \"nowhere\"; accepted: the name of a guide; ritualctl begin"
          + " shows them",
      ]),
  ]
}
