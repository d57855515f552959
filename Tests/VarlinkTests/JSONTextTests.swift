import Testing
import Varlink

@Suite("A value of a message as its text")
struct JSONTextTests {
  struct Reply: Decodable {
    let text: JSONText
    let number: Int
  }

  private func text(_ json: String) throws -> JSONText {
    try JSONCoding.decode(Reply.self, from: Array("{\"text\": \(json) ,\"number\":1}".utf8)).text
  }

  @Test(
    "It is the text as it came, without the blanks around it",
    arguments: [
      "null", "true", "-1.50e3", "\"a\\u00e4\\\"}\"", "[]", "[1 ,\t2]", "{ \"a\" : {\"a\":[{}]} }",
      // What a type would refuse or change is none of its business.
      "9007199254740993.5", "{\"a\":1,\"a\":2}",
    ])
  func verbatim(json: String) throws {
    #expect(String(decoding: try text(json).bytes, as: UTF8.self) == json)
  }

  @Test("Its value and its members are decoded from where they are")
  func decoded() throws {
    let text = try text("{\"a\":{\"b\":[1,2]},\"c\":\"d\",\"c\":3}")
    #expect(try text.member("a").member("b").decoded(as: [Int].self) == [1, 2])
    #expect(try text.member("c").decoded(as: String.self) == "d", "of two, the first counts")
    #expect(String(decoding: try text.member("a").bytes, as: UTF8.self) == "{\"b\":[1,2]}")
  }

  @Test("A member that is missing, and a value of another kind, are errors of a decoder")
  func mismatches() throws {
    let text = try text("{\"a\":[1]}")
    #expect(throws: DecodingError.self) { try text.member("b") }
    #expect(throws: DecodingError.self) { try text.member("a").member("b") }
    #expect(throws: DecodingError.self) { try text.decoded(as: String.self) }
  }

  @Test(
    "A text with a mistake in it has no texts",
    arguments: ["{\"a\":01}", "{\"a\"}", "{\"a\":\"\\x\"}", "[1,]"])
  func malformed(json: String) {
    #expect(throws: DecodingError.self) { try text(json) }
  }
}
