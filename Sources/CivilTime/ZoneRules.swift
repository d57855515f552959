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

  /// When transitions happen, in seconds of Unix time, strictly ascending.
  let times: [Int64]
  /// What holds from each of `times` on.
  let after: [Offset]
  /// What holds before the first.
  let first: Offset
  /// What holds after the last; nil where the last offset stays.
  let footer: PosixZone?

  init(times: [Int64], after: [Offset], first: Offset, footer: PosixZone?) {
    self.times = times
    self.after = after
    self.first = first
    self.footer = footer
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

  /// What holds at a second of Unix time.
  func offset(at second: Int64) -> Offset {
    let count = count(through: second)
    if count == times.count, let footer { return footer.offset(at: second) }
    return count == 0 ? first : after[count - 1]
  }

  /// The first transition strictly after a second; nil where there is none within two years after the last one in
  /// the file and the footer's rule has none.
  func transition(after second: Int64) -> Int64? {
    let count = count(through: second)
    if count < times.count { return times[count] }
    return footer?.transition(after: second)
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
    if count == times.count, let footer {
      let here = footer.offset(at: second).seconds
      let end = footer.transition(after: second)
      // The footer's rule begins with the last transition of the file, if not later.
      let change = footer.transition(through: second)
      guard let start = [change, times.last].compactMap(\.self).max() else {
        return Stretch(offset: here, start: nil, before: here, end: end)
      }
      return Stretch(offset: here, start: start, before: offset(at: start - 1).seconds, end: end)
    }
    let here = count == 0 ? first : after[count - 1]
    let previous = count == 0 ? here : count == 1 ? first : after[count - 2]
    return Stretch(
      offset: here.seconds, start: count == 0 ? nil : times[count - 1], before: previous.seconds,
      end: count < times.count ? times[count] : nil)
  }

  func isEqual(to other: ZoneRules) -> Bool {
    times == other.times && after == other.after && first == other.first && footer == other.footer
  }
}
