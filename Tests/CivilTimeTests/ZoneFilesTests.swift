import CivilTime
import DesktopRig
import FoundationEssentials
import Glibc
import SystemZones
import Testing
import ZoneRig

/// The zone files of the tests and those of the machine, compared with programs that know their content.
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
    "The files of the tests are compiled from the lines in zones.zi",
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
    "The C library reads the same in the files of the machine",
    .enabled(if: isThere(reader) && isThere(table), "zdump or tzdata.zi is not there"))
  func read() async throws {
    let zones = SystemZones(environment: { _ in nil })  // the machine's, on purpose
    let all = Self.machineNames()
    // Some names may be in a package that is not installed, but a file that exists must be readable.
    let names = try all.filter { name in
      do { return try zones.zone(named: name).name == name } catch ZoneError.unknown { return false }
    }
    try #require(names.count > 100, "the machine has few zones: \(names)")
    let output = try await ChildProcess.run(Self.reader, ["-i", "-c", "1970,2050"] + names, environment: [:])
    try #require(output.status == 0, "\(output.errors)")
    var zone = Zone.utc
    var before = 0
    var compared = 0
    for line in output.output.utf8.split(separator: UInt8(ascii: "\n")).map({ Substring($0) }) {
      let fields = line.split(separator: "\t")
      if line.hasPrefix("TZ=") {
        zone = try zones.zone(named: String(line.dropFirst(4).dropLast()))
      } else {
        let offset = Self.offset(fields[2])
        if fields[0] != "-" {
          let instant = Instant(seconds: Self.wall(fields[0], fields[1]) - Int64(offset))
          let earlier = zone.local(at: instant.advanced(byMicroseconds: -1))
          let agrees = zone.local(at: instant).offset == offset && earlier.offset == before
          if !agrees { Issue.record("\(zone.name): \(line)") }
          compared += 1
        }
        before = offset
      }
    }
    #expect(compared > 3000)
  }

  /// The names of places in the tz database. Some may be in a package that is not installed.
  private static func machineNames() -> [String] {
    let bytes = FileManager.default.contents(atPath: table) ?? Data()
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      return words.count > 2 && words[0] == "Z" ? String(words[1]) : nil
    }
  }

  /// `+0530` or `-03` as seconds.
  private static func offset(_ text: Substring) -> Int {
    let digits = Int(text.dropFirst().padding(to: 6)) ?? 0
    let seconds = digits / 10_000 * 3600 + digits / 100 % 100 * 60 + digits % 100
    return text.hasPrefix("-") ? -seconds : seconds
  }

  /// `2026-03-29` and `03`, `02:30` or `02:30:15` as seconds on a clock.
  private static func wall(_ date: Substring, _ time: Substring) -> Int64 {
    let date = date.utf8.split(separator: UInt8(ascii: "-")).map { Int(Substring($0)) ?? 0 }
    let time = time.utf8.split(separator: UInt8(ascii: ":")).map { Int64(Substring($0)) ?? 0 } + [0, 0]
    let day = CivilDate(year: date[0], month: date[1], day: date[2])?.daysSinceEpoch ?? 0
    return Int64(day) * 86_400 + time[0] * 3600 + time[1] * 60 + time[2]
  }
}

extension Substring {
  fileprivate func padding(to count: Int) -> String {
    self + String(repeating: "0", count: count - self.count)
  }
}
