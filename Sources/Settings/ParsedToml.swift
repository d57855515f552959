import CToml

/// A parsed text in toml++'s memory, which this type frees.
struct ParsedToml: ~Copyable {
  private let handle: OpaquePointer

  /// The reason why a text is not TOML, and the place.
  struct SyntaxError: Error {
    let reason: String
    let place: TomlPlace
  }

  /// Nil if memory ran out.
  private init?(_ bytes: [UInt8]) {
    let handle = bytes.withUnsafeBytes { buffer in
      ritual_toml_parse(buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
    }
    guard let handle else { return nil }
    self.handle = handle
  }

  deinit {
    ritual_toml_free(handle)
  }

  /// The tree of a text, as its root table.
  static func parse(_ bytes: [UInt8]) throws(SyntaxError) -> TomlNode {
    guard let document = ParsedToml(bytes) else {
      throw SyntaxError(reason: "not enough memory to read it", place: TomlPlace(line: 1, column: 1))
    }
    guard let root = ritual_toml_root(document.handle) else {
      let place = TomlRegion(ritual_toml_error_region(document.handle)).begin
      throw SyntaxError(reason: String(ritual_toml_error(document.handle)), place: place)
    }
    // Copied before the document is freed; the depth is bounded, see CToml.cpp.
    return node(root)
  }

  private static func node(_ pointer: OpaquePointer) -> TomlNode {
    TomlNode(value: value(pointer), region: TomlRegion(ritual_toml_node_region(pointer)))
  }

  private static func value(_ pointer: OpaquePointer) -> TomlValue {
    let kind = ritual_toml_node_kind(pointer)
    switch kind {
    case RITUAL_TOML_TABLE, RITUAL_TOML_INLINE_TABLE:
      let entries = children(pointer).map { child in
        TomlEntry(
          key: String(ritual_toml_node_key(child)), keyRegion: TomlRegion(ritual_toml_node_key_region(child)),
          node: node(child))
      }
      return .table(entries, isInline: kind == RITUAL_TOML_INLINE_TABLE)
    case RITUAL_TOML_ARRAY: return .array(children(pointer).map(node))
    case RITUAL_TOML_INTEGER: return .integer(ritual_toml_integer(pointer))
    case RITUAL_TOML_FLOAT: return .float(ritual_toml_float(pointer))
    case RITUAL_TOML_BOOLEAN: return .boolean(ritual_toml_boolean(pointer))
    case RITUAL_TOML_DATE: return .date(TomlDateTime(ritual_toml_node_date_time(pointer)))
    case RITUAL_TOML_TIME: return .time
    case RITUAL_TOML_DATE_TIME: return .dateTime(TomlDateTime(ritual_toml_node_date_time(pointer)))
    default: return .string(String(ritual_toml_string(pointer)))
    }
  }

  private static func children(_ pointer: OpaquePointer) -> [OpaquePointer] {
    (0..<ritual_toml_child_count(pointer)).map { ritual_toml_child(pointer, $0) }
  }
}

extension TomlRegion {
  fileprivate init(_ region: ritual_toml_region) {
    begin = TomlPlace(line: Int(region.begin_line), column: Int(region.begin_column))
    end = TomlPlace(line: Int(region.end_line), column: Int(region.end_column))
  }
}

extension TomlDateTime {
  fileprivate init(_ value: ritual_toml_date_time) {
    self.init(
      year: Int(value.year), month: Int(value.month), day: Int(value.day), hour: Int(value.hour),
      minute: Int(value.minute), second: Int(value.second), nanosecond: Int(value.nanosecond),
      offset: value.has_offset ? Int(value.offset_minutes) : nil)
  }
}

extension String {
  fileprivate init(_ text: ritual_toml_text) {
    let bytes = UnsafeRawBufferPointer(start: text.bytes, count: text.count)
    self.init(decoding: bytes, as: UTF8.self)
  }
}
