/// A file that the reader and the schema both accept, or both complain about.
struct SchemaRow: Sendable {
  /// The folder that a file of this kind is in.
  enum Kind: String, Sendable {
    case configuration = "ritual.d"
    case deck = "decks"
    case guide = "guides"
    case preset = "presets"
  }

  let why: String
  let kind: Kind
  let text: String
  let isGood: Bool

  private static func good(_ why: String, _ text: String, _ kind: Kind = .configuration) -> SchemaRow {
    SchemaRow(why: why, kind: kind, text: text, isGood: true)
  }

  private static func bad(_ why: String, _ text: String, _ kind: Kind = .configuration) -> SchemaRow {
    SchemaRow(why: why, kind: kind, text: text, isGood: false)
  }

  private static let ritual = "[ritual.a]\ntitle = \"A\"\nschedule = \"08:05\"\n"
  private static let head = "title = \"A\"\nstrategy = \"growth\"\n"
  private static let step = "[[step]]\ntitle = \"A\"\ntext = \"Talk.\"\n"

  static let all: [SchemaRow] = [
    good("the manual's example", ManualExampleTests.text),
    good("nothing", ""),
    good("a table without keys", "[defaults]\n[calendar]\n[ritual]\n"),
    good(
      "every key of every table",
      """
      [defaults]
      timezone = "Europe/Berlin"
      missed = "always"
      snooze = "5m"
      nudge = { times = 20 }
      [quiet]
      hours = []
      when = ["locked", "do-not-disturb", "idle", "screen-shared"]
      [discreet]
      when = "locked"
      [journal]
      keep = "always"
      [calendar.us]
      vdir = "~/.local/share/calendars/us"
      categories = ["Us", "Date"]
      lead = "30m"
      quiet = "ignore"
      publish = ["a"]
      words = "full"
      [ritual.a]
      title = "A"
      message = ""
      schedule = ["08:05", "RRULE:FREQ=WEEKLY;BYDAY=FR"]
      start = 2026-11-27T19:30:00
      except = 2026-12-25
      also = [2026-12-24, 2026-12-24T19:30:00Z]
      timezone = "local"
      urgency = "critical"
      missed = "never"
      snooze = ["5m", "1h 30min"]
      nudge = { every = "10m", times = 2 }
      lead = "2h"
      quiet = "respect"
      private = true
      enabled = false
      deck = "dinner"
      guide = "state-of-us"
      reply = "note"
      takes = "0"
      """),
    good(
      "dates in quotes",
      "[ritual.a]\ntitle = \"A\"\nschedule = \"RRULE:FREQ=DAILY\"\nstart = \"2026-11-27T19:30:00\"\n"
        + "except = [\"2026-12-25\", 2026-12-26]\nalso = \"2026-12-24 19:30:00Z\"\n"),
    good("a ritual on demand", "[ritual.a]\ntitle = \"A\"\nschedule = []\n"),
    good("quiet times without a list", "[quiet]\nhours = \"23:00..07:00\"\nwhen = \"idle\"\n"),
    good("nothing published", "[calendar.us]\nvdir = \"/srv/us\"\npublish = []\n"),

    bad("a key that is none", ritual + "titel = \"B\"\n"),
    bad("a table that is none", "[quite]\n"),
    bad("a key of another table", "[quiet]\nmissed = \"2h\"\n"),
    bad("a ritual without a title", "[ritual.a]\nschedule = \"08:05\"\n"),
    bad("a ritual without a schedule", "[ritual.a]\ntitle = \"A\"\n"),
    bad("a calendar without a folder", "[calendar.us]\n"),
    bad("a folder from nowhere", "[calendar.us]\nvdir = \"calendars/us\"\n"),
    bad("an id with a capital", "[ritual.Kiss]\ntitle = \"A\"\nschedule = \"08:05\"\n"),
    bad("an id that is a calendar's", "[ritual.\"us/a\"]\ntitle = \"A\"\nschedule = \"08:05\"\n"),
    bad(
      "a calendar's name that is too long",
      "[calendar.\(String(repeating: "a", count: 33))]\nvdir = \"/us\"\n"),
    bad("a title of nothing", "[ritual.a]\ntitle = \"\"\nschedule = \"08:05\"\n"),
    bad(
      "a title that is too long",
      "[ritual.a]\ntitle = \"\(String(repeating: "ä", count: 201))\"\nschedule = \"08:05\"\n"),
    good(
      "a title that is just short enough",
      "[ritual.a]\ntitle = \"\(String(repeating: "ä", count: 200))\"\nschedule = \"08:05\"\n"),
    bad("a number for a text", ritual + "message = 5\n"),
    bad("a text for a number", "[defaults]\nnudge = { times = \"2\" }\n"),
    bad("a number that is too large", "[defaults]\nnudge = { times = 21 }\n"),
    bad("a text for true", ritual + "private = \"true\"\n"),
    bad("a word that is none", ritual + "urgency = \"hihg\"\n"),
    bad("a word of another enumeration", ritual + "reply = \"warm\"\n"),
    bad("a circumstance that is none", "[quiet]\nwhen = [\"lockd\"]\n"),
    bad("a span without dots", "[quiet]\nhours = [\"23:00-07:00\"]\n"),
    bad("no snooze button", "[defaults]\nsnooze = []\n"),
    bad("too many snooze buttons", "[defaults]\nsnooze = [\(String(repeating: "\"1m\", ", count: 11))]\n"),
    bad("a word for a date", ritual + "start = \"tomorrow\"\n"),
    bad("a date and more", ritual + "except = \"2026-12-25 # Christmas\"\n"),
    bad("a category of nothing", "[calendar.us]\nvdir = \"/us\"\ncategories = [\"\"]\n"),
    bad("a time of day for a date", ritual + "start = 19:30:00\n"),
    bad("rituals that are none", "ritual = 5\n"),

    good(
      "a deck", head + "[prompts]\na = \"Why?\"\nb = { text = \"How?\", depth = 3, tags = [\"x\"] }\n", .deck),
    good("a deck that adds to another", "extends = \"dinner\"\nwithout = [\"taste\"]\n", .deck),
    bad("a deck without a head", "[prompts]\na = \"Why?\"\n", .deck),
    bad("a deck without prompts", head, .deck),
    bad("a deck with no prompt", head + "[prompts]\n", .deck),
    bad("a prompt without a text", head + "[prompts]\na = { depth = 1 }\n", .deck),
    bad("a prompt that is too deep", head + "[prompts]\na = { text = \"Why?\", depth = 4 }\n", .deck),
    bad("a strategy that is none", "title = \"A\"\nstrategy = \"love\"\n[prompts]\na = \"Why?\"\n", .deck),
    bad("a language that is none", head + "language = \"e\"\n[prompts]\na = \"Why?\"\n", .deck),

    good(
      "a guide",
      head + "about = \"For two.\"\nsource = \"A book.\"\nlanguage = \"pt-BR\"\nminutes = 20\n" + step
        + "speaker = \"both\"\ntimer = \"5m\"\ndeck = \"dinner\"\ncount = 2\nnote = \"Yours?\"\n", .guide),
    bad("a guide without steps", head, .guide),
    bad("a guide of no length", head + "minutes = 0\n" + step, .guide),
    good("a guide with a line for its end", head + "ending = \"Well done.\"\n" + step, .guide),
    bad("a guide with an empty line for its end", head + "ending = \"\"\n" + step, .guide),
    bad("a step without a text", head + "[[step]]\ntitle = \"A\"\n", .guide),
    bad("prompts from no deck", head + step + "count = 2\n", .guide),

    good("a preset", head + ritual, .preset),
    bad("a preset without rituals", head, .preset),
    bad("a setting in a preset", head + "[defaults]\n" + ritual, .preset),
  ]
}
