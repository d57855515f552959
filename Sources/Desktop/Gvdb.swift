/// A table of settings in dconf's file format, GVDB; this reads only Boolean values. Every offset is checked:
/// a damaged file has no values.
///
/// The file: 8 bytes `GVariant`, version, options, and the offsets of the root table's beginning and end. A
/// table: the sizes of a filter and of the buckets in words, the filter, the buckets, and then items of 24
/// bytes: hash, parent item, offset of the key, size of the key, type of the value, and offsets of the value.
/// All numbers are little-endian.
nonisolated package struct Gvdb {
  private let bytes: [UInt8]
  private let items: Int
  private let itemCount: Int

  /// Nil for other files.
  package init?(_ bytes: [UInt8]) {
    guard bytes.starts(with: "GVariant".utf8), Self.number(bytes, at: 8) == 0,
      let start = Self.number(bytes, at: 16), let end = Self.number(bytes, at: 20), end <= bytes.count,
      let words = Self.number(bytes, at: start), let buckets = Self.number(bytes, at: start + 4)
    else { return nil }
    self.bytes = bytes
    // The upper five bits of the first number are the filter's shift.
    items = start + 8 + 4 * (words & 0x07ff_ffff) + 4 * buckets
    guard items <= end else { return nil }
    itemCount = (end - items) / 24
  }

  /// The Boolean value of a key such as `/org/gnome/desktop/notifications/show-banners`; nil if there is
  /// none.
  package func flag(_ key: String) -> Bool? {
    let key = Array(key.utf8)
    let hash = key.reduce(UInt32(5381)) { $0 &* 33 &+ UInt32(bitPattern: Int32(Int8(bitPattern: $1))) }
    for index in 0..<itemCount {
      let item = items + 24 * index
      guard Self.number(bytes, at: item) == Int(hash), bytes[item + 14] == UInt8(ascii: "v"),
        isNamed(index, key),
        let start = Self.number(bytes, at: item + 16), let end = Self.number(bytes, at: item + 20),
        start <= end, end <= bytes.count
      else { continue }
      // A variant is its value, a zero and its type.
      let value = bytes[start..<end]
      guard value.count == 3, value.suffix(2).elementsEqual([0, UInt8(ascii: "b")]) else { return nil }
      return value.first != 0
    }
    return nil
  }

  /// True if an item has this key. Each of its parents holds a part of the key before its own.
  private func isNamed(_ index: Int, _ key: [UInt8]) -> Bool {
    var rest = key[...]
    var index = index
    // The loop ends also for an item that is its own parent and has an empty part.
    for _ in 0...key.count {
      let item = items + 24 * index
      guard index < itemCount, let start = Self.number(bytes, at: item + 8) else { return false }
      let size = Int(bytes[item + 12]) | Int(bytes[item + 13]) << 8
      guard start + size <= bytes.count, size <= rest.count,
        rest.suffix(size).elementsEqual(bytes[start..<start + size])
      else { return false }
      rest = rest.dropLast(size)
      guard let parent = Self.number(bytes, at: item + 4) else { return false }
      if parent == 0xffff_ffff { return rest.isEmpty }
      index = parent
    }
    return false
  }

  private static func number(_ bytes: [UInt8], at offset: Int) -> Int? {
    guard offset >= 0, offset + 4 <= bytes.count else { return nil }
    return bytes[offset..<offset + 4].reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
