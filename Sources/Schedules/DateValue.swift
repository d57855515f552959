package import CivilTime

/// A date or a time as RFC 5545 (3.3.4, 3.3.5) and TOML write it.
package enum DateValue: Hashable, Sendable {
  /// A whole day on the wall clock.
  case date(CivilDate)
  /// On the wall clock, wherever it hangs.
  case local(CivilDateTime)
  case instant(Instant)
}

extension DateValue {
  static let accepted = "a date such as 20261127, or a time such as 20261127T193000 or 20261127T183000Z"

  /// Understands a DATE or a DATE-TIME of RFC 5545. A leap second is taken for the one before it (3.3.12).
  init(_ text: LocatedText) throws(ScheduleError) {
    let bytes = Array(text.utf8)
    func number(_ start: Int, _ count: Int) -> Int {
      bytes[start..<start + count].reduce(0) { $0 * 10 + Int($1) - 48 }
    }
    func areDigits(_ range: Range<Int>) -> Bool { bytes[range].allSatisfy { 48...57 ~= $0 } }
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

  /// As RFC 5545 writes it.
  var text: String {
    switch self {
    case .date(let date): Self.text(date)
    case .local(let time): Self.text(time)
    case .instant(let instant): Self.text(Zone.utc.local(at: instant).civil) + "Z"
    }
  }

  private static func text(_ date: CivilDate) -> String {
    digits(date.year, 4) + digits(date.month, 2) + digits(date.day, 2)
  }

  private static func text(_ time: CivilDateTime) -> String {
    text(time.date) + "T" + digits(time.hour, 2) + digits(time.minute, 2) + digits(time.second, 2)
  }

  private static func digits(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}

extension DateValue {
  var isDate: Bool { if case .date = self { true } else { false } }
  var isLocal: Bool { if case .local = self { true } else { false } }
  var isInstant: Bool { if case .instant = self { true } else { false } }

  /// The instant on a wall clock; of a whole day, its beginning.
  func instant(in zone: Zone) -> Instant {
    switch self {
    case .date(let date): zone.instant(for: date.midnight)
    case .local(let time): zone.instant(for: time)
    case .instant(let instant): instant
    }
  }

  /// A whole day becomes the time of day that a start has, on the start's clock; midnight where there is none.
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

extension DateValue {
  /// Understands the text of a DATE or a DATE-TIME of RFC 5545 (3.3.4, 3.3.5).
  package init(parsing text: String) throws(ScheduleError) { try self.init(LocatedText(unfolding: text)) }

  /// As RFC 5545 writes it: `20261127`, `20261127T193000`, `20261127T183000Z`.
  package var written: String { text }
}
