import DesktopRig

/// All messages on a bus, as dbus-monitor(1) prints them.
final class BusMonitor {
  struct Message {
    /// The first line: kind, sender, destination, path, interface and member.
    let head: String
    var body: [String] = []

    /// A field of the head, such as `sender` or `member`.
    func field(_ name: String) -> String {
      guard let range = head.firstRange(of: "\(name)=") else { return "" }
      return String(head[range.upperBound...].prefix { !" ;".contains($0) })
    }

    var text: String { ([head] + body).joined(separator: "\n") }
  }

  private let process: ChildProcess
  private let lines: LineReader

  /// Returns when it listens.
  init(on bus: PrivateBus) async throws {
    lines = try LineReader("dbus-monitor")
    process = try ChildProcess(
      find("dbus-monitor", package: "dbus-bin"), ["--address", bus.address],
      environment: ["PATH": searchPath, "LANG": "C.UTF-8"], output: lines.writing)
    lines.closeWritingEnd()
    // The bus gives it a name and takes it away again, since it is a monitor.
    _ = try await lines.next { $0.contains("member=NameLost") }
  }

  /// The messages so far, up to the one with this text.
  func messages(upTo text: String) async throws -> [Message] {
    if !lines.all.contains(where: { $0.contains(text) }) { _ = try await lines.next { $0.contains(text) } }
    return messages
  }

  /// The messages so far.
  var messages: [Message] {
    var messages: [Message] = []
    for line in lines.all {
      let isHead = ["method call time=", "method return time=", "signal time=", "error time="].contains {
        line.hasPrefix($0)
      }
      if isHead {
        messages.append(Message(head: line))
      } else if !messages.isEmpty {
        messages[messages.count - 1].body.append(line)
      }
    }
    return messages
  }
}
