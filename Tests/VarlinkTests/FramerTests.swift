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
}
