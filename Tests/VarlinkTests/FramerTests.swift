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
      ([UInt8](repeating: UInt8(ascii: "["), count: 100_000), .tooDeep(limit: 64)), ([], .notJSON),
    ])
  func noRequest(message: [UInt8], error: WireError) {
    #expect(throws: error) { try Request(message: message) }
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
