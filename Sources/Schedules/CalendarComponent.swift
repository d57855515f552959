/// An item of a calendar expression's list: `5`, `5..9`, `5/2` or `5..9/2` (systemd.time(7), "Calendar
/// Events"). Values are in the unit of the field; for seconds, that is a microsecond.
package struct CalendarComponent: Hashable, Comparable, Sendable {
  package internal(set) var start: Int64
  /// Nil for a single value, and for a repetition up to the end of the field.
  package internal(set) var stop: Int64?
  /// Nil for a single value.
  package internal(set) var step: Int64?

  /// The order of systemd's normal form: by start, stop and step.
  package static func < (left: CalendarComponent, right: CalendarComponent) -> Bool {
    (left.start, left.stop ?? -1, left.step ?? 0) < (right.start, right.stop ?? -1, right.step ?? 0)
  }

  /// The last value, in a field that goes up to `maximum`.
  package func last(upTo maximum: Int64) -> Int64 {
    guard let step else { return start }
    let end = min(stop ?? maximum, maximum)
    return end < start ? start : end - (end - start) % step
  }

  /// The first value that is not below another.
  func first(from value: Int64, upTo maximum: Int64) -> Int64? {
    guard value > start else { return start <= maximum ? start : nil }
    guard let step, value <= last(upTo: maximum) else { return nil }
    return start + (value - start + step - 1) / step * step
  }

  /// The last value that is not above another.
  func last(through value: Int64, upTo maximum: Int64) -> Int64? {
    guard value >= start else { return nil }
    guard let step else { return start }
    let end = min(value, last(upTo: maximum))
    return end - (end - start) % step
  }

  /// Brings the item to systemd's normal form: no range of a single value, and each range ends on a value.
  mutating func normalize() {
    guard let stop, let step else { return }
    let span = stop - start
    if span < step {
      self.stop = nil
      self.step = nil
    } else {
      self.stop = stop - span % step
    }
  }
}

extension [CalendarComponent] {
  /// Normalizes each item, sorts them and drops repeated ones.
  mutating func normalize() {
    for index in indices { self[index].normalize() }
    self = Set(self).sorted()
  }

  /// The values as bits; an empty list is every value.
  func bits(_ range: ClosedRange<Int64>) -> UInt64 {
    guard !isEmpty else { return range.reduce(0) { $0 | 1 << UInt64($1) } }
    var bits: UInt64 = 0
    for component in self {
      var value = component.first(from: range.lowerBound, upTo: range.upperBound)
      while let bit = value {
        bits |= 1 << UInt64(bit)
        value = component.first(from: bit + 1, upTo: range.upperBound)
      }
    }
    return bits
  }
}
