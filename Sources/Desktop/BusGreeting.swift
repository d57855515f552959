import CLinux
import CSystemd
import Descriptors
import Dispatch
import Glibc

/// Says libsystemd's greeting to a bus word by word: each line once the bus has answered the line before it
/// ("Authentication Protocol", D-Bus Specification 0.43). libsystemd itself sends all lines at once, and
/// Flatpak's proxy before 0.1.6 hangs up on that (docs/decisions/0036-a-greeting-word-by-word.md).
///
/// libsystemd gets one end of a pair of sockets; this type reads the greeting at the other end and says it.
/// Then libsystemd gets the answers, and its descriptor becomes the connection to the bus: from then on
/// nothing is between the two.
final class BusGreeting {
  private let handle: OpaquePointer
  private let bus: Descriptor
  /// The other end of libsystemd's socket.
  private let libsystemd: Descriptor
  /// The lines of the greeting. The bus answers each but the last.
  private let words: [ArraySlice<UInt8>]
  private var said = 0
  private var answers: [UInt8] = []
  private var watch: DescriptorWatch?
  private var timer: (any DispatchSourceTimer)?
  private let completion: (BusError?) -> Void

  /// In bytes, of all answers: libsystemd reads so many in one step.
  private static let longest = 256
  private static let lineEnd = UInt8(ascii: "\n")

  /// Starts a connection of libsystemd that has no address.
  /// - Parameters:
  ///   - handle: the connection; it outlives this greeting, and nobody else uses its descriptor until the
  ///     completion.
  ///   - path: the path of the bus's socket.
  ///   - timeout: the time in which the greeting must be over.
  ///   - completion: is called once, later, with the error where the bus cannot be used.
  init(
    of handle: OpaquePointer, at path: String, timeout: Duration, completion: @escaping (BusError?) -> Void
  ) throws(BusError) {
    let operation = "connect to the bus at \(path)"
    let failure = { BusError.failed(SystemCallError(operation, code: $0)) }
    self.handle = handle
    self.completion = completion
    do throws(ErrorNumber) {
      guard let address = SocketAddress(path: path) else { throw ErrorNumber(ENAMETOOLONG) }
      bus = try address.connect(waits: false)
      let (near, far) = try Self.socketPair()
      libsystemd = Descriptor(owning: far)
      try Self.start(handle, on: near)
      words = try Self.lines(from: far)
      watch = try DescriptorWatch(bus.raw, for: .writing) { [weak self] _ in self?.proceed() }
    } catch {
      throw failure(error.code)
    }
    let timer = DispatchSource.makeTimerSource(queue: .main)
    timer.setEventHandler { [weak self] in self?.end(.noReply("the bus did not answer the greeting")) }
    timer.schedule(deadline: .now() + .microseconds(Int(timeout / .microseconds(1))))
    timer.activate()
    self.timer = timer
  }

  isolated deinit {
    timer?.cancel()
    watch?.cancel()
  }

  private static func socketPair() throws(ErrorNumber) -> (Int32, Int32) {
    var ends: [Int32] = [-1, -1]
    let kind = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
    guard socketpair(AF_UNIX, Int32(kind), 0, &ends) == 0 else { throw .last }
    return (ends[0], ends[1])
  }

  /// Has libsystemd take over a socket and write its greeting to it.
  private static func start(_ handle: OpaquePointer, on socket: Int32) throws(ErrorNumber) {
    let taken = sd_bus_set_fd(handle, socket, socket)
    if taken < 0 { close(socket) }
    for result in [taken, sd_bus_set_bus_client(handle, 1), sd_bus_start(handle)] where result < 0 {
      throw ErrorNumber(-result)
    }
  }

  /// The lines that wait at a socket, each with its end.
  private static func lines(from socket: Int32) throws(ErrorNumber) -> [ArraySlice<UInt8>] {
    var bytes = [UInt8](repeating: 0, count: longest)
    let count = uninterrupted { read(socket, &bytes, bytes.count) }
    guard count > 0, bytes[count - 1] == lineEnd else { throw ErrorNumber(count < 0 ? errno : EPROTO) }
    var lines: [ArraySlice<UInt8>] = []
    var rest = bytes[..<count]
    while let end = rest.firstIndex(of: lineEnd) {
      lines.append(rest[...end])
      rest = rest[(end + 1)...]
    }
    return lines
  }

  /// Reads answers, and says the words whose turn it is.
  private func proceed() {
    do throws(ErrorNumber) {
      if said > 0 { try hear() }
      watch?.interest = .reading
      while said < words.count, answers.count(where: { $0 == Self.lineEnd }) >= said { try say(words[said]) }
      guard said == words.count else { return }
      try handOver()
    } catch {
      let isGone = [ECONNRESET, EPIPE].contains(error.code)
      return end(isGone ? .disconnected : .failed(SystemCallError("greet the bus", code: error.code)))
    }
    end(nil)
  }

  private func hear() throws(ErrorNumber) {
    var buffer = [UInt8](repeating: 0, count: Self.longest)
    let count = uninterrupted { read(bus.raw, &buffer, buffer.count) }
    if count < 0, errno == EAGAIN { return }
    guard count >= 0 else { throw .last }
    guard count > 0 else { throw ErrorNumber(ECONNRESET) }
    answers += buffer[..<count]
    guard answers.count <= Self.longest else { throw ErrorNumber(EPROTO) }
  }

  private func say(_ word: ArraySlice<UInt8>) throws(ErrorNumber) {
    let bytes = Array(word)
    let count = uninterrupted { ritual_send(bus.raw, bytes, bytes.count, nil, 0) }
    guard count >= 0 else { throw .last }
    // A new connection has room for a few lines.
    guard count == bytes.count else { throw ErrorNumber(ENOBUFS) }
    said += 1
  }

  /// Gives libsystemd the answers, and the connection.
  private func handOver() throws(ErrorNumber) {
    guard ritual_send(libsystemd.raw, answers, answers.count, nil, 0) == answers.count else { throw .last }
    // One step is one operation (sd_bus_process(3)): libsystemd reads the answers, and sends nothing yet.
    let result = sd_bus_process(handle, nil)
    guard result >= 0 else { throw ErrorNumber(-result) }
    guard ritual_replace(bus.raw, sd_bus_get_fd(handle)) >= 0 else { throw .last }
  }

  private func end(_ error: BusError?) {
    timer?.cancel()
    watch?.cancel()
    completion(error)
  }
}
