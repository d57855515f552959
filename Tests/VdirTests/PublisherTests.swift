import CivilTime
import DesktopRig
import ICalendar
import Rituals
import Schedules
import Testing
import Vdir
import ZoneRig

@Suite("Rituals that are published")
struct PublisherTests {
  let home: TemporaryFolder
  let zones = CalendarZones(TestZones.all(), year: 2026)

  init() throws { home = try TemporaryFolder() }

  private func publisher(_ owner: String = "ada", now: String = "2026-11-25", words: PublishedWords = .titles)
    throws -> Publisher
  {
    Publisher(
      folder: home.path, owner: owner, words: words, version: "0",
      now: try #require(Instant(parsing: now, in: .utc)),
      local: .utc)
  }

  private func ritual(_ id: String, _ schedule: String, title: String = "Hug") throws -> Ritual {
    Ritual(
      id: try #require(RitualID(id)), title: title, message: "Ours.",
      schedule: try Schedule(parsing: schedule, zones: zones))
  }

  @Test("They are written once, and again where they have changed")
  func writes() throws {
    let hug = try ritual("hug", "18:15")
    #expect(try publisher().publish([hug]).written.count == 1)
    #expect(try publisher(now: "2027-02-01").publish([hug]).written == [])
    let name = try #require(home.names(in: ".").first)
    #expect(home.read(name)?.contains("SEQUENCE:0") == true)
    #expect(
      try publisher(now: "2027-02-01").publish([try ritual("hug", "18:30")]).written == [home.path(name)])
    #expect(home.read(name)?.contains("SEQUENCE:1") == true)
    #expect(home.names(in: ".") == [name])
  }

  @Test("A change that was made on a phone stays until the ritual changes")
  func staysChanged() throws {
    _ = try publisher().publish([try ritual("hug", "18:15")])
    let name = try #require(home.names(in: ".").first)
    let text = try #require(home.read(name)).replacing("SUMMARY:Hug", with: "SUMMARY:A long hug")
    try home.write(text, to: name)
    #expect(try publisher().publish([try ritual("hug", "18:15")]).written == [])
    #expect(home.read(name) == text)
  }

  @Test("An event that is published no more is removed; events that others published stay")
  func withdraws() throws {
    _ = try publisher().publish([try ritual("hug", "18:15"), try ritual("kiss", "8:05")])
    _ = try publisher("bob").publish([try ritual("hug", "18:15")])
    var folder = CalendarFolder(path: home.path)
    _ = folder.read(zones: zones)
    #expect(folder.published.count == 3)
    #expect(try folder.published.filter { event throws in try publisher().isOwn(event) }.count == 2)
    var outcome = try publisher().publish([try ritual("kiss", "8:05")])
    try publisher().withdraw(folder.published, but: &outcome)
    #expect(outcome.removed.count == 1)
    _ = folder.read(zones: zones)
    #expect(folder.published.map(\.ritual).sorted() == ["hug", "kiss"])
  }

  @Test("A file that cannot be understood is not written over")
  func broken() throws {
    _ = try publisher().publish([try ritual("hug", "18:15")])
    let name = try #require(home.names(in: ".").first)
    try home.write("BEGIN:VCALENDAR\nhalf", to: name)
    let outcome = try publisher().publish([try ritual("hug", "18:30")])
    #expect(outcome.failures.map(\.file) == [home.path(name)])
    #expect(home.read(name) == "BEGIN:VCALENDAR\nhalf")
  }
}
