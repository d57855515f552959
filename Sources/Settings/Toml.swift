/// A place in a text: lines and columns from 1, columns in Unicode scalars.
struct TomlPlace: Hashable, Comparable, Sendable {
  var line: Int
  var column: Int

  static func < (left: TomlPlace, right: TomlPlace) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// From a place to one past the last scalar.
struct TomlRegion: Hashable, Sendable {
  var begin: TomlPlace
  var end: TomlPlace
}

/// A value and its place; for a table with a header, the header's place.
struct TomlNode: Sendable {
  var value: TomlValue
  var region: TomlRegion

  /// The kind of value with its article, for messages.
  var kindName: String {
    switch value {
    case .table: "a table"
    case .array: "an array"
    case .string: "a string"
    case .integer: "an integer"
    case .float: "a float"
    case .boolean: "a boolean"
    case .date: "a date"
    case .time: "a time"
    case .dateTime: "a date-time"
    }
  }

  /// The entries of a table; nil for other kinds.
  var entries: [TomlEntry]? {
    guard case .table(let entries, _) = value else { return nil }
    return entries
  }

  /// The date or date-time, also one in quotes: JSON has no dates, so a schema for editors cannot ask for a
  /// value without quotes. Nil for other values.
  var date: TomlValue? {
    switch value {
    case .date, .dateTime: value
    case .string(let text): TomlValue(dateIn: text)
    default: nil
    }
  }
}

indirect enum TomlValue: Sendable {
  case table([TomlEntry], isInline: Bool)
  case array([TomlNode])
  case string(String)
  case integer(Int64)
  case float(Double)
  case boolean(Bool)
  case date(TomlDateTime)
  case time
  case dateTime(TomlDateTime)

  /// The date or date-time that a text is, as TOML writes it; nil for other texts.
  init?(dateIn text: String) {
    // No comment, no further line, no blanks around it.
    guard text.utf8.allSatisfy({ $0 != UInt8(ascii: "#") && $0 >= UInt8(ascii: " ") }),
      text.utf8.first != UInt8(ascii: " "), text.utf8.last != UInt8(ascii: " ")
    else { return nil }
    let value = (try? ParsedToml.parse(Array("x = \(text)".utf8)))?.entry("x")?.node.value
    switch value {
    case .date(let date): self = .date(date)
    case .dateTime(let time): self = .dateTime(time)
    default: return nil
    }
  }
}

/// A key with its value, in the order of the text.
struct TomlEntry: Sendable {
  let key: String
  let keyRegion: TomlRegion
  let node: TomlNode
}

/// A date, and a time of day if there is one, as written.
struct TomlDateTime: Hashable, Sendable {
  var year, month, day, hour, minute, second, nanosecond: Int
  /// Minutes east of UTC; nil for a local time.
  var offset: Int?
}
