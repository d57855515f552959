/// The rules of a zone: its transitions, and what holds after the last of them.
///
/// A class, so that a zone is as cheap to copy as a pointer; nothing in it ever changes.
final class ZoneRules: Sendable {
  /// What a wall clock in the zone shows for a while.
  struct Offset: Hashable, Sendable {
    /// Seconds east of UTC.
    let seconds: Int64
    let isDaylightSaving: Bool
    /// Such as `CET`.
    let abbreviation: String
  }

  /// When transitions happen, in seconds of Unix time, strictly ascending: those of the file, and those of
  /// the rule after it up to the year 2200, so that the years that matter need no arithmetic. Where the file
  /// ends before 1900 there are none of the rule, which is asked itself.
  private let times: [Int64]
  /// What holds from each of `times` on, in `kinds`.
  private let after: [Int]
  private let kinds: [Offset]
  /// What holds before the first; nil where the rule holds there too.
  private let first: Offset?
  /// What holds after the last; nil where the last offset stays.
  private let footer: PosixZone?

  /// `times` and `after` are the transitions of a file and what holds from each on, `first` what holds before
  /// them, and `footer` the rule after them. A rule without a file holds always.
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

  /// 1900-01-01: what is unrolled is no more than three centuries, wherever a file has its last transition.
  private static let earliestUnrolled: Int64 = -2_208_988_800
  /// 1970-01-01 and 2201-01-01.
  private static let unrolledFrom: Int64 = 0
  private static let unrolledTo: Int64 = 7_289_654_400

  private static func place(of offset: Offset, in kinds: inout [Offset]) -> Int {
    if let place = kinds.firstIndex(of: offset) { return place }
    kinds.append(offset)
    return kinds.count - 1
  }

  /// How many of `times` are not after `second`.
  private func count(through second: Int64) -> Int {
    var low = 0
    var high = times.count
    while low < high {
      let middle = (low + high) / 2
      if times[middle] <= second { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The rule, where it and not `times` says what holds after so many of them.
  private func rule(after count: Int) -> PosixZone? {
    count == times.count || count == 0 && first == nil ? footer : nil
  }

  /// What holds at a second of Unix time.
  func offset(at second: Int64) -> Offset {
    let count = count(through: second)
    if let rule = rule(after: count) { return rule.offset(at: second) }
    return offset(after: count)
  }

  /// What holds after so many of `times`, where the rule does not say it.
  private func offset(after count: Int) -> Offset {
    // Without a first offset the rule says what holds before the first transition.
    count == 0 ? first ?? kinds[0] : kinds[after[count - 1]]
  }

  /// The first transition strictly after a second; nil where there is none, of the file or the rule.
  func transition(after second: Int64) -> Int64? {
    let count = count(through: second)
    return rule(after: count)?.transition(after: second) ?? (count < times.count ? times[count] : nil)
  }
}

/// A stretch of time with one offset.
struct Stretch {
  /// Seconds east of UTC.
  let offset: Int64
  /// Its first second; nil where it has always been.
  let start: Int64?
  /// The offset before it; its own where it has always been.
  let before: Int64
  /// The first second after it; nil where it lasts.
  let end: Int64?
}

extension ZoneRules {
  /// The stretch that holds a second of Unix time.
  func stretch(at second: Int64) -> Stretch {
    let count = count(through: second)
    guard let rule = rule(after: count) else {
      return Stretch(
        offset: seconds(after: count), start: count == 0 ? nil : times[count - 1],
        before: seconds(after: max(count - 1, 0)), end: count < times.count ? times[count] : nil)
    }
    let here = rule.offset(at: second).seconds
    let end = rule.transition(after: second)
    // The rule begins with the last transition before it, if not later.
    let change = rule.transition(through: second)
    let last = count == 0 ? nil : times[count - 1]
    guard let start = change.map({ max($0, last ?? $0) }) ?? last else {
      return Stretch(offset: here, start: nil, before: here, end: end)
    }
    return Stretch(offset: here, start: start, before: offset(at: start - 1).seconds, end: end)
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
