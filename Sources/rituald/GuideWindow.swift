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

  /// Called with `hasTerminal` when it changes.
  var onTerminal: (Bool) -> Void = { _ in }
  /// False if the last look, or the last try to open a guide, found no terminal.
  private(set) var hasTerminal = true {
    didSet {
      guard hasTerminal != oldValue else { return }
      if !hasTerminal { log.notice("No terminal is found; name yours in the variable TERMINAL") }
      onTerminal(hasTerminal)
    }
  }

  private let log: Logger
  /// Requests without an answer yet, by their sockets.
  private var requests: [Int32: Request] = [:]

  init(log: Logger) { self.log = log }

  /// Looks whether a terminal is there, before anyone presses Begin. One is assumed where that is not known.
  func lookForTerminal() {
    guard let path = Self.path else {
      hasTerminal = GuideProcess.terminal.command(running: [GuideProcess.program]) != nil
      return
    }
    ask(GuideProcess.question, at: path) { [weak self] answer in self?.learn(from: answer) }
  }

  /// Opens a guide. `completion` gets whether there is a window now.
  func open(_ guide: String, completion: @escaping (Bool) -> Void) {
    guard let path = Self.path else { return completion(spawn(guide)) }
    ask(guide, at: path) { [weak self] answer in
      self?.learn(from: answer)
      if answer != GuideProcess.opened { self?.log.notice("A guide's window could not be opened") }
      completion(answer == GuideProcess.opened)
    }
  }

  /// True if no guide is on its way to a window.
  var isQuiet: Bool { requests.isEmpty }

  /// An answer that does not come, or says something else, changes nothing of what is known.
  private func learn(from answer: String?) {
    switch answer {
    case GuideProcess.opened, GuideProcess.hasTerminal: hasTerminal = true
    case GuideProcess.noTerminal: hasTerminal = false
    default: break
    }
  }

  /// The path of the socket of `GuideProcess`; nil where a window is a child of this process.
  private static var path: String? { getenv(variable).map { String(cString: $0) } }

  private func spawn(_ guide: String) -> Bool {
    do throws(SystemCallError) {
      hasTerminal = try GuideProcess.terminal.open(running: [GuideProcess.program, "begin", guide])
      return hasTerminal
    } catch {
      log.failure(.warning, "No terminal can be opened", error)
      return false
    }
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

  /// Sends a word to `GuideProcess`. `completion` gets the answer; nil if none comes.
  private func ask(_ word: String, at path: String, completion: @escaping (String?) -> Void) {
    // The daemon's queue must not wait for another process.
    guard let socket = try? SocketAddress(path: path)?.connect(waits: false) else {
      log.warning("rituald-guide.socket cannot be reached")
      return completion(nil)
    }
    let request = Request(socket)
    let raw = request.socket.raw
    let end = { [weak self] (answer: String?) in
      guard let request = self?.requests.removeValue(forKey: raw) else { return }
      request.end()
      completion(answer)
    }
    var line = word + "\n"
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
