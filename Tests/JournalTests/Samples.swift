import CSQLite
import CivilTime
import Journal
import Rituals

/// Short words for what the tests record.
enum Sample {
  /// 2026-11-27T19:30:00Z.
  static let evening = Instant(seconds: 1_795_807_800)

  static func ritual(_ name: String = "goodbye-kiss") -> RitualID {
    guard let id = RitualID(name) else { fatalError("\(name) is no id") }
    return id
  }

  /// An occurrence some minutes after the evening.
  static func occurrence(_ name: String = "goodbye-kiss", _ minutes: Int64 = 0) -> Occurrence {
    Occurrence(ritual: ritual(name), scheduled: minute(minutes))
  }

  static func name(_ text: String) -> ContentID { ContentID(ritual(text)) }

  static func minute(_ minutes: Int64) -> Instant { evening.advanced(byMicroseconds: minutes * 60_000_000) }

  static func entry(
    _ happening: Happening, of occurrence: Occurrence = occurrence(), minute: Int64 = 0,
    title: String = "Goodbye kiss"
  ) -> Entry {
    Entry(occurrence, title: title, at: Self.minute(minute), happening)
  }

  static func changes(_ happenings: Happening..., of occurrence: Occurrence = occurrence()) -> [Change] {
    happenings.map { .entry(entry($0, of: occurrence)) }
  }

  static let notification = NotificationID(server: "7f3a :1.42", number: 17)
}

extension Snapshot {
  /// The same without the seed, which each journal has of its own.
  var unseeded: Snapshot {
    var other = self
    other.draws.seed = 0
    return other
  }
}

/// A connection of another program, such as the `sqlite3` command.
struct OtherProgram: ~Copyable {
  private let handle: OpaquePointer

  init(_ path: String) {
    var handle: OpaquePointer?
    guard sqlite3_open(path, &handle) == SQLITE_OK, let handle else { fatalError("\(path) cannot be opened") }
    self.handle = handle
  }

  deinit { sqlite3_close_v2(handle) }

  /// The result code.
  @discardableResult
  func execute(_ sql: String) -> Int32 { sqlite3_exec(handle, sql, nil, nil, nil) }

  /// The first column of the first row, as text.
  func text(_ sql: String) -> String? {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK else { return nil }
    defer { sqlite3_finalize(statement) }
    guard sqlite3_step(statement) == SQLITE_ROW, let text = sqlite3_column_text(statement, 0) else {
      return nil
    }
    return String(cString: text)
  }
}
