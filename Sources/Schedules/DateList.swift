import CivilTime

/// Single dates and times beside a rule: those of RDATE or of EXDATE (RFC 5545 3.8.5.2, 3.8.5.1). A search
/// allocates nothing.
struct DateList: Hashable, Sendable {
  private(set) var instants: [Instant] = []
  /// On the wall clock of the zone that the caller passes.
  private(set) var times: [CivilDateTime] = []
  /// Whole days, counted from 1970-01-01.
  private(set) var days: [Int] = []

  var isEmpty: Bool { instants.isEmpty && times.isEmpty && days.isEmpty }

  init(_ values: some Sequence<DateValue> = []) { add(values) }

  mutating func add(_ values: some Sequence<DateValue>) {
    var (instants, times, days) = (Set(instants), Set(times), Set(days))
    for value in values {
      switch value {
      case .instant(let instant): instants.insert(instant)
      case .local(let time): times.insert(time)
      case .date(let date): days.insert(date.daysSinceEpoch)
      }
    }
    self.instants = instants.sorted()
    self.times = times.sorted()
    self.days = days.sorted()
  }

  var values: [DateValue] {
    days.map { .date(CivilDate(daysSinceEpoch: $0)) } + times.map { .local($0) }
      + instants.map { .instant($0) }
  }

  /// The first instant or time strictly after an instant; whole days have none.
  func next(after instant: Instant, in zone: Zone) -> Instant? {
    var best = instants[Self.index(in: instants) { $0 <= instant }...].first
    for time in times[firstTime(near: instant, zone)...] {
      let candidate = zone.instant(for: time)
      // A time shifted by a gap may overtake later ones, by less than a day.
      guard best.map({ candidate.microseconds < $0.microseconds + Self.day }) ?? true else { break }
      if candidate > instant { best = min(best ?? candidate, candidate) }
    }
    return best
  }

  /// The last instant or time strictly before an instant; whole days have none.
  func previous(before instant: Instant, in zone: Zone) -> Instant? {
    var best = instants[..<Self.index(in: instants) { $0 < instant }].last
    let end = zone.local(at: instant.advanced(byMicroseconds: Self.day)).civil
    for time in times[..<Self.index(in: times) { $0 <= end }].reversed() {
      let candidate = zone.instant(for: time)
      guard best.map({ candidate.microseconds > $0.microseconds - Self.day }) ?? true else { break }
      if candidate < instant { best = max(best ?? candidate, candidate) }
    }
    return best
  }

  /// True if one of the values is an occurrence, or the day of it.
  func contains(_ instant: Instant, in zone: Zone) -> Bool {
    let place = Self.index(in: instants) { $0 < instant }
    if place < instants.count, instants[place] == instant { return true }
    guard !times.isEmpty || !days.isEmpty else { return false }
    let day = zone.local(at: instant).civil.date.daysSinceEpoch
    let dayPlace = Self.index(in: days) { $0 < day }
    if dayPlace < days.count, days[dayPlace] == day { return true }
    for time in times[firstTime(near: instant, zone)...] {
      let candidate = zone.instant(for: time)
      if candidate == instant { return true }
      if candidate.microseconds > instant.microseconds + Self.day { break }
    }
    return false
  }

  private static let day: Int64 = 86_400_000_000

  /// The index of the first time that may lie at or after an instant, however the clocks change.
  private func firstTime(near instant: Instant, _ zone: Zone) -> Int {
    let start = zone.local(at: instant.advanced(byMicroseconds: -Self.day)).civil
    return Self.index(in: times) { $0 < start }
  }

  /// The number of elements at the front of a sorted list that fulfil a condition, by binary search.
  private static func index<Element>(in list: [Element], while condition: (Element) -> Bool) -> Int {
    var (low, high) = (0, list.count)
    while low < high {
      let middle = (low + high) / 2
      if condition(list[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
