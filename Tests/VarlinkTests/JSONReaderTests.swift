import FoundationEssentials
import Testing
import Varlink

@Suite("Reading JSON value by value")
struct JSONReaderTests {
  func read(_ text: String) throws -> JSONValue {
    try JSONCoding.decode(JSONValue.self, from: Array(text.utf8))
  }

  static let strings: [String] = [
    #""""#, #""plain""#, #""a\"b\\c\/d\b\f\n\r\t""#, #""\u00e9 é \u2764""#, #""\ud83d\ude00 😀""#,
    #""\u0000""#,
    #" "blanks" "#, #""a\u0041b""#,
  ]

  static let numbers = [
    "0", "-0", "1", "-12", "1.5", "1795763100.25", "1e3", "2E-2", "-1.25e+2", "123456789012",
  ]

  @Test("Strings and numbers are those that Foundation's decoder gives", arguments: strings + numbers)
  func alike(text: String) throws {
    #expect(try read(text) == JSONDecoder().decode(JSONValue.self, from: Data(text.utf8)))
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
