import Descriptors
import DesktopRig
import Dispatch
import Glibc
import Testing

/// Two connected sockets, non-blocking.
private final class Pair {
  let near: Int32
  private(set) var far: Int32

  init() throws {
    var ends: [Int32] = [-1, -1]
    try #require(
      socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0, &ends) == 0)
    (near, far) = (ends[0], ends[1])
  }

  isolated deinit {
    close(near)
    hangUp()
  }

  func say() { _ = write(far, "x", 1) }
  func hear() -> Bool {
    var byte: UInt8 = 0
    return read(near, &byte, 1) == 1
  }
  func hangUp() {
    if far >= 0 { close(far) }
    far = -1
  }
}

/// Waits for a turn of the main queue, in which the handlers of all that was ready were called.
private func turn() async throws {
  let pair = try Pair()
  let told = Mailbox<Void>("a turn")
  let watch = try DescriptorWatch(pair.near, for: .reading) { _ in if pair.hear() { told.put(()) } }
  pair.say()
  try await told.next()
  watch.cancel()
}

@Suite("Watches of descriptors")
struct DescriptorWatchTests {
  @Test("A handler is called until the bytes are taken, and again when more come")
  func levels() async throws {
    let pair = try Pair()
    let told = Mailbox<Bool>("what is read")
    var count = 0
    let watch = try DescriptorWatch(pair.near, for: .reading) { ready in
      count += 1
      // The byte is left there twice.
      if ready == .reading, count.isMultiple(of: 3) { told.put(pair.hear()) }
    }
    for round in 1...3 {
      pair.say()
      #expect(try await told.next())
      #expect(count == 3 * round)
    }
    watch.cancel()
    pair.say()
    try await turn()
    #expect(count == 9)
  }

  @Test(
    "A watch that another handler ends is not called, also where another descriptor has its number by then")
  func endedInTheSameTurn() async throws {
    var pairs = try (0..<20).map { _ in try Pair() }
    var watches: [DescriptorWatch] = []
    var called = 0
    let told = Mailbox<Void>("the first of them")
    for pair in pairs {
      watches.append(
        try DescriptorWatch(pair.near, for: .reading) { _ in
          called += 1
          guard called == 1 else { return }
          // All of them are ready. Their numbers go to other descriptors, which are not.
          for watch in watches { watch.cancel() }
          let freed = pairs
          pairs = []
          withExtendedLifetime(freed) {}
          told.put(())
        })
    }
    for pair in pairs { pair.say() }
    try await told.next()
    let others = try (0..<20).map { _ in try Pair() }
    let later = try others.map { pair in
      try DescriptorWatch(pair.near, for: .reading) { _ in called += 100 }
    }
    try await turn()
    #expect(called == 1)
    for watch in later { watch.cancel() }
  }

  @Test(
    "Without an interest, a peer that is gone does not keep the queue busy; with one again, the handler is called"
  )
  func quietWhenNothingIsAsked() async throws {
    let pair = try Pair()
    var called = 0
    let told = Mailbox<DescriptorWatch.Readiness>("the end")
    let watch = try DescriptorWatch(pair.near, for: []) { ready in
      called += 1
      told.put(ready)
    }
    pair.hangUp()
    for _ in 0..<5 { try await turn() }
    #expect(called == 0)
    watch.interest = [.reading, .writing]
    #expect(try await told.next() == [.reading, .writing])
    watch.cancel()
  }

  @Test("A handler is called for room to write only where it asked for that")
  func writing() async throws {
    let pair = try Pair()
    let told = Mailbox<DescriptorWatch.Readiness>("room")
    var watch: DescriptorWatch?
    watch = try DescriptorWatch(pair.near, for: .reading) { ready in
      watch?.interest = .reading
      told.put(ready)
    }
    try await turn()
    #expect(told.unread.isEmpty)
    watch?.interest.insert(.writing)
    #expect(try await told.next() == .writing)
    try await turn()
    #expect(told.unread.isEmpty)
    watch?.cancel()
  }

  @Test("More ready descriptors than one look takes all have their turn")
  func many() async throws {
    let pairs = try (0..<200).map { _ in try Pair() }
    var heard: Set<Int> = []
    let all = Mailbox<Void>("all of them")
    let watches = try pairs.enumerated().map { number, pair in
      try DescriptorWatch(pair.near, for: .reading) { _ in
        _ = pair.hear()
        heard.insert(number)
        if heard.count == 200 { all.put(()) }
      }
    }
    for pair in pairs { pair.say() }
    try await all.next()
    for watch in watches { watch.cancel() }
  }

  @Test("A descriptor that cannot be watched is refused with the error number")
  func refused() throws {
    let file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC)
    defer { close(file) }
    #expect(throws: ErrorNumber(EPERM)) { _ = try DescriptorWatch(file, for: .reading) { _ in } }
    #expect(throws: ErrorNumber(EBADF)) { _ = try DescriptorWatch(-1, for: .reading) { _ in } }
  }

  @Test(
    "A handler hears of each change of a kernel's file once, and at most once at the beginning",
    .enabled("namespaces cannot be made") { try await Namespaces.arePossible })
  func changes() async throws {
    // The mounts of this process change whenever anything on the machine mounts; those of the child change
    // when it mounts.
    let output = try LineReader("what the child says")
    var input: [Int32] = [-1, -1]
    try #require(pipe(&input) == 0)
    for end in input { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(input[1]) }
    let child = try ChildProcess(
      "unshare",
      Namespaces.options + ["sh", "-c", "echo ready; read go; mount -t tmpfs none /mnt; echo $?; read end"],
      environment: ["PATH": searchPath], input: input[0], output: output.writing)
    output.closeWritingEnd()
    close(input[0])
    #expect(try await output.next() == "ready")
    let file = open("/proc/\(child.pid)/mountinfo", O_RDONLY | O_CLOEXEC)
    defer { close(file) }
    var called = 0
    let told = Mailbox<DescriptorWatch.Readiness>("a change")
    let watch = try DescriptorWatch(file, for: .changes) { ready in
      called += 1
      told.put(ready)
    }
    for _ in 0..<5 { try await turn() }
    let before = called
    #expect(before <= 1)
    _ = write(input[1], "go\n", 3)
    #expect(try await output.next() == "0")
    while called == before { #expect(try await told.next() == .changes) }
    for _ in 0..<5 { try await turn() }
    #expect(called == before + 1)
    watch.cancel()
  }
}
