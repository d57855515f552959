import CivilTime
import HeapModule

/// Keys with one instant each, soonest first. Setting and taking cost O(log n).
///
/// A changed key leaves its old place in the heap behind; a place counts only while it is the key's own.
struct Deadlines<Key: Hashable & Sendable>: Sendable {
  private struct Turn: Comparable, Sendable {
    let at: Instant
    /// Of two at one instant, the one that was set first comes first.
    let number: Int

    static func < (left: Turn, right: Turn) -> Bool { (left.at, left.number) < (right.at, right.number) }
  }

  private struct Place: Comparable, Sendable {
    let turn: Turn
    let key: Key

    static func == (left: Place, right: Place) -> Bool { left.turn == right.turn }
    static func < (left: Place, right: Place) -> Bool { left.turn < right.turn }
  }

  private var heap = Heap<Place>()
  private var current: [Key: Turn] = [:]
  private var turns = 0

  /// The soonest instant, or nil where no key has one.
  var earliest: Instant? { heap.min?.turn.at }

  /// Gives a key its instant; nil takes it away.
  mutating func set(_ key: Key, to instant: Instant?) {
    guard current[key]?.at != instant else { return }
    if let instant {
      turns += 1
      let turn = Turn(at: instant, number: turns)
      current[key] = turn
      heap.insert(Place(turn: turn, key: key))
    } else {
      current[key] = nil
    }
    dropStale()
  }

  /// Takes the soonest key whose instant is not after `now`, and its instant from it.
  mutating func take(through now: Instant) -> Key? {
    guard let place = heap.min, place.turn.at <= now else { return nil }
    current[place.key] = nil
    dropStale()
    return place.key
  }

  private mutating func dropStale() {
    while let place = heap.min, current[place.key] != place.turn { heap.removeMin() }
    guard heap.count > 64, heap.count > 2 * current.count else { return }
    heap = Heap(current.map { Place(turn: $0.value, key: $0.key) })
  }
}
