import CivilTime
import DesktopRig
import Glibc
import ICalendar
import Testing
import Vdir
import ZoneRig

@Suite("A folder of calendar files")
struct CalendarFolderTests {
  let home: TemporaryFolder
  let zones = CalendarZones(TestZones.all(), year: 2026)

  init() throws { home = try TemporaryFolder() }

  private func event(_ uid: String, title: String, more: String = "") -> String {
    """
    BEGIN:VCALENDAR
    BEGIN:VEVENT
    UID:\(uid)
    DTSTART:20261127T193000
    SUMMARY:\(title)\(more)
    END:VEVENT
    END:VCALENDAR

    """
  }

  @Test("Its .ics files are read, in the order of their names; hidden files and others are left alone")
  func reads() throws {
    for name in ["b.ics", "a.ics", ".c.ics", "d.ics.tmp", "color"] {
      try home.write(event(name, title: name), to: name)
    }
    var folder = CalendarFolder(path: home.path)
    let isNews = folder.read(zones: zones)
    #expect(isNews)
    #expect(folder.rituals.map(\.ritual.title) == ["a.ics", "b.ics"])
    #expect(folder.rituals.map(\.file) == [home.path("a.ics"), home.path("b.ics")])
    let isNewsAgain = folder.read(zones: zones)
    #expect(!isNewsAgain)
  }

  @Test("Changed and new files are read again; a broken file is a warning, and its rituals stay as they were")
  func changes() throws {
    try home.write(event("1", title: "Dinner"), to: "1.ics")
    try home.write(event("2", title: "Hug"), to: "2.ics")
    var folder = CalendarFolder(path: home.path)
    _ = folder.read(zones: zones)
    try home.write(event("1", title: "Supper at the river"), to: "1.ics")
    unlink(home.path("2.ics"))
    let isNews = folder.read(zones: zones)
    #expect(isNews)
    #expect(folder.rituals.map(\.ritual.title) == ["Supper at the river"])
    try home.write("BEGIN:VCALENDAR\nBEGIN:VEVENT\n", to: "1.ics")
    _ = folder.read(zones: zones)
    #expect(folder.rituals.map(\.ritual.title) == ["Supper at the river"])
    #expect(folder.notes.map(\.file) == [home.path("1.ics")])
    #expect(folder.notes[0].text.hasPrefix("the file is not used: the file ends within"))
    #expect(folder.notes[0].line == 3)
  }

  @Test("A folder that is missing is a warning; its rituals stay until it is there again")
  func absent() throws {
    let path = try home.makeFolder("us")
    try home.write(event("1", title: "Dinner"), to: "us/1.ics")
    var folder = CalendarFolder(path: path)
    _ = folder.read(zones: zones)
    try home.rename("us", to: "away")
    let isNews = folder.read(zones: zones)
    #expect(isNews)
    #expect(folder.notes.map(\.text) == ["the folder cannot be read: No such file or directory"])
    #expect(folder.rituals.count == 1)
    try home.rename("away", to: "us")
    _ = folder.read(zones: zones)
    #expect(folder.notes.isEmpty)
  }

  @Test("What is no file or too large is left out, and a warning names it")
  func odd() throws {
    #expect(mkfifo(home.path("pipe.ics"), 0o600) == 0)
    #expect(symlink("/nowhere", home.path("link.ics")) == 0)
    _ = try home.makeFolder("folder.ics")
    try home.write(Array(repeating: UInt8(ascii: "x"), count: (1 << 20) + 1), to: "large.ics")
    var folder = CalendarFolder(path: home.path)
    _ = folder.read(zones: zones)
    #expect(
      folder.notes.map(\.text) == [
        "the file is not used: it is not a regular file",
        "the file is not used: the file is larger than 1 MiB",
        "the file is not used: it is not a regular file",
      ])
  }

  @Test("Files over 10,000 are left out, and a warning says so")
  func many() throws {
    for number in 0...10_000 {
      let file = open(home.path("\(number).ics"), O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
      close(file)
    }
    var folder = CalendarFolder(path: home.path)
    _ = folder.read(zones: zones)
    #expect(folder.notes.count == 10_001)
    #expect(folder.notes[0].text == "what is over 10000 files is left out")
  }
}
