import FoundationEssentials
import Testing
import Varlink

@Suite("Reading JSON value by value")
struct JSONReaderTests {
  /// Reads any value, as the decoder would.
  static func value(_ reader: inout JSONReader, first byte: UInt8) throws(JSONReader.Malformed) -> JSONValue {
    switch byte {
    case UInt8(ascii: "\""): return .string(try reader.string())
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .boolean(try reader.boolean())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try reader.number())
    default:
      if reader.null() { return .null }
      try reader.skip()
      return [:]
    }
  }

  func read(_ text: String) throws -> JSONValue {
    var reader = JSONReader(Array(text.utf8))
    let value = try Self.value(&reader, first: text.utf8.first { $0 > 0x20 } ?? 0)
    try reader.end()
    return value
  }

  static let strings: [String] = [
    #""""#, #""plain""#, #""a\"b\\c\/d\b\f\n\r\t""#, #""\u00e9 é \u2764""#, #""\ud83d\ude00 😀""#,
    #""\u0000""#,
    #" "blanks" "#, #""a\u0041b""#,
  ]

  static let numbers = [
    "0", "-0", "1", "-12", "1.5", "1795763100.25", "1e3", "2E-2", "-1.25e+2", "123456789012",
  ]

  @Test("Strings and numbers are those that the decoder gives", arguments: strings + numbers)
  func alike(text: String) throws {
    let decoded = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
    switch (try read(text), decoded) {
    case (.number(let number), .integer(let integer)): #expect(number == Double(integer))
    case (let value, let decoded): #expect(value == decoded)
    }
  }

  @Test(
    "What is no JSON is refused",
    arguments: [
      #""open"#, #""bad \x""#, #""\u12""#, #""\ud83d""#, #""\ud83dx""#, #""\udc00""#, "\"a\nb\"", "01", "1.",
      ".5", "-",
      "1e", "+1", "tru", "nul", "[1,]", "[1 2]", "{\"a\":1,}", "{\"a\" 1}", "{a:1}", "[", "{", "", "1 2",
      "[1]]", "NaN",
    ])
  func refused(text: String) {
    #expect(throws: (any Error).self) { try read(text) }
  }

  @Test("An object's members come in their order; what is not wanted is skipped")
  func members() throws {
    var reader = JSONReader(
      Array(
        #" { "id" : "kiss", "more": {"a": [1, {"b": null}], "c": "}"}, "next": null, "times": [1, 2.5], "on": true } "#
          .utf8))
    var found: [String] = []
    try reader.object { (name, reader) throws(JSONReader.Malformed) in
      switch name {
      case "id": found.append(try reader.string())
      case "next": found.append(reader.null() ? "null" : "?")
      case "times":
        try reader.array { (reader) throws(JSONReader.Malformed) in found.append("\(try reader.number())") }
      case "on": found.append("\(try reader.boolean())")
      default: try reader.skip()
      }
    }
    try reader.end()
    #expect(found == ["kiss", "null", "1.0", "2.5", "true"])
  }

  @Test("Another kind of value than the one that is asked for is refused with its place")
  func kinds() {
    let error = #expect(throws: JSONReader.Malformed.self) {
      var reader = JSONReader(Array("[\"a\", 1]".utf8))
      try reader.array { (reader) throws(JSONReader.Malformed) in _ = try reader.string() }
    }
    #expect(error?.position == 6)
  }
}
