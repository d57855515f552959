import Control
import DesktopRig
import FoundationEssentials
import Glibc
import Varlink

/// A fake daemon, which replies what a test wants, and the real `ritualctl` to talk to it.
@MainActor
final class FakeDaemon {
  let folder: TemporaryFolder
  let service: VarlinkService

  init(version: String = ritualVersion) throws {
    folder = try TemporaryFolder()
    service = VarlinkService(.init(vendor: "v", product: "p", version: version, url: "u"))
    service.add(try InterfaceDescription(parsing: controlInterface))
    try service.listen(on: ListeningSocket(at: folder.path("control.sock")))
  }

  /// Sets the reply to a method, as JSON.
  func answer(_ method: String, _ json: String) throws {
    let value = try JSONDecoder().decode(JSONValue.self, from: Data(json.utf8))
    service.handle(Control.Method.name(method), as: JSONValue.self) { _, call in try call.reply(value) }
  }

  /// Sets the reply to a method.
  func answer(_ method: String, with reply: some Codable & Sendable) {
    service.handle(Control.Method.name(method), as: JSONValue.self) { _, call in try call.reply(reply) }
  }

  var environment: [String: String] {
    ["HOME": folder.path, "TERM": "xterm", "LANG": "C.UTF-8", "PATH": searchPath]
  }

  func ctl(_ arguments: [String]) async throws -> Output {
    try await ChildProcess.run(
      built("ritualctl"), arguments + ["--socket", folder.path("control.sock")], environment: environment)
  }

  func ctl(_ arguments: String...) async throws -> Output { try await ctl(arguments) }

  /// The screen of a terminal of a size after a command, with the escapes for colours where they are asked
  /// for.
  func seen(
    _ arguments: String, columns: Int, colored: Bool = false, environment more: [String: String] = [:]
  ) async throws -> String {
    let terminal = try Tmux(
      "\(built("ritualctl")) \(arguments) --socket \(folder.path("control.sock"))", in: folder,
      columns: columns, environment: environment.merging(more) { $1 })
    let screen = try await terminal.ending(colored: colored)
    let lines = screen.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.prefix { !$0.hasPrefix("[status ") }.joined(separator: "\n")
  }

  /// A moment far ahead, in Berlin, in winter: its day and clock do not depend on the present.
  static func moment(_ at: String) throws -> Moment {
    let seconds = Self.seconds(at)
    return try JSONDecoder().decode(
      Moment.self, from: Data("{\"at\":\"\(at):00+01:00\",\"unix\":\(seconds)}".utf8))
  }

  /// The moment so many seconds from now, in UTC.
  static func moment(in seconds: Int) throws -> Moment {
    var time = Glibc.time(nil) + seconds
    var civil = tm()
    gmtime_r(&time, &civil)
    var text = [CChar](repeating: 0, count: 32)
    strftime(&text, text.count, "%Y-%m-%dT%H:%M:%S+00:00", &civil)
    let at = String(decoding: text.prefix { $0 != 0 }.map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
    return try JSONDecoder().decode(Moment.self, from: Data("{\"at\":\"\(at)\",\"unix\":\(time)}".utf8))
  }

  private static func seconds(_ at: String) -> Int {
    let parts = at.split { "-T:".contains($0) }.compactMap { Int32($0) }
    var civil = tm()
    (civil.tm_year, civil.tm_mon, civil.tm_mday) = (parts[0] - 1900, parts[1] - 1, parts[2])
    (civil.tm_hour, civil.tm_min) = (parts[3], parts[4])
    return timegm(&civil) - 3600
  }
}
