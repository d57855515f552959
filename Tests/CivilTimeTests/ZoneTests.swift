import CivilTime
import DesktopRig
import SystemZones
import Testing
import ZoneRig

@Suite("Zones")
struct ZoneTests {
  static func zone(_ name: String) throws -> Zone {
    try TestZones.zone(name)
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let zone: String
    let civil: String
    let instant: String
    let why: String
    var testDescription: String { "\(zone) \(civil): \(why)" }
  }

  @Test(
    "A local time is the instant by the one rule for gaps and folds",
    arguments: [
      Row(
        zone: "Europe/Berlin", civil: "2026-11-27T08:05:00", instant: "2026-11-27T07:05:00Z", why: "winter"),
      Row(
        zone: "Europe/Berlin", civil: "2026-07-01T08:05:00", instant: "2026-07-01T06:05:00Z", why: "summer"),
      Row(zone: "Europe/Berlin", civil: "2026-03-29T02:30:00", instant: "2026-03-29T01:30:00Z", why: "gap"),
      Row(zone: "Europe/Berlin", civil: "2026-10-25T02:30:00", instant: "2026-10-25T00:30:00Z", why: "fold"),
      Row(
        zone: "Europe/Berlin", civil: "2150-07-01T12:00:00", instant: "2150-07-01T10:00:00Z", why: "footer"),
      Row(
        zone: "America/New_York", civil: "2026-03-08T02:30:00", instant: "2026-03-08T07:30:00Z", why: "gap"),
      Row(
        zone: "Australia/Lord_Howe", civil: "2026-10-04T02:15:00", instant: "2026-10-03T15:45:00Z",
        why: "half an hour's gap"),
      Row(
        zone: "Pacific/Apia", civil: "2011-12-30T12:00:00", instant: "2011-12-30T22:00:00Z",
        why: "a day that was left out"),
      Row(
        zone: "Asia/Kathmandu", civil: "2026-01-01T00:00:00", instant: "2025-12-31T18:15:00Z", why: "quarters"
      ),
      Row(
        zone: "Europe/Dublin", civil: "2026-01-15T12:00:00", instant: "2026-01-15T12:00:00Z",
        why: "negative daylight saving"),
      Row(
        zone: "Africa/Casablanca", civil: "2060-06-15T12:00:00", instant: "2060-06-15T11:00:00Z",
        why: "transitions to 2087 in the file"),
    ])
  func localTime(_ row: Row) throws {
    let zone = try Self.zone(row.zone)
    let instant = try #require(Instant(parsing: row.instant, in: .utc))
    #expect(
      try #require(Instant(parsing: row.civil, in: zone)).formatted(in: .utc) == instant.formatted(in: .utc))
  }

  @Test(
    "Around each change of the clock, a wall-clock time converts back to its instant, or to the first of two"
  )
  func inverse() throws {
    for name in [
      "Europe/Berlin", "America/Sao_Paulo", "Pacific/Apia", "Australia/Lord_Howe", "Africa/Casablanca",
    ] {
      let zone = try Self.zone(name)
      for hour in stride(from: Int64(0), to: 24 * 366 * 80, by: 5) {
        let instant = Instant(seconds: hour * 3600 + 1)
        let local = zone.local(at: instant)
        switch zone.resolve(local.civil) {
        case .unique(let one): try #require(one == instant, "\(name)")
        case .fold(let first, let second):
          try #require(first < second && (first == instant || second == instant), "\(name)")
        case .gap: Issue.record("\(name): a wall clock does not show what it skips")
        }
      }
    }
  }

  @Test(
    "Other bytes than a zone file are refused",
    arguments: [
      [], Array("TZif".utf8), Array("TZif2".utf8) + [UInt8](repeating: 0xff, count: 60),
      Array("TZif".utf8) + [UInt8](repeating: 0, count: 40),
      Array("PK".utf8) + [UInt8](repeating: 1, count: 100),
    ])
  func hostile(bytes: [UInt8]) {
    #expect(throws: ZoneError.self) { try Zone(name: "hostile", tzif: bytes) }
  }

  @Test(
    "A path out of the zone folder is no zone",
    arguments: ["../passwd", "/etc/passwd", "", ".", "Europe/", "a//b"])
  func names(name: String) {
    #expect(throws: ZoneError.unknown(name: name)) { try Self.zone(name) }
  }

  @Test(
    "An instant survives writing and parsing",
    arguments: [
      "2026-11-27T08:05:00+01:00", "2026-11-27T08:05:00.25+01:00", "2026-07-01T08:05:00.000001+02:00",
    ])
  func timestamps(text: String) throws {
    let zone = try Self.zone("Europe/Berlin")
    #expect(try #require(Instant(parsing: text, in: .utc)).formatted(in: zone) == text)
  }

