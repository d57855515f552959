import CivilTime
import DesktopRig
import Glibc
import SystemZones
import Testing
import ZoneRig

@Suite("The zones of this machine")
struct SystemZonesTests {
  @Test("A zone whose file was replaced gets its new rules, and another file is read once")
  func replaced() throws {
    var template = Array("/tmp/ritual-zones-XXXXXX".utf8CString)
    let folder = try #require(mkdtemp(&template).map { String(cString: $0) })
    defer { for name in ["/Here", "/Here.new", ""] { remove(folder + name) } }
    let zones = SystemZones(environment: { $0 == "TZDIR" ? folder : nil })
    let noon = CivilDate(daysSinceEpoch: 20_784).midnight
    #expect(symlink(TestZones.folder + "/Europe/Berlin", folder + "/Here") == 0)
    let before = try zones.zone(named: "Here")
    #expect(try zones.zone(named: "Here") == before)
    #expect(symlink(TestZones.folder + "/Asia/Tokyo", folder + "/Here.new") == 0)
    #expect(rename(folder + "/Here.new", folder + "/Here") == 0)
    let after = try zones.zone(named: "Here").instant(for: noon)
    #expect(after == before.instant(for: noon).advanced(byMicroseconds: -8 * 3_600_000_000))
  }

  @Test("A machine without a zone is in UTC; a dangling link as its zone is an error")
  func linkToNowhere() throws {
    let folder = try TemporaryFolder()
    let link = folder.path("localtime")
    let zones = SystemZones(environment: { _ in nil }, localLink: link)
    #expect(try zones.local() == .utc)
    #expect(symlink("/nowhere/Europe/Berlin", link) == 0)
    #expect(throws: ZoneError.unknown(name: link)) { try zones.local() }
  }
}
