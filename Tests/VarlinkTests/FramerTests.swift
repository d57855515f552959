import Testing
import Varlink

@Suite("Framing")
struct FramerTests {
  @Test("Messages come out whole and in order, however they arrive", arguments: [1, 2, 3, 7, 1000])
  func pieces(size: Int) throws {
    let messages = ["{}", "", "{\"method\":\"a.b.C\"}", String(repeating: "x", count: 500)]
    let bytes: [UInt8] = messages.flatMap { [UInt8]($0.utf8) + [0] }
    var framer = Framer(limit: 1000)
    var found: [String] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      framer.append(bytes[start..<min(start + size, bytes.count)])
      while let message = try framer.next() { found.append(String(decoding: message, as: UTF8.self)) }
    }
    #expect(found == messages)
    #expect(framer.count == 0)
  }

  @Test(
    "A message longer than the limit is refused, whether its end has come or not", arguments: [true, false])
  func tooLong(hasEnd: Bool) throws {
    var framer = Framer(limit: 10)
    framer.append([UInt8](repeating: 1, count: 10) + [0])
    #expect(try framer.next()?.count == 10)
    framer.append([UInt8](repeating: 1, count: 11) + (hasEnd ? [0] : []))
    #expect(throws: WireError.tooLong(limit: 10)) { try framer.next() }
  }

  @Test(
    "What is no request is refused with what is wrong",
    arguments: [
      (Array("nonsense".utf8), WireError.notJSON), ([0xff, 0xfe], .notUTF8),
      (Array("{}".utf8), .badMember(name: "method")),
      (Array("{\"method\":1}".utf8), .badMember(name: "method")),
      (Array("{\"method\":\"a.B\",\"more\":3}".utf8), .badMember(name: "more")),
      (Array("{\"method\":\"a.B\",\"parameters\":[]}".utf8), .badMember(name: "parameters")),
      (Array("{\"method\":null}".utf8), .badMember(name: "method")),
      (Array("{\"method\":\"a.B\",\"params\":{}}".utf8), .unknownMember),
      (Array("{\"method\":\"a.B\",\"method\":\"a.C\"}".utf8), .repeatedMember(name: "method")),
      (Array("{\"method\":\"a.B\",\"more\":null,\"more\":true}".utf8), .repeatedMember(name: "more")),
      (Array("{\"method\":\"a.B\",\"more\":true,\"oneway\":true}".utf8), .moreOneway),
      (Array("{\"method\":\"a.B\",\"upgrade\":true}".utf8), .upgrade),
      (
        Array("{\"method\":\"a.B\",\"parameters\":{\"any\":{\"x\":1,\"x\":2}}}".utf8),
        .badMember(name: "parameters")
      ),
      ([UInt8](repeating: UInt8(ascii: "["), count: 100_000), .tooDeep(limit: 64)), ([], .notJSON),
    ])
  func noRequest(message: [UInt8], error: WireError) {
    #expect(throws: error) { try Request(message: message) }
  }

  @Test("A flag that is false or null, and parameters that are null, are as good as absent")
  func absent() throws {
    let text = #"{"method":"a.B","more":false,"oneway":true,"upgrade":false,"parameters":null}"#
    #expect(try Request(message: Array(text.utf8)) == Request(method: "a.B", oneway: true))
    let nulls = #"{ "parameters" : { "x" : null } ,"more":null,"oneway":null,"upgrade":null,"method":"a.B"}"#
    #expect(try Request(message: Array(nulls.utf8)) == Request(method: "a.B", parameters: ["x": nil]))
  }

  @Test("A request and a reply come back as they went")
  func roundTrip() throws {
    let request = Request(
      method: "a.b.C", parameters: ["n": 1, "t": "ä", "l": [true, nil, 1.5]], more: true)
    #expect(try Request(message: Array(request.message().dropLast())) == request)
    let reply = try Reply(message: Array("{\"error\":\"a.b.E\",\"parameters\":{\"x\":1}}".utf8))
    #expect(reply == Reply(parameters: ["x": 1], error: "a.b.E"))
    #expect(try Reply(message: Array("{}".utf8)) == Reply())
  }
}