  @Test(
    "Texts that are no timestamp",
    arguments: ["", "2026", "2026-02-30", "2026-01-01T24:00", "2026-01-01T10:00+1", "x"])
  func noTimestamp(text: String) {
    #expect(Instant(parsing: text, in: .utc) == nil)
  }

  /// A version 2 file with transitions to an hour east of UTC and back, alternately.
  static func file(
    transitions: [Int64], east: Int32 = 3600, footer: String = ""
  ) -> [UInt8] {
    func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
      withUnsafeBytes(of: number.bigEndian) { Array($0) }
    }
    func header(_ counts: [UInt32]) -> [UInt8] {
      Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15) + counts.flatMap { bytes($0) }
    }
    let empty = header([0, 0, 0, 0, 1, 1]) + [0, 0, 0, 0, 0, 0, 0]
    let types: [UInt8] = bytes(Int32(0)) + [0, 0] + bytes(east) + [0, 0]
    let kinds = transitions.indices.map { UInt8(1 - $0 % 2) }
    return empty + header([0, 0, 0, UInt32(transitions.count), 2, 1]) + transitions.flatMap { bytes($0) }
      + kinds + types + [0] + Array("\n\(footer)\n".utf8)
  }

  @Test(
    "The farthest transition of real files does not trap", arguments: [-(1 << 59), 0, 1 << 59] as [Int64])
  func farTransition(second: Int64) throws {
    let zone = try Zone(name: "far", tzif: Self.file(transitions: [second]))
    for instant in [Instant(seconds: -4_000_000_000), Instant(seconds: 4_000_000_000)] {
      let period = zone.period(at: instant)
      #expect(period.start <= instant.microseconds && instant.microseconds < period.end)
      #expect(period.offset == (instant.microseconds / 1_000_000 >= second ? 3_600_000_000 : 0))
    }
  }

  @Test(
    "A farther transition is refused", arguments: [.min, -(1 << 59) - 1, (1 << 59) + 1, .max] as [Int64])
  func tooFarTransition(second: Int64) {
    #expect(throws: ZoneError.damaged(name: "far", reason: "a transition lies beyond 2^59 seconds")) {
      try Zone(name: "far", tzif: Self.file(transitions: [second]))
    }
  }

  @Test(
    "A rule after ancient transitions is listed for the years that matter only, and holds from them on",
    .timeLimit(.minutes(1)),
    arguments: [[-(1 << 59)], [-(1 << 59), -(1 << 58)], [-4_000_000_000], [-2_300_000_000, 0]] as [[Int64]])
  func farRule(transitions: [Int64]) throws {
    let rule = "CET-1CEST,M3.5.0,M10.5.0/3"
    let zone = try Zone(name: "far", tzif: Self.file(transitions: transitions, footer: rule))
    let always = try #require(Zone(posix: rule))
    for year in stride(from: 1800, through: 2300, by: 7) {
      for day in stride(from: 0, to: 365, by: 5) {
        let days = CivilDate(year: year, month: 1, day: 1)?.daysSinceEpoch ?? 0
        let instant = Instant(seconds: Int64(days + day) * 86_400 + 3601)
        guard instant.microseconds / 1_000_000 > (transitions.last ?? 0) + 366 * 86_400 else { continue }
        #expect(zone.local(at: instant) == always.local(at: instant))
        #expect(zone.period(at: instant) == always.period(at: instant))
        let civil = zone.local(at: instant).civil
        #expect(zone.resolve(civil) == always.resolve(civil))
      }
    }
  }

  @Test(
    "Offsets beyond those of any clock are refused",
    arguments: [
      ([.min, 0], 0, "a transition lies beyond 2^59 seconds"),
      ([0, .max], 0, "a transition lies beyond 2^59 seconds"),
      ([5, 4], 0, "its transitions are not in order"), ([5, 5], 0, "its transitions are not in order"),
      ([.max, .min], 0, "its transitions are not in order"),
      ([0], .max, "an offset is beyond 26 hours"), ([0], .min, "an offset is beyond 26 hours"),
      ([0], 93_601, "an offset is beyond 26 hours"), ([0], -93_601, "an offset is beyond 26 hours"),
      (Array(0...2000), 0, "it has more than 2000 transitions"),
    ] as [([Int64], Int32, String)])
  func impossible(transitions: [Int64], east: Int32, reason: String) {
    #expect(throws: ZoneError.damaged(name: "odd", reason: reason)) {
      try Zone(name: "odd", tzif: Self.file(transitions: transitions, east: east))
    }
  }

  @Test("The strangest accepted file is fast to search", arguments: [93_600, -93_600])
  func strangest(east: Int32) throws {
    let all = (0..<2000).map { Int64($0) + 1_800_000_000 }
    for footer in ["", "AAA24:59:59BBB-24:59:59,J1/-167,J365/167"] {
      for transitions in [all, [-(1 << 59)] + all.dropFirst(2) + [1 << 59]] {
        let zone = try Zone(
          name: "odd", tzif: Self.file(transitions: transitions, east: east, footer: footer))
        for second: Int64 in [-(1 << 40), -4_000_000_000, 0, 1_799_999_999, 1_800_001_000, 1 << 40] {
          let instant = Instant(seconds: second)
          let period = zone.period(at: instant)
          #expect(period.start <= instant.microseconds && instant.microseconds < period.end)
          _ = zone.instant(for: zone.local(at: instant).civil)
        }
      }
    }
  }

  @Test(
    "A rule means the same to the C library, also without its changes",
    arguments: [
      "CET-1CEST", "CET-1CEST,", "CET-1CEST,M3.5.0", "CET-1CEST,M3.5.0,", "CET-1CEST,M3.5.0,M10.5.0/3",
      "CET-1CEST-3", "EST5EDT4",
      "<+05>-5<+06>", "NZST-12NZDT,M9.5.0,M4.1.0/3", "XXX3YYY,60,J300/1",
    ])
  func asInC(rule: String) async throws {
    let zone = try #require(Zone(posix: rule))
    let seconds = stride(from: 1_767_225_600 as Int64, to: 1_830_297_600, by: 86_400 * 3 + 3601)
    let output = try await ChildProcess.run(
      "sh",
      ["-c", "for s in \(seconds.map(String.init).joined(separator: " ")); do date -d @$s +%::z; done"],
      // A machine may have its own changes for rules that leave them out, in the file posixrules.
      environment: ["PATH": searchPath, "TZ": rule, "TZDIR": "/nowhere"])
    let told = output.output.split(separator: "\n")
    #expect(told.count == Array(seconds).count)
    for (second, offset) in zip(seconds, told) {
      let instant = Instant(seconds: second)
      let own = zone.local(at: instant).offset
      let size = abs(own)
      let two = { (number: Int) in (number < 10 ? "0" : "") + "\(number)" }
      let text = (own < 0 ? "-" : "+") + "\(two(size / 3600)):\(two(size / 60 % 60)):\(two(size % 60))"
      #expect(text == offset, "\(rule) at \(second)")
    }
  }

  @Test(
    "Texts that are no rule",
    arguments: ["CET", "CE-1CEST", "CET-1CEST,,", "CET-1CEST;", "CET-1C", "CET-1CEST,M3"])
  func noRule(text: String) {
    #expect(Zone(posix: text) == nil, "\(text)")
  }

  @Test("A file with altered bytes gives a result, or is refused", arguments: UInt64(1)...40)
  func damaged(seed: UInt64) {
    var random = seed
    func number(below bound: Int) -> Int {
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(random >> 33) % bound
    }
    let whole = Self.file(transitions: [-(1 << 59), -1, 0, 1 << 40], footer: "CET-1CEST,M3.5.0,M10.5.0/3")
    for _ in 0..<500 {
      var bytes = whole
      for _ in 0...number(below: 4) {
        bytes[number(below: bytes.count)] =
          [0, 1, 0x7f, 0x80, 0xf8, 0xff, UInt8(number(below: 256))][
            number(below: 7)]
      }
      guard let zone = try? Zone(name: "damaged", tzif: bytes) else { continue }
      for second: Int64 in [-(1 << 40), -1, 0, 1_800_000_000, 1 << 40] {
        let instant = Instant(seconds: second)
        let period = zone.period(at: instant)
        #expect(period.start <= instant.microseconds && instant.microseconds < period.end, "\(bytes)")
        _ = zone.instant(for: zone.local(at: instant).civil)
      }
    }
  }

  @Test(
    "TZ is read as in tzset(3)",
    arguments: [
      ("", "2026-07-01T12:00:00+00:00"), ("Europe/Berlin", "2026-07-01T14:00:00+02:00"),
      (":Europe/Berlin", "2026-07-01T14:00:00+02:00"), ("UTC", "2026-07-01T12:00:00+00:00"),
      ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-07-01T14:00:00+02:00"), (":", "2026-07-01T12:00:00+00:00"),
      ("CET-1CEST", "2026-07-01T14:00:00+02:00"), (":CET-1CEST", "2026-07-01T14:00:00+02:00"),
      ("<+0330>-3:30", "2026-07-01T15:30:00+03:30"),
    ])
  func environment(text: String, expected: String) throws {
    let zone = try SystemZones(environment: { ["TZ": text, "TZDIR": TestZones.folder][$0] }).local()
    let noon = try #require(Instant(parsing: "2026-07-01T12:00:00Z", in: .utc))
    #expect(noon.formatted(in: zone) == expected)
  }

  @Test(
    "Wall-clock times at the ends of time do not trap", arguments: [Int64.min, .max, .min + 1])
  func endsOfTime(microseconds: Int64) throws {
    for name in ["Europe/Berlin", "Pacific/Kiritimati", "Pacific/Niue", "UTC"] {
      let zone = try Self.zone(name)
      let instant = Instant(microseconds: microseconds)
      let back = zone.instant(for: zone.local(at: instant).civil)
      #expect(abs(Double(back.microseconds) - Double(microseconds)) <= 28 * 3_600_000_000, "\(name)")
    }
  }

  @Test(
    "A change with a time of day in a neighbouring year counts from there",
    arguments: [
      // 2 January at -167:00 is 26 December at 01:00 by standard time.
      ("AAA0BBB,J2/-167,J100", "2029-12-26T00:59:59Z", 0),
      ("AAA0BBB,J2/-167,J100", "2029-12-26T01:00:00Z", 3600),
      ("AAA0BBB,J2/-167,J100", "2030-01-01T12:00:00Z", 3600),
      ("AAA0BBB,J2/-167,J100", "2030-06-01T12:00:00Z", 0),
      // 31 December at 167:00 by daylight time is 6 January at 22:00 by standard time.
      ("AAA0BBB,J100,J365/167", "2030-01-06T21:59:59Z", 3600),
      ("AAA0BBB,J100,J365/167", "2030-01-06T22:00:00Z", 0),
      // Daylight time all year (RFC 8536 3.3.1).
      ("AAA3BBB,J1/0,J365/25", "2030-01-01T03:00:00Z", -7200),
      ("AAA3BBB,J1/0,J365/25", "2030-07-01T00:00:00Z", -7200),
      // A time far beyond the listed transitions.
      ("AAA0BBB,J2/-167,J100", "2329-12-26T00:59:59Z", 0),
      ("AAA0BBB,J2/-167,J100", "2329-12-26T01:00:00Z", 3600),
    ])
  func farTimes(rule: String, time: String, offset: Int) throws {
    let zone = try #require(Zone(posix: rule))
    let instant = try #require(Instant(parsing: time, in: .utc))
    #expect(zone.local(at: instant).offset == offset)
  }

  @Test("The listed transitions of a rule are those of the rule", arguments: UInt64(1)...40)
  func unrolled(seed: UInt64) throws {
    var random = seed
    func number(_ range: ClosedRange<Int>) -> Int {
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return range.lowerBound + Int(random >> 33) % range.count
    }
    let day = {
      [0: "J\(number(1...365))", 1: "\(number(0...365))"][number(0...3)]
        ?? "M\(number(1...12)).\(number(1...5)).\(number(0...6))"
    }
    let rule =
      "AAA\(number(-12...12))BBB\(number(-12...12)),\(day())/\(number(-167...167)),\(day())/\(number(-167...167))"
    let zone = try #require(Zone(posix: rule), "\(rule)")
    // The rule has the same result 400 years later, beyond the listed transitions.
    let era: Int64 = 146_097 * 86_400
    for _ in 0..<200 {
      let second = Int64(number(0...2_000_000_000)) * 3 + 400_000_000
      let near = zone.period(at: Instant(seconds: second))
      let far = zone.period(at: Instant(seconds: second + era))
      #expect(near.offset == far.offset && near.before == far.before, "\(rule) at \(second)")
      #expect(near.start + era * 1_000_000 == far.start, "\(rule) at \(second)")
      #expect(near.end + era * 1_000_000 == far.end, "\(rule) at \(second)")
    }
  }

  @Test(
    "Rules with changes in other years than their own hold on every day",
    arguments: ["XXX3YYY4,365,363/167", "XXX3YYY4,J1/-167,J2/-167", "XXX-3YYY-4,364/167,J365/160"])
  func changesInOtherYears(rule: String) throws {
    let zone = try #require(Zone(posix: rule))
    for day in days() {
      let instant = Instant(seconds: day * 86_400)
      let period = zone.period(at: instant)
      #expect(
        period.start <= instant.microseconds && instant.microseconds < period.end, "\(rule), day \(day)")
      let length = (period.end - period.start) / 86_400_000_000
      #expect((1...366).contains(length) || instant.microseconds < 0, "\(rule), day \(day): \(length) days")
    }
  }

  /// Days around new year, in years with listed transitions and in others.
  private func days() -> [Int64] {
    [1969, 1970, 2026, 2199, 2200, 2201, 2400].flatMap { year in
      let newYear = CivilDate(year: year, month: 1, day: 1)?.daysSinceEpoch ?? 0
      return (newYear - 12...newYear + 12).map(Int64.init)
    }
  }
}
