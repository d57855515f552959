import CivilTime
import DesktopRig
import FoundationEssentials
import Glibc
import SystemZones
import Testing
import ZoneRig

/// The zone files that tests bring with them, and those of the machine, each beside a program that knows what
/// they say.
@Suite("Zone files")
struct ZoneFilesTests {
  private static let compiler = "/usr/sbin/zic"
  private static let reader = "/usr/bin/zdump"
  private static let table = "/usr/share/zoneinfo/tzdata.zi"

  private static func isThere(_ path: String) -> Bool { access(path, R_OK) == 0 }

  /// A clock's offset from an instant on, in seconds east of UTC.
  private struct Change: Equatable {
    let second: Int64
    let offset: Int
  }

  @Test(
    "Those of the tests are made of their lines in zones.zi",
    .enabled(if: isThere(compiler), "zic is not there"))
  func made() async throws {
    let folder = try TemporaryFolder()
    let lines = Repository.root + "/Tests/ZoneRig/zones.zi"
    let made = try await ChildProcess.run(Self.compiler, ["-d", folder.path, lines], environment: [:])
    try #require(made.status == 0, "\(made.errors)")
    let fresh = SystemZones(environment: { $0 == "TZDIR" ? folder.path : nil })
    let names = try Repository.read("Tests/ZoneRig/zones.zi").split(separator: "\n").compactMap { line in
      let words = line.split { $0 == " " || $0 == "\t" }
      return ["Zone": 1, "Link": 2][words[0]].map { String(words[$0]) }
    }
    #expect(names.count > 15)
    for name in names {
      #expect(Self.changes(try TestZones.zone(name)) == Self.changes(try fresh.zone(named: name)), "\(name)")
    }
  }

  private static func changes(_ zone: Zone) -> [Change] {
    var found: [Change] = []
    var instant = Instant(seconds: 0)
    while instant < Instant(seconds: 4_200_000_000) {
      let period = zone.period(at: instant)
      let offset = Int(period.offset / 1_000_000)
      if found.last?.offset != offset {
        found.append(Change(second: max(0, period.start / 1_000_000), offset: offset))
      }
      instant = Instant(microseconds: period.end)
    }
    return found
  }

  @Test(
    "Those of the machine, every seventh of them, say what the C library reads in them",
    .enabled(if: isThere(reader) && isThere(table), "zdump or tzdata.zi is not there"))
  func read() async throws {
    let zones = SystemZones(environment: { _ in nil })  // the machine's, on purpose
    let all = Self.machineNames()
    let names = stride(from: 0, to: all.count, by: 7).map { all[$0] }
      .filter { (try? zones.zone(named: $0)) != nil }
    try #require(names.count > 20, "the machine has few zones: \(names)")
    let output = try await ChildProcess.run(Self.reader, ["-i", "-c", "1970,2050"] + names, environment: [:])
    try #require(output.status == 0, "\(output.errors)")
    var zone = Zone.utc
    var before = 0
    var compared = 0
    for line in output.output.split(separator: "\n") {
      let fields = line.split(separator: "\t")
      if line.hasPrefix("TZ=") {
        zone = try zones.zone(named: String(line.dropFirst(4).dropLast()))
      } else {
        let offset = try Self.offset(fields[2])
        if fields[0] != "-" {
          let wall = "\(fields[0])T\(Self.clock(fields[1]))Z"
          let local = try #require(Instant(parsing: wall, in: .utc), "\(line)")
          let instant = local.advanced(byMicroseconds: Int64(-offset) * 1_000_000)
          let earlier = zone.local(at: instant.advanced(byMicroseconds: -1))
          let agrees = zone.local(at: instant).offset == offset && earlier.offset == before
          if !agrees { Issue.record("\(zone.name): \(line)") }
          compared += 1
        }
        before = offset
      }
    }
    #expect(compared > 500)
  }

  /// The names that the tz database gives to places; some of them may be in a package that is not installed.
  private static func machineNames() -> [String] {
    let bytes = FileManager.default.contents(atPath: table) ?? Data()
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      return words.count > 2 && words[0] == "Z" ? String(words[1]) : nil
    }
  }

  /// `+0530` or `-03` as seconds.
  private static func offset(_ text: Substring) throws -> Int {
    let digits = try #require(Int(text.dropFirst().padding(to: 6)), "\(text)")
    let seconds = digits / 10_000 * 3600 + digits / 100 % 100 * 60 + digits % 100
    return text.hasPrefix("-") ? -seconds : seconds
  }

  /// `03` or `02:30` as a time of day.
  private static func clock(_ text: Substring) -> String {
    text + String(":00:00".dropFirst(text.utf8.count - 2))
  }
}

extension Substring {
  fileprivate func padding(to count: Int) -> String {
    self + String(repeating: "0", count: count - self.count)
  }
}
