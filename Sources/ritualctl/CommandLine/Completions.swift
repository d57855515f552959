import ArgumentParser
import Control
import Rituals
import Settings
import Varlink

/// Completions of a word for a shell. The user waits for them at the press of a key, so that a daemon has
/// little time to answer, and no failure is reported. None of them has characters that a shell takes for more
/// than a word.
enum Completions {
  private struct Named: Decodable {
    struct Ritual: Decodable { let id: String }
    let rituals: [Ritual]
  }

  private struct Waiting: Decodable {
    struct Reminder: Decodable { let ritual: String }
    struct State: Decodable { let reminders: [Reminder] }
    let state: State
  }

  /// The ids of all rituals, for a command line of these words.
  static func rituals(_ words: [String]) -> [String] {
    ids(ask("List", words, as: Named.self)?.rituals.map(\.id))
  }

  /// The ids of the rituals that wait for an answer.
  static func waiting(_ words: [String]) -> [String] {
    ids(ask("Status", words, as: Waiting.self)?.state.reminders.map(\.ritual))
  }

  /// The texts that are ids.
  private static func ids(_ texts: [String]?) -> [String] {
    texts?.compactMap { RitualID($0)?.text } ?? []
  }

  /// `local`, and the zones of the system that are in use (tzfile(5), zone.tab).
  static func zones() -> [String] {
    guard let bytes = try? InputFile.bytes("/usr/share/zoneinfo/zone.tab") else { return ["local", "UTC"] }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }
    return ["local", "UTC"]
      + lines.compactMap { $0.split(separator: "\t").dropFirst(2).first.map(String.init) }.filter(isZone)
  }

  /// True if a name has only the characters of zones' names (theory.html of tz, "Timezone identifiers").
  private static func isZone(_ name: String) -> Bool {
    name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "+"),
        UInt8(ascii: "/"):
        true
      default: false
      }
    }
  }

  /// The names of decks, guides or presets: the user's own and those that came with the program.
  static func content(_ kind: Library.Kind) -> [String] { UserFolders.library.ids(of: kind).map(\.text) }

  private static func ask<Reply: Decodable>(
    _ method: String, _ words: [String], as reply: Reply.Type
  ) -> Reply? {
    let socket = words.firstIndex(of: "--socket").flatMap { words.dropFirst($0 + 1).first }
    let client = try? VarlinkClient(path: socket ?? UserFolders.paths.socket)
    return try? client?.call(Method.name(method), as: reply, within: 1)
  }
}

extension CompletionKind {
  /// A ritual of the running daemon.
  static var rituals: CompletionKind { .custom { words, _, _ in Completions.rituals(words) } }

  /// A ritual whose reminder waits for an answer.
  static var waiting: CompletionKind { .custom { words, _, _ in Completions.waiting(words) } }

  static var decks: CompletionKind { .custom { _, _, _ in Completions.content(.decks) } }
  static var guides: CompletionKind { .custom { _, _, _ in Completions.content(.guides) } }
  static var presets: CompletionKind { .custom { _, _, _ in Completions.content(.presets) } }

  /// A file of a calendar.
  static var calendars: CompletionKind { .file(extensions: ["ics"]) }

  /// A time zone.
  static var zones: CompletionKind { .custom { _, _, _ in Completions.zones() } }

  /// An urgency of a ritual.
  static var urgencies: CompletionKind { .list(["low", "normal", "critical"]) }
}
