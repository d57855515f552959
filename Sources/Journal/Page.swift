/// The last part of what a journal holds, as much of it as one reply may have: so many rows, and so many
/// bytes. It is filled from the newest row to older ones; rows have the numbers of their tables.
package struct Page<Element> {
  /// The most bytes of what it holds, by the sizes that rows are added with.
  package let bytes: Int
  /// Rows from this number on are on pages that were asked for before; nil for the last page.
  package let before: Int64?
  /// How many rows have room on it yet.
  package private(set) var room: Int
  /// The number before which the next page goes on; nil where all that was asked for is here.
  package private(set) var next: Int64?

  private var newestFirst: [Element] = []
  private var size = 0
  private var oldest: Int64?

  package init(limit: Int, bytes: Int = .max, before: Int64? = nil) {
    room = max(limit, 0)
    self.bytes = bytes
    self.before = before
  }

  /// What is on it, oldest first.
  package var elements: [Element] { newestFirst.reversed() }

  /// Whether no row has room on it any more.
  package var isFull: Bool { room == 0 || next != nil }

  /// Adds an older row than those before it; one that has no room is for the next page. A page without rows
  /// has room for any: else there would be no way past it.
  package mutating func add(_ element: Element, number: Int64, size: Int) {
    guard !isFull else { return }
    let (sum, isTooMuch) = self.size.addingReportingOverflow(size)
    if let oldest, isTooMuch || sum > bytes {
      next = oldest
      return
    }
    newestFirst.append(element)
    self.size = isTooMuch ? .max : sum
    oldest = number
    room -= 1
  }
}
