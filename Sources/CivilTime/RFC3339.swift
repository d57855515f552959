extension Instant {
  /// The instant as RFC 3339 writes it, with the zone's offset: `2026-11-27T08:05:00+01:00`. It has a
  /// fraction only if there is one. The offset is cut to the minute, as the format has no seconds in it.
  package func formatted(in zone: Zone) -> String {
    let local = zone.local(at: self)
    let minutes = abs(local.offset) / 60
    let sign = local.offset < 0 ? "-" : "+"
    return local.civil.formatted + sign + Digits.padded(minutes / 60, to: 2) + ":"
      + Digits.padded(minutes % 60, to: 2)
  }

  /// Parses RFC 3339 (`2026-11-27T08:05:00+01:00`, also with `Z`, a blank for `T`, or a fraction), and a
  /// local date with or without a time, in `zone`. Nil for other texts.
  package init?(parsing text: String, in zone: Zone) {
    var parser = TimestampParser(rest: text.utf8[...])
    guard let instant = parser.instant(in: zone), parser.rest.isEmpty else { return nil }
    self = instant
  }
}

extension CivilDate {
  /// The date as RFC 3339 writes it: `2026-11-27`. Years beyond 0 to 9999, which the format does not have,
  /// get the digits or the sign that they need.
  package var formatted: String {
    Digits.padded(year, to: 4) + "-" + Digits.padded(month, to: 2) + "-" + Digits.padded(day, to: 2)
  }
}

extension CivilDateTime {
  /// The date and time as RFC 3339 writes them: `2026-11-27T08:05:00`, with a fraction only if there is one.
  package var formatted: String {
    let clock = [hour, minute, second].map { Digits.padded($0, to: 2) }.joined(separator: ":")
    return date.formatted + "T" + clock + Digits.fraction(microsecond)
  }
}

private struct TimestampParser {
  var rest: Substring.UTF8View

  mutating func instant(in zone: Zone) -> Instant? {
    guard let year = number(4), skip("-"), let month = number(2), skip("-"), let day = number(2),
      let date = CivilDate(year: year, month: month, day: day)
    else { return nil }
    if rest.isEmpty { return CivilDateTime(date, hour: 0, minute: 0).map(zone.instant(for:)) }
    guard skip("T") || skip("t") || skip(" "), let hour = number(2), skip(":"), let minute = number(2) else {
      return nil
    }
    var second = 0
    var microsecond = 0
    if skip(":") {
      guard let number = number(2) else { return nil }
      second = number
      if skip(".") {
        guard let fraction = fraction() else { return nil }
        microsecond = fraction
      }
    }
    guard
      let civil = CivilDateTime(date, hour: hour, minute: minute, second: second, microsecond: microsecond)
    else { return nil }
    if rest.isEmpty { return zone.instant(for: civil) }
    guard let offset = offset() else { return nil }
    return Instant(microseconds: civil.wallMicroseconds).advanced(byMicroseconds: -Int64(offset) * 1_000_000)
  }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func number(_ digits: Int) -> Int? {
    let taken = rest.prefix(digits)
    guard taken.count == digits, taken.allSatisfy(\.isDigit) else {
      return nil
    }
    rest = rest.dropFirst(digits)
    return taken.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }

  /// Reads a fraction as microseconds; digits after the sixth are cut off.
  private mutating func fraction() -> Int? {
    let digits = rest.prefix(while: \.isDigit)
    guard !digits.isEmpty else { return nil }
    rest = rest.dropFirst(digits.count)
    let six = digits.prefix(6)
    let value = six.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    return (six.count..<6).reduce(value) { value, _ in value * 10 }
  }

  private mutating func offset() -> Int? {
    if skip("Z") || skip("z") { return 0 }
    let isWest = rest.first == UInt8(ascii: "-")
    guard skip("-") || skip("+"), let hours = number(2), skip(":"), let minutes = number(2), hours < 24,
      minutes < 60
    else { return nil }
    return (isWest ? -1 : 1) * (hours * 60 + minutes) * 60
  }
}
