import Descriptors
import DesktopRig
import Dispatch
import Glibc
import Testing

@Suite("Reading and writing")
struct DescriptorTests {
  private static func pipe() throws -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [-1, -1]
    guard Glibc.pipe(&ends) == 0 else { throw RigError.failed("make a pipe", code: errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  /// Does what may wait beside the main queue.
  nonisolated private static func beside<Result: Sendable>(
    _ work: @escaping @Sendable () -> Result
  ) async -> Result {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(returning: work()) }
    }
  }

  @Test("A call that a signal interrupts is made again, and no other one")
  func interrupted() {
    var results = [Int32(-1), -1, 7]
    let last = uninterrupted {
      errno = EINTR
      return results.removeFirst()
    }
    #expect(last == 7)
    var calls = 0
    let result = uninterrupted {
      calls += 1
      errno = EAGAIN
      return Int32(-1)
    }
    #expect(result == -1 && calls == 1 && errno == EAGAIN)
  }

  @Test("A pipe is read to its end, or to one byte over the bound", arguments: [0, 5, 6, 7, 60_000])
  func bounded(size: Int) throws {
    let ends = try Self.pipe()
    defer { close(ends.reading) }
    // A pipe has room for all of it (pipe(7)).
    try Descriptor.write([UInt8](repeating: 1, count: size), to: ends.writing)
    close(ends.writing)
    #expect(try Descriptor.bytes(from: ends.reading, upTo: 6).count == min(size, 7))
  }

  @Test("A file of the kernel's that says it is empty is read; what cannot be read is refused")
  func kernel() throws {
    let file = open("/proc/self/comm", O_RDONLY | O_CLOEXEC)
    defer { close(file) }
    #expect(try !Descriptor.bytes(from: file, upTo: 100, expecting: 0).isEmpty)
    let folder = open("/", O_RDONLY | O_CLOEXEC)
    defer { close(folder) }
    #expect(throws: ErrorNumber(EISDIR)) { try Descriptor.bytes(from: folder, upTo: 100) }
    #expect("\(ErrorNumber(EISDIR))" == "Is a directory")
  }

  @Test("The writer waits for a slow reader, also on a pipe that does not block")
  func slowReader() async throws {
    let ends = try Self.pipe()
    let bytes = [UInt8](repeating: 1, count: 300_000)
    Descriptor.stopBlocking(ends.writing)
    let writing = Task.detached {
      await Self.beside {
        try? Descriptor.write(bytes, to: ends.writing)
        close(ends.writing)
      }
    }
    // The pipe is full before the first byte is read.
    var full = pollfd(fd: ends.writing, events: Int16(POLLOUT), revents: 0)
    while poll(&full, 1, 0) == 1 { await Task.yield() }
    let read = await Self.beside { try? Descriptor.bytes(from: ends.reading, upTo: bytes.count) }
    close(ends.reading)
    #expect(read == bytes)
    _ = await writing.value
  }
}
