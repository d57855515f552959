/// A part of a table's rows that has room in one reply: a limited number of rows and of bytes. It is filled
/// from the newest row to older ones; `number` is a row's number in its table.
package struct Page<Element> {
  /// The limit of bytes, in the sizes that rows are added with.
  package let bytes: Int
  /// Only rows before this number belong on the page; nil for the newest page.
  package let before: Int64?
  /// The number of rows that still have room.
  package private(set) var room: Int
  /// The number before which the next page continues; nil if there are no more rows.
  package private(set) var next: Int64?

  private var newestFirst: [Element] = []
  private var size = 0
  private var oldest: Int64?

  package init(limit: Int, bytes: Int = .max, before: Int64? = nil) {
    room = max(limit, 0)
    self.bytes = bytes
    self.before = before
  }

  /// The rows, oldest first.
  package var elements: [Element] { newestFirst.reversed() }

  /// True if no row has room any more.
  package var isFull: Bool { room == 0 || next != nil }

  /// Adds a row that is older than all rows before it. A row without room is for the next page. An empty page
  /// has room for any row: a reader could not get past that row otherwise.
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
