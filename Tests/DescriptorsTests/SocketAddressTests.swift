import Descriptors
import DesktopRig
import Glibc
import Testing

@Suite("Addresses of Unix sockets")
struct SocketAddressTests {
  @Test("A path is one that a socket can have")
  func paths() {
    #expect(SocketAddress(path: "/a")?.path == "/a")
    #expect(SocketAddress(path: String(repeating: "a", count: 107)) != nil)
    for path in ["", "\0a", "/a\0b", String(repeating: "a", count: 108)] {
      #expect(SocketAddress(path: path) == nil, "\(path)")
    }
    #expect(SocketAddress(name: [0] + Array("a\0b".utf8))?.path == nil)
    #expect(SocketAddress(name: [0] + Array("a\0b".utf8)) != nil)
  }

  @Test("A socket is found by a path and by an abstract name, and says its address")
  func found() throws {
    let folder = try TemporaryFolder()
    let abstract = [0] + Array(folder.path("socket").utf8)
    for address in [SocketAddress(path: folder.path("socket")), SocketAddress(name: abstract)] {
      let address = try #require(address)
      let listener = try SocketAddress.socket(waits: true)
      #expect(SocketAddress(of: listener.raw) == nil)
      #expect(throws: ErrorNumber.self) { _ = try address.connect() }
      try address.bind(listener.raw)
      #expect(throws: ErrorNumber(ECONNREFUSED)) { _ = try address.connect() }
      #expect(listen(listener.raw, 1) == 0)
      #expect(SocketAddress(of: listener.raw) == address)
      let connection = try address.connect()
      #expect(fcntl(connection.raw, F_GETFD) == FD_CLOEXEC)
      #expect(fcntl(connection.raw, F_GETFL) & O_NONBLOCK == 0)
    }
  }

  @Test("A full queue is not waited for by one who must not wait")
  func fullQueue() throws {
    let folder = try TemporaryFolder()
    let address = try #require(SocketAddress(path: folder.path("socket")))
    let listener = try SocketAddress.socket(waits: true)
    try address.bind(listener.raw)
    #expect(listen(listener.raw, 0) == 0)
    let first = try address.connect(waits: false)
    #expect(fcntl(first.raw, F_GETFD) == FD_CLOEXEC)
    #expect(fcntl(first.raw, F_GETFL) & O_NONBLOCK != 0)
    #expect(throws: ErrorNumber(EAGAIN)) { _ = try address.connect(waits: false) }
  }
}
