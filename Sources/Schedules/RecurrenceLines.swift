import CivilTime

/// A parser of the content lines (RFC 5545 3.1) that a schedule consists of, DTSTART, RRULE, RDATE and
/// EXDATE, or of the value of an RRULE alone.
struct RecurrenceLines {
  private let text: LocatedText
  private let zones: any ZoneSource
  private var lines: [String: [Line]] = [:]

  private struct Line {
    let name: LocatedText
    let zone: LocatedText?
    let isDate: Bool
    let value: LocatedText
  }

  static let accepted = "DTSTART, RRULE, RDATE and EXDATE, a line each"
  private static let names = ["DTSTART", "RRULE", "RDATE", "EXDATE"]

  /// True if a text is meant as content lines. A calendar expression has none of their names and no `=`.
  static func isMeant(by text: String) -> Bool {
    let name = text.prefix { $0 != ":" && $0 != ";" }
    return text.utf8.contains(UInt8(ascii: "="))
      || name.endIndex != text.endIndex
        && (names + ["EXRULE", "BEGIN"]).contains(name.uppercased())
  }

  init(_ written: String, zones: any ZoneSource) throws(ScheduleError) {
    self.zones = zones
    text = LocatedText(unfolding: written)
    guard text.utf8.count <= 65_536 else {
      throw ScheduleError(range: 0..<0, reason: "it is longer than 64 KiB", accepted: Self.accepted)
    }
    for line in text.split(on: "\n").map(\.withoutReturn) where !line.isEmpty {
      try add(line)
    }
  }

  private mutating func add(_ line: LocatedText) throws(ScheduleError) {
    guard let (head, value) = line.cut(at: ":") else {
      // A line without a name is the value of a rule.
      lines["RRULE", default: []].append(Line(name: line, zone: nil, isDate: false, value: line))
      return
    }
    let pieces = head.split(on: ";")
    let name = pieces[0]
    guard Self.names.contains(name.uppercased) else {
      throw name.error("\(name.text) says nothing of when something comes", Self.accepted)
    }
    var zone: LocatedText?
    var isDate = false
    for parameter in pieces.dropFirst() {
      guard let (key, setting) = parameter.cut(at: "=") else {
        throw parameter.error("the parameter has no value", "TZID=Europe/Berlin or VALUE=DATE")
      }
      // Other parameters do not bear on the time (RFC 5545 3.2).
      if key.uppercased == "TZID" { zone = setting.unquoted }
      if key.uppercased == "VALUE" { isDate = setting.uppercased == "DATE" }
    }
    lines[name.uppercased, default: []]
      .append(Line(name: name, zone: zone, isDate: isDate, value: value))
  }

  /// The set that the lines describe. `start` is the DTSTART beside the text, as in a configuration; the text
  /// itself must have none then.
  func set(start outer: DateValue?) throws(ScheduleError) -> RecurrenceSet {
    var set = RecurrenceSet(pattern: .none)
    for name in ["DTSTART", "RRULE"] {
      guard let second = lines[name]?.dropFirst().first else { continue }
      throw second.name.error(
        "\(name) is there twice", "one \(name); other schedules belong beside it, in a list")
    }
    try readStart(&set, outer)
    if let line = lines["RRULE"]?.first { try readRule(line, &set) }
    for line in lines["RDATE"] ?? [] { set.included.add(try included(line, set)) }
    for line in lines["EXDATE"] ?? [] {
      set.excluded.add(try values(line, set))
    }
    guard lines["RRULE"] != nil || set.start != nil || !set.included.isEmpty else {
      throw text.error("nothing says when it comes", "an RRULE, a DTSTART or an RDATE")
    }
    // Without a rule the start is an occurrence by itself (RFC 5545 3.8.5.2).
    if lines["RRULE"] == nil, let start = set.start { set.included.add([start.timed(as: start)]) }
    return set
  }

  // MARK: Lines

  private func readStart(_ set: inout RecurrenceSet, _ outer: DateValue?) throws(ScheduleError) {
    guard let line = lines["DTSTART"]?.first else {
      set.start = outer
      if case .instant = outer { set.zone = .utc }
      return
    }
    guard outer == nil else {
      throw line.name.error("there are two starts, this one and the one beside the schedule", "one of them")
    }
    let value = try value(line, line.value)
    set.start = value
    if let zone = line.zone { set.zone = try self.zone(zone, value, line.value) }
    if value.isInstant { set.zone = .utc }
  }

  private func readRule(_ line: Line, _ set: inout RecurrenceSet) throws(ScheduleError) {
    let rule = try RecurrenceParser(line.value).rule()
    let time: CivilDateTime
    switch set.start {
    case nil:
      guard rule.needsNoStart else {
        throw line.value.error(
          "the rule counts from a start, and there is none",
          "a DTSTART line such as DTSTART:20261127T193000 before it, or start = 2026-11-27T19:30:00 beside it"
        )
      }
      time = CivilDate(daysSinceEpoch: 0).midnight
    case .date(let date):
      // RFC 5545 3.3.10 forbids parts of a time if the start is a DATE.
      if lines["DTSTART"] != nil,
        rule.frequency < .daily || !(rule.hours + rule.minutes + rule.seconds).isEmpty
      {
        throw line.value.error(
          "the rule speaks of a time of day, and its start is a whole day",
          "a DTSTART with a time, such as DTSTART:20261127T193000")
      }
      time = date.midnight
    case .local(let start): time = start
    case .instant(let start): time = Zone.utc.local(at: start).civil
    }
    set.pattern = .rule(Shared(Recurrence(rule, start: time)))
  }

  /// The values of an RDATE. A day takes the time of the start, and a PERIOD its own beginning.
  private func included(_ line: Line, _ set: RecurrenceSet) throws(ScheduleError) -> [DateValue] {
    try values(line, set).map { $0.timed(as: set.start) }
  }

  private func values(
    _ line: Line, _ set: RecurrenceSet
  ) throws(ScheduleError) -> [DateValue] {
    var values: [DateValue] = []
    for item in line.value.split(on: ",") {
      let place = item.cut(at: "/")?.head ?? item
      let value = try value(line, place)
      guard let name = line.zone else { values.append(value); continue }
      let zone = try zone(name, value, place)
      guard case .local(let time) = value, zone != set.zone else { values.append(value); continue }
      values.append(.instant(zone.instant(for: time)))
    }
    return values
  }

  private func value(_ line: Line, _ place: LocatedText) throws(ScheduleError) -> DateValue {
    let value = try DateValue(place)
    guard !line.isDate || value.isDate else {
      throw place.error("a time, where VALUE=DATE says that there is a date", "a date such as 20261127")
    }
    return value
  }

  private func zone(
    _ name: LocatedText, _ value: DateValue, _ place: LocatedText
  ) throws(ScheduleError) -> Zone {
    guard !value.isInstant else {
      throw place.error("a time in UTC has no other zone", "the time without Z, or no TZID")
    }
    // RFC 5545 3.2.19.
    guard !value.isDate else { throw place.error("a whole day has no zone", "a time of day, or no TZID") }
    do throws(ZoneError) {
      return try zones.zone(named: name.text)
    } catch {
      throw name.error("\(error)", "a zone of the IANA database such as Europe/Berlin")
    }
  }
}
