/// A time zone: the rules that convert instants to wall-clock time and back.
package struct Zone: Sendable {
  /// The IANA name, such as `Europe/Berlin`, or another name that the caller gives it.
  package let name: String
  private let rules: ZoneRules

  /// Coordinated Universal Time, with offset 0 always.
  package static let utc = Zone(
    name: "UTC",
    rules: ZoneRules(
      times: [], after: [], first: .init(seconds: 0, isDaylightSaving: false, abbreviation: "UTC"),
      footer: nil))

  private init(name: String, rules: ZoneRules) {
    self.name = name
    self.rules = rules
  }

  /// Parses a zone file (RFC 8536). Throws `ZoneError.damaged` for other bytes.
  package init(name: String, tzif bytes: [UInt8]) throws(ZoneError) {
    do throws(TZif.Malformed) {
      let file = try TZif(bytes)
      self.init(
        name: name,
        rules: ZoneRules(times: file.times, after: file.after, first: file.offsets[0], footer: file.footer))
    } catch {
      throw .damaged(name: name, reason: error.reason)
    }
  }

  /// A zone of a rule alone, in the form of `TZ`: `CET-1CEST,M3.5.0,M10.5.0/3` (POSIX.1-2017, 8.3). Nil for
  /// other texts.
  package init?(posix text: String) {
    guard let rule = PosixZone(Array(text.utf8)[...]) else { return nil }
    self.init(name: text, rules: ZoneRules(times: [], after: [], first: rule.standard, footer: rule))
  }

  /// The period of constant offset that an instant lies in.
  package func period(at instant: Instant) -> Period {
    let second = instant.microseconds.flooredDivision(by: 1_000_000).quotient
    let period = rules.period(at: second)
    // A file may have seconds that no instant in microseconds reaches.
    let reach = Int64.max / 4_000_000
    func microseconds(_ second: Int64) -> Int64 { min(max(second, -reach), reach) * 1_000_000 }
    return Period(
      offset: period.offset * 1_000_000, before: period.before * 1_000_000,
      start: microseconds(period.start ?? -reach), end: microseconds(period.end ?? reach))
  }

  /// The wall-clock time at an instant.
  package func local(at instant: Instant) -> LocalTime {
    let offset = rules.offset(at: instant.microseconds.flooredDivision(by: 1_000_000).quotient)
    let wall = instant.advanced(byMicroseconds: offset.seconds * 1_000_000).microseconds
    return LocalTime(
      civil: CivilDateTime(wallMicroseconds: wall), offset: Int(offset.seconds),
      abbreviation: offset.abbreviation)
  }

  /// The instants at which the wall clock shows a date and time: one, two or none.
  package func resolve(_ civil: CivilDateTime) -> Resolution {
    let wall = civil.wallMicroseconds
    let second = wall.flooredDivision(by: 1_000_000).quotient
    // No offset is beyond 26 hours, so only changes within that time around bear on the result.
    var cursor = second - 93_600
    var before = rules.offset(at: cursor)
    while let change = rules.transition(after: cursor), change <= second + 93_600 {
      let after = rules.offset(at: change)
      let shownBefore = change + before.seconds
      let shownAfter = change + after.seconds
      if shownBefore <= second, second < shownAfter {
        return .gap(
          before: Self.instant(wall, before), after: Self.instant(wall, after),
          length: Int(after.seconds - before.seconds))
      }
      if shownAfter <= second, second < shownBefore {
        return .fold(first: Self.instant(wall, before), second: Self.instant(wall, after))
      }
      if second < shownBefore { break }
      before = after
      cursor = change
    }
    return .unique(Self.instant(wall, before))
  }

  /// The instant of a date and time by one rule for all ambiguities: a time in a gap is shifted by the length
  /// of the gap, that is, the offset before the gap counts (RFC 5545 3.3.5), and a time in a fold is its
  /// first instant.
  package func instant(for civil: CivilDateTime) -> Instant {
    switch resolve(civil) {
    case .unique(let instant): instant
    case .gap(let before, _, _): before
    case .fold(let first, _): first
    }
  }

  private static func instant(_ wall: Int64, _ offset: ZoneRules.Offset) -> Instant {
    Instant(microseconds: wall).advanced(byMicroseconds: -offset.seconds * 1_000_000)
  }
}

/// A period of constant offset, in microseconds.
package struct Period: Hashable, Sendable {
  /// The offset east of UTC from `start` on.
  package let offset: Int64
  /// The offset east of UTC until `start`; the same as `offset` if there was no other.
  package let before: Int64
  /// The first microsecond since the epoch; far in the past if the offset has always been the same.
  package let start: Int64
  /// The first microsecond after the period; far in the future if the offset lasts.
  package let end: Int64
}

/// The reading of a wall clock, with its offset.
package struct LocalTime: Hashable, Sendable {
  /// The date and the time of day.
  package let civil: CivilDateTime
  /// Seconds east of UTC.
  package let offset: Int
  /// The abbreviation of the offset, such as `CET`.
  package let abbreviation: String
}

/// The instants of a date and time on a wall clock.
package enum Resolution: Hashable, Sendable {
  case unique(Instant)
  /// The clocks went forward over it by `length` seconds. `before` is its instant by the offset before the
  /// gap, which lies after the gap, and `after` that by the offset after the gap, which lies before it.
  case gap(before: Instant, after: Instant, length: Int)
  /// The clocks went back over it, and show it twice.
  case fold(first: Instant, second: Instant)
}

extension Zone: Hashable {
  /// Two zones are equal if they have the same name and the same rules.
  package static func == (left: Zone, right: Zone) -> Bool {
    left.name == right.name && (left.rules === right.rules || left.rules.isEqual(to: right.rules))
  }

  /// The hash of the name, which equal zones share.
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// A source of named zones. Pure rooms take zones from it, and read no files.
package protocol ZoneSource {
  /// The zone of an IANA name; throws if there is none, or if its file is damaged.
  func zone(named name: String) throws(ZoneError) -> Zone
}

/// The reason why there is no zone.
package enum ZoneError: Error, Hashable, Sendable, CustomStringConvertible {
  case unknown(name: String)
  case damaged(name: String, reason: String)

  /// The reason as a clause.
  package var description: String {
    switch self {
    case .unknown(let name): "there is no time zone \(name)"
    case .damaged(let name, let reason): "the time zone \(name) cannot be read: \(reason)"
    }
  }
}
