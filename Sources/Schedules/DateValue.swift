package import CivilTime

/// A date or a time as RFC 5545 (3.3.4, 3.3.5) and TOML write it.
package enum DateValue: Hashable, Sendable {
  /// A whole day on the wall clock.
  case date(CivilDate)
  /// A time on the wall clock of no particular zone.
  case local(CivilDateTime)
  case instant(Instant)
}

extension DateValue {
  static let accepted = "a date such as 20261127, or a time such as 20261127T193000 or 20261127T183000Z"

  /// Parses the text of a DATE or a DATE-TIME (RFC 5545 3.3.4, 3.3.5).
  package init(parsing text: String) throws(ScheduleError) { try self.init(LocatedText(unfolding: text)) }

  /// Parses a DATE or a DATE-TIME. A leap second is read as the second before it (RFC 5545 3.3.12).
  init(_ text: LocatedText) throws(ScheduleError) {
    let bytes = Array(text.utf8)
    func number(_ start: Int, _ count: Int) -> Int {
      bytes[start..<start + count].reduce(0) { $0 * 10 + Int($1) - 48 }
    }
    func areDigits(_ range: Range<Int>) -> Bool { bytes[range].allSatisfy(\.isDigit) }
    let isUTC = bytes.count == 16 && bytes[15] | 0x20 == UInt8(ascii: "z")
    guard bytes.count == 8 || bytes.count == 15 || isUTC, areDigits(0..<8) else {
      throw text.error("\(text.isEmpty ? "nothing" : text.text) is no date", Self.accepted)
    }
    guard let date = CivilDate(year: number(0, 4), month: number(4, 2), day: number(6, 2)), date.year > 0
    else {
      throw text.error("there is no such day", Self.accepted)
    }
    guard bytes.count > 8 else { self = .date(date); return }
    guard bytes[8] | 0x20 == UInt8(ascii: "t"), areDigits(9..<15), number(13, 2) <= 60,
      let time = CivilDateTime(
        date, hour: number(9, 2), minute: number(11, 2), second: min(number(13, 2), 59))
    else { throw text.error("there is no such time", Self.accepted) }
    self = isUTC ? .instant(Zone.utc.instant(for: time)) : .local(time)
  }

  /// The text of RFC 5545: `20261127`, `20261127T193000`, `20261127T183000Z`. It has no fraction of a second.
  package var text: String {
    switch self {
    case .date(let date): Self.text(date)
    case .local(let time): Self.text(time)
    case .instant(let instant): Self.text(Zone.utc.local(at: instant).civil) + "Z"
    }
  }

  private static func text(_ date: CivilDate) -> String {
    Digits.padded(date.year, to: 4) + Digits.padded(date.month, to: 2) + Digits.padded(date.day, to: 2)
  }

  private static func text(_ time: CivilDateTime) -> String {
    let clock = [time.hour, time.minute, time.second].map { Digits.padded($0, to: 2) }.joined()
    return text(time.date) + "T" + clock
  }
}

extension DateValue {
  /// True if the value is a whole day.
  package var isDate: Bool { if case .date = self { true } else { false } }
  package var isLocal: Bool { if case .local = self { true } else { false } }
  package var isInstant: Bool { if case .instant = self { true } else { false } }

  /// The instant on the wall clock of a zone; for a whole day, its beginning.
  package func instant(in zone: Zone) -> Instant {
    switch self {
    case .date(let date): zone.instant(for: date.midnight)
    case .local(let time): zone.instant(for: time)
    case .instant(let instant): instant
    }
  }

  /// The value with a time of day. A whole day takes that of a start, on the start's clock, or midnight
  /// without one.
  func timed(as start: DateValue?) -> DateValue {
    guard case .date(let date) = self else { return self }
    switch start {
    case nil, .date: return .local(date.midnight)
    case .local(let time): return .local(time.moved(to: date))
    case .instant(let instant):
      return .instant(Zone.utc.instant(for: Zone.utc.local(at: instant).civil.moved(to: date)))
    }
  }
}
