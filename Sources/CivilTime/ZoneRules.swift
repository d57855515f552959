/// The rules of a zone: its transitions, and the rule after the last of them.
///
/// A class, so that a copy of a zone costs no more than a pointer. It is immutable.
final class ZoneRules: Sendable {
  /// An offset with its name, as a wall clock in the zone has it for a while.
  struct Offset: Hashable, Sendable {
    /// Seconds east of UTC.
    let seconds: Int64
    let isDaylightSaving: Bool
    /// The abbreviation, such as `CET`.
    let abbreviation: String
  }

  /// The transitions in seconds of Unix time, strictly ascending: those of the file, and after them those of
  /// the rule up to the year 2200, so that a search in the years that matter is a lookup. For a file that
  /// ends before 1900 the rule's are not listed.
  private let times: [Int64]
  /// The offset from each of `times` on, as an index into `kinds`.
  private let after: [Int]
  private let kinds: [Offset]
  /// The offset before the first transition; nil if the rule holds there too.
  private let first: Offset?
  /// The rule after the last transition; nil if the last offset lasts.
  private let footer: PosixZone?

  /// `times` and `after` are the transitions of a file and the offset from each on, `first` is the offset
  /// before them, and `footer` the rule after them. A rule without a file always holds.
  init(times: [Int64], after: [Offset], first: Offset, footer: PosixZone?) {
    self.first = times.isEmpty && footer != nil ? nil : first
    self.footer = footer
    var times = times
    var kinds: [Offset] = []
    var places = after.map { Self.place(of: $0, in: &kinds) }
    let last = times.last ?? Self.unrolledFrom
    if let footer, (Self.earliestUnrolled..<Self.unrolledTo).contains(last) {
      for change in footer.changes(after: last, through: Self.unrolledTo) {
        times.append(change.second)
        places.append(Self.place(of: change.offset, in: &kinds))
      }
    }
    self.times = times
    self.after = places
    self.kinds = kinds
  }

  /// 1900-01-01. The list of a rule's transitions covers at most three centuries.
  private static let earliestUnrolled: Int64 = -2_208_988_800
  /// 1970-01-01.
  private static let unrolledFrom: Int64 = 0
  /// 2201-01-01.
  private static let unrolledTo: Int64 = 7_289_654_400

  private static func place(of offset: Offset, in kinds: inout [Offset]) -> Int {
    if let place = kinds.firstIndex(of: offset) { return place }
    kinds.append(offset)
    return kinds.count - 1
  }

  /// The number of transitions that are not after a second.
  private func count(through second: Int64) -> Int {
    var low = 0
    var high = times.count
    while low < high {
      let middle = (low + high) / 2
      if times[middle] <= second { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The rule, if it holds after a number of transitions; nil if `times` covers that point.
  private func rule(after count: Int) -> PosixZone? {
    count == times.count || count == 0 && first == nil ? footer : nil
  }

  /// The offset at a second of Unix time.
  func offset(at second: Int64) -> Offset {
    let count = count(through: second)
    if let rule = rule(after: count) { return rule.offset(at: second) }
    return offset(after: count)
  }

  /// The offset after a number of transitions at a point that the rule does not cover.
  private func offset(after count: Int) -> Offset {
    // A zone without a first offset has its rule before the first transition.
    count == 0 ? first ?? kinds[0] : kinds[after[count - 1]]
  }

  /// The first transition strictly after a second; nil if neither the file nor the rule has one.
  func transition(after second: Int64) -> Int64? {
    let count = count(through: second)
    return rule(after: count)?.transition(after: second) ?? (count < times.count ? times[count] : nil)
  }
}

extension ZoneRules {
  /// A period of constant offset, in seconds.
  struct Period {
    /// Seconds east of UTC.
    let offset: Int64
    /// The first second; nil if the offset has always been the same.
    let start: Int64?
    /// The offset before the period; its own if there was no other.
    let before: Int64
    /// The first second after the period; nil if the offset lasts.
    let end: Int64?
  }

  /// The period that has a second of Unix time.
  func period(at second: Int64) -> Period {
    let count = count(through: second)
    guard let rule = rule(after: count) else {
      return Period(
        offset: seconds(after: count), start: count == 0 ? nil : times[count - 1],
        before: seconds(after: max(count - 1, 0)), end: count < times.count ? times[count] : nil)
    }
    let here = rule.offset(at: second).seconds
    let end = rule.transition(after: second)
    // The rule holds from the last transition of the file on.
    let change = rule.transition(through: second)
    let last = count == 0 ? nil : times[count - 1]
    guard let start = change.map({ max($0, last ?? $0) }) ?? last else {
      return Period(offset: here, start: nil, before: here, end: end)
    }
    return Period(offset: here, start: start, before: offset(at: start - 1).seconds, end: end)
  }

  private func seconds(after count: Int) -> Int64 {
    if count == 0 { return first?.seconds ?? footer?.offset(at: (times.first ?? 0) - 1).seconds ?? 0 }
    return kinds[after[count - 1]].seconds
  }

  func isEqual(to other: ZoneRules) -> Bool {
    times == other.times && after == other.after && kinds == other.kinds && first == other.first
      && footer == other.footer
  }
}
