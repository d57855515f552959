import BusFilter
import Descriptors
import Desktop
import Dispatch
import Glibc
import Logging

/// Opens a guide in the user's terminal: in a service by `rituald-guide.socket`, because the sandbox would hold the terminal
/// too; else as a child.
final class GuideWindow {
  /// The socket of `GuideOpener`, which the unit sets.
  private static let variable = "RITUALD_GUIDE_SOCKET"
  private static let patience = DispatchTimeInterval.seconds(10)

  private let log: Logger
  /// The requests that wait for an answer.
  private var requests: [Int32: (watch: DescriptorWatch, timer: any DispatchSourceTimer)] = [:]

  init(log: Logger) { self.log = log }

  /// Opens it. Where no window could be opened, `otherwise` gets what to tell the user to type.
  func open(_ guide: String, otherwise: @escaping (String) -> Void) {
    let command = "ritualctl begin \(guide)"
    guard let path = getenv(Self.variable).map({ String(cString: $0) }) else {
      if !spawn(guide) { otherwise(command) }
      return
    }
    // The daemon's queue never waits for whoever serves that socket.
    guard let socket = LocalSocket(path: path).connect(waits: false) else {
      log.warning("rituald-guide.socket cannot be reached")
      return otherwise(command)
    }
    ask(guide, on: socket) { [log] answer in
      guard answer != GuideOpener.opened else { return }
      log.notice(answer == GuideOpener.noTerminal ? Self.noTerminal : "A guide's window could not be opened")
      otherwise(command)
    }
  }

  private static let noTerminal: Logger.Message =
    "No terminal is known: neither xdg-terminal-exec nor TERMINAL"

  private func spawn(_ guide: String) -> Bool {
    let window = TerminalWindow(environment: { getenv($0).map { String(cString: $0) } })
    do throws(SystemCallError) {
      if try window.open(running: [GuideOpener.program, "begin", guide]) { return true }
      log.notice(Self.noTerminal)
    } catch {
      log.failure(.warning, "No terminal can be opened", error)
    }
    return false
  }

  /// Sends the guide's id on a connection, which it takes over, and waits for the line that answers; nil where none comes.
  private func ask(_ guide: String, on socket: Int32, completion: @escaping (String?) -> Void) {
    let end = { [weak self] (answer: String?) in
      guard let request = self?.requests.removeValue(forKey: socket) else { return }
      request.watch.cancel()
      request.timer.cancel()
      close(socket)
      completion(answer)
    }
    var line = guide + "\n"
    // A connection that is new has room for it.
    let sent = line.withUTF8 { send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    let watch = try? DescriptorWatch(socket, for: .reading) { _ in
      var buffer = [UInt8](repeating: 0, count: 64)
      let count = read(socket, &buffer, buffer.count)
      if count < 0, errno == EAGAIN { return }
      end(count > 1 ? String(decoding: buffer[..<(count - 1)], as: UTF8.self) : nil)
    }
    guard sent == line.utf8.count, let watch else {
      watch?.cancel()
      close(socket)
      return completion(nil)
    }
    let timer = DispatchSource.makeTimerSource(queue: .main)
    timer.schedule(deadline: .now() + Self.patience)
    timer.setEventHandler { end(nil) }
    timer.activate()
    requests[socket] = (watch, timer)
  }
}
