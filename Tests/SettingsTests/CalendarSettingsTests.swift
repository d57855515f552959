import Rituals
import Schedules
import Settings
import Testing

@Suite("[calendar.NAME]")
struct CalendarSettingsTests {
  private func load(_ text: String, after earlier: Loaded? = nil) -> Loaded {
    Settings.load(
      files: [("r.toml", Array(text.utf8))], zones: FewZones(), after: earlier?.configuration)
  }

  private static let ritual = "[ritual.state-of-us]\ntitle = \"State of us\"\nschedule = \"Sun 19:00\"\n"

  @Test("All that it says is understood")
  func all() throws {
    let loaded = load(
      """
      [calendar.us]
      vdir = "~/.local/share/calendars/us"
      categories = ["Us", "Home"]
      lead = "15m"
      quiet = "ignore"
      publish = ["state-of-us"]
      words = "full"

      \(Self.ritual)
      """)
    #expect(loaded.problems == [])
    let id = try #require(RitualID("state-of-us"))
    #expect(
      loaded.configuration.calendars == [
        SharedCalendar(
          name: "us", vdir: "~/.local/share/calendars/us", categories: ["Us", "Home"],
          lead: try TimeSpan(parsing: "15m"), quiet: .ignore, publish: [id], words: .full)
      ])
  }

  @Test("Omitted settings have the careful value")
  func defaults() {
    let calendars = load("[calendar.us]\nvdir = \"/srv/us\"").configuration.calendars
    #expect(calendars == [SharedCalendar(name: "us", vdir: "/srv/us")])
    #expect(calendars.first?.words == .titles)
  }

  static let mistakes: [(text: String, place: String, what: String)] = [
    ("[calendar.us]", "1:11", "vdir is missing"),
    ("[calendar.\"a/b\"]\nvdir = \"/x\"", "1:11", "invalid name of a calendar"),
    ("[calendar.us]\nvdir = \"calendars/us\"", "2:8", "the path begins with neither / nor ~/"),
    (
      "[calendar.us]\nvdir = \"/x\"\npublish = [\"state-of-su\"]", "3:12",
      "there is no ritual \"state-of-su\""
    ),
    ("[calendar.us]\nvdir = \"/x\"\nwords = \"all\"", "3:9", "unknown value \"all\""),
    ("[calendar.us]\nvdir = \"/x\"\ncategories = [1]", "3:15", "this is an integer"),
  ]

  @Test("Mistakes are told with their place, and keep the calendar out", arguments: mistakes)
  func mistake(row: (text: String, place: String, what: String)) throws {
    let loaded = load(row.text + "\n\n" + Self.ritual)
    let problem = try #require(loaded.problems.first)
    #expect(loaded.problems.count == 1)
    #expect("\(problem.line):\(problem.column)" == row.place)
    #expect(problem.what == row.what)
    #expect(loaded.configuration.calendars.isEmpty)
  }

  @Test("Two calendars of one name are a mistake of the second")
  func twins() {
    let loaded = Settings.load(
      files: [
        ("a.toml", Array("[calendar.us]\nvdir = \"/a\"".utf8)),
        ("b.toml", Array("[calendar.us]\nvdir = \"/b\"".utf8)),
      ], zones: FewZones())
    #expect(loaded.configuration.calendars.map(\.vdir) == ["/a"])
    #expect(loaded.problems.map(\.file) == ["b.toml"])
  }

  @Test("A mistake in it leaves the calendar as it was; one that was taken out is gone")
  func lastGood() {
    let good = load("[calendar.us]\nvdir = \"/us\"")
    let slip = load("[calendar.us]\nvdir = \"us\"", after: good)
    #expect(slip.configuration.calendars == good.configuration.calendars)
    #expect(load("[ritual.x]\ntitle = 1", after: good).configuration.calendars.isEmpty)
  }

  @Test("Rituals of calendars stand beside those of the configuration, with their files")
  func adding() throws {
    let loaded = load(Self.ritual)
    let id = try #require(RitualID("us/dinner"))
    let dinner = Ritual(
      id: id, title: "Dinner", schedule: try Schedule(parsing: "19:00", zones: FewZones()))
    let both = loaded.adding([(dinner, "/srv/us/1.ics")])
    #expect(both.configuration.rituals.map(\.id.text) == ["state-of-us", "us/dinner"])
    #expect(both.configuration.file(of: id) == "/srv/us/1.ics")
    #expect(both.configuration.defaults == loaded.configuration.defaults)
  }
}
