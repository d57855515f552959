import Descriptors
import Desktop
import Dispatch
import Glibc
import Logging

/// Opens a guide in the user's terminal: as a service through `rituald-guide.socket`, because a child would
/// be in the daemon's sandbox; else as a child.
final class GuideWindow {
  /// The variable with the path of the socket of `GuideProcess`; the unit sets it.
  private static let variable = "RITUALD_GUIDE_SOCKET"
  private static let patience = DispatchTimeInterval.seconds(10)

  private let log: Logger
  /// Requests without an answer yet, by their sockets.
  private var requests: [Int32: Request] = [:]

  init(log: Logger) { self.log = log }

  /// Opens a guide. If no window can be opened, `otherwise` gets the command for the user to type.
  func open(_ guide: String, otherwise: @escaping (String) -> Void) {
    let command = "ritualctl begin \(guide)"
    guard let path = getenv(Self.variable).map({ String(cString: $0) }) else {
      if !spawn(guide) { otherwise(command) }
      return
    }
    // The daemon's queue must not wait for another process.
    guard let socket = try? SocketAddress(path: path)?.connect(waits: false) else {
      log.warning("rituald-guide.socket cannot be reached")
      return otherwise(command)
    }
    ask(guide, on: socket) { [log] answer in
      guard answer != GuideProcess.opened else { return }
      log.notice(answer == GuideProcess.noTerminal ? Self.noTerminal : "A guide's window could not be opened")
      otherwise(command)
    }
  }

  private static let noTerminal: Logger.Message =
    "No terminal is found; name yours in the variable TERMINAL"

  private func spawn(_ guide: String) -> Bool {
    let window = TerminalWindow(environment: { getenv($0).map { String(cString: $0) } })
    do throws(SystemCallError) {
      if try window.open(running: [GuideProcess.program, "begin", guide]) { return true }
      log.notice(Self.noTerminal)
    } catch {
      log.failure(.warning, "No terminal can be opened", error)
    }
    return false
  }

  /// A connection that waits for the answer.
  private final class Request {
    let socket: Descriptor
    var watch: DescriptorWatch?
    let timer = DispatchSource.makeTimerSource(queue: .main)

    init(_ socket: consuming Descriptor) { self.socket = socket }

    func end() {
      watch?.cancel()
      timer.cancel()
    }
  }

  /// Sends the guide's id on a connection. `completion` gets the answer; nil if none comes.
  private func ask(
    _ guide: String, on socket: consuming Descriptor, completion: @escaping (String?) -> Void
  ) {
    let request = Request(socket)
    let raw = request.socket.raw
    let end = { [weak self] (answer: String?) in
      guard let request = self?.requests.removeValue(forKey: raw) else { return }
      request.end()
      completion(answer)
    }
    var line = guide + "\n"
    // A new connection has room for a line.
    let sent = line.withUTF8 { send(raw, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    request.watch = try? DescriptorWatch(raw, for: .reading) { _ in
      var buffer = [UInt8](repeating: 0, count: 64)
      let count = uninterrupted { read(raw, &buffer, buffer.count) }
      if count < 0, errno == EAGAIN { return }
      end(count > 1 ? String(decoding: buffer[..<(count - 1)], as: UTF8.self) : nil)
    }
    request.timer.setEventHandler { end(nil) }
    request.timer.activate()
    guard sent == line.utf8.count, request.watch != nil else {
      request.end()
      return completion(nil)
    }
    request.timer.schedule(deadline: .now() + Self.patience)
    requests[raw] = request
  }
}
