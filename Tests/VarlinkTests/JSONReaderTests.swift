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

  @Test("Of an object, what is asked for is read, and what is not wanted is skipped")
  func members() throws {
    struct Wanted: Decodable, Hashable {
      var times: [Double]
      var on: Bool
      var id: String
      var next: Int?
    }
    let text =
      #" { "id" : "kiss", "more": {"a": [1, {"b": null}], "c": "}"}, "next": null, "times": [1, 2.5], "on": true } "#
    let wanted = try JSONCoding.decode(Wanted.self, from: Array(text.utf8))
    #expect(wanted == Wanted(times: [1, 2.5], on: true, id: "kiss", next: nil))
  }

  @Test("Another kind of value than the one that is asked for is refused with its place")
  func kinds() {
    let error = #expect(throws: DecodingError.self) {
      try JSONCoding.decode([String].self, from: Array(#"["a", 1]"#.utf8))
    }
    guard case .typeMismatch(_, let context)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(context.codingPath.map(\.intValue) == [1])
  }

  @Test("A text that is no JSON is refused with the byte at which it stops being some")
  func place() {
    let error = #expect(throws: DecodingError.self) { try read(#"["a", x]"#) }
    #expect("\(error.map(String.init(describing:)) ?? "")".contains("no JSON, at byte 6"))
  }
}
