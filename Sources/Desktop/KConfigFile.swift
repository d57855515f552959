import Files

/// A configuration file of KDE's programs (kf5options(7), "Configuration file format"): groups of keys, of
/// which flags are read.
nonisolated struct KConfigFile {
  private let lines: [Substring]

  /// In bytes: such files are small.
  private static let largest = 1 << 20

  /// Nil where the file cannot be read, or is too large.
  init?(at path: String) {
    guard let bytes = try? FileContents(of: path, upTo: Self.largest).bytes, bytes.count <= Self.largest
    else { return nil }
    self.init(String(decoding: bytes, as: UTF8.self))
  }

  init(_ text: String) {
    lines = text.split { $0.isNewline }
  }

  /// A flag's value in a group, which may be in another one; nil where the file has none.
  func flag(_ key: String, in groups: [String]) -> Bool? {
    let group = groups.map { "[\($0)]" }.joined()
    var isInGroup = false
    var value: Bool?
    for line in lines {
      let line = line.trimmed
      if line.first == "[" {
        // `[$i]` keeps users from changing the group.
        isInGroup = line == group || line.hasPrefix(group + "[$")
      } else if isInGroup, let sign = line.firstIndex(of: "="),
        line[..<sign].prefix(while: { $0 != "[" }).trimmed == key
      {
        // The last one counts.
        value = !["false", "0", "no", "off"].contains(line[line.index(after: sign)...].trimmed.lowercased())
      }
    }
    return value
  }
}

nonisolated extension Substring {
  fileprivate var trimmed: Substring {
    let rest = drop { $0.isWhitespace }
    return rest[..<(rest.lastIndex { !$0.isWhitespace }.map { rest.index(after: $0) } ?? rest.startIndex)]
  }
}
