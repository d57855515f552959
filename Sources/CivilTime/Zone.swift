/// A time zone: the rules that turn instants into wall-clock time and back.
package struct Zone: Sendable {
  /// The IANA name, such as `Europe/Berlin`, or what the system calls its own zone.
  package let name: String
  private let rules: ZoneRules

  /// Coordinated universal time: no offset, ever.
  package static let utc = Zone(
    name: "UTC",
    rules: ZoneRules(
      times: [], after: [], first: .init(seconds: 0, isDaylightSaving: false, abbreviation: "UTC"),
      footer: nil))

  private init(name: String, rules: ZoneRules) {
    self.name = name
    self.rules = rules
  }

  /// Reads a zone file (RFC 8536). Throws `ZoneError.damaged` for bytes that are none.
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

  /// A zone by its rule alone, as `TZ` may have it: `CET-1CEST,M3.5.0,M10.5.0/3` (POSIX.1-2017, 8.3). Nil for
  /// other texts.
  package init?(posix text: String) {
    guard let rule = PosixZone(Array(text.utf8)[...]) else { return nil }
    self.init(name: text, rules: ZoneRules(times: [], after: [], first: rule.standard, footer: rule))
  }

  /// The stretch of time with one offset that an instant lies in.
  package func period(at instant: Instant) -> Period {
    let second = instant.microseconds.flooredDivision(by: 1_000_000).quotient
    let stretch = rules.stretch(at: second)
    // A file may name seconds that no instant in microseconds reaches.
    let reach = Int64.max / 4_000_000
    func microseconds(_ second: Int64) -> Int64 { min(max(second, -reach), reach) * 1_000_000 }
    return Period(
      offset: stretch.offset * 1_000_000, before: stretch.before * 1_000_000,
      start: microseconds(stretch.start ?? -reach), end: microseconds(stretch.end ?? reach))
  }

  /// What the wall clock shows at an instant.
  package func local(at instant: Instant) -> LocalTime {
    let offset = rules.offset(at: instant.microseconds.flooredDivision(by: 1_000_000).quotient)
    let wall = instant.advanced(byMicroseconds: offset.seconds * 1_000_000).microseconds
    return LocalTime(
      civil: CivilDateTime(wallMicroseconds: wall), offset: Int(offset.seconds),
      abbreviation: offset.abbreviation)
  }

  /// The instants at which the wall clock shows a date and time: one, two, or none.
  package func resolve(_ civil: CivilDateTime) -> Resolution {
    let wall = civil.wallMicroseconds
    let second = wall.flooredDivision(by: 1_000_000).quotient
    // No offset is beyond 26 hours, so what matters has changed within that time around.
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

  /// The instant of a date and time by the product's one rule: in a gap, shifted by its length (RFC 5545
  /// 3.3.5: the offset before the gap counts); in a fold, the first.
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

/// A stretch of time with one offset, for walking along a wall clock; all in microseconds.
package struct Period: Hashable, Sendable {
  /// East of UTC, from `start` on.
  package let offset: Int64
  /// East of UTC until `start`; the same where there was no other.
  package let before: Int64
  /// Since the epoch; far in the past where there was no other.
  package let start: Int64
  /// Since the epoch, not part of it; far in the future where there is no other.
  package let end: Int64
}

/// What a wall clock shows.
package struct LocalTime: Hashable, Sendable {
  /// The date and the time of day.
  package let civil: CivilDateTime
  /// Seconds east of UTC.
  package let offset: Int
  /// Such as `CET`.
  package let abbreviation: String
}

/// What a date and time on a wall clock means.
package enum Resolution: Hashable, Sendable {
  case unique(Instant)
  /// Clocks went forward over it by `length` seconds. With the offset before the gap it is an instant after
  /// the gap, with the one after the gap an instant before it.
  case gap(before: Instant, after: Instant, length: Int)
  /// Clocks went back over it.
  case fold(first: Instant, second: Instant)
}

extension Zone: Hashable {
  /// Zones of one name are the same when their rules were read from the same file.
  package static func == (left: Zone, right: Zone) -> Bool {
    left.name == right.name && (left.rules === right.rules || left.rules.isEqual(to: right.rules))
  }

  /// By the name alone, which equal zones share.
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// Where named zones come from; the pure rooms ask it and never read a file.
package protocol ZoneSource {
  /// The zone of an IANA name; throws where there is none, or where its file is damaged.
  func zone(named name: String) throws(ZoneError) -> Zone
}

/// Why a zone cannot be had.
package enum ZoneError: Error, Hashable, Sendable, CustomStringConvertible {
  case unknown(name: String)
  case damaged(name: String, reason: String)

  /// What is wrong, as a clause.
  package var description: String {
    switch self {
    case .unknown(let name): "there is no time zone \(name)"
    case .damaged(let name, let reason): "the time zone \(name) cannot be read: \(reason)"
    }
  }
}
