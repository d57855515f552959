/// The keys that this version of the configuration knows.
enum KnownKeys {
  /// The keys of one table.
  struct Table {
    let known: [String]
    /// The accepted words if they are tables, in brackets; nil if they are keys.
    var tables: String?
  }

  static let root = Table(
    known: ["defaults", "quiet", "discreet", "journal", "calendar", "ritual"],
    tables: "[defaults], [quiet], [discreet], [journal], [calendar.NAME], [ritual.ID]")
  static let defaults = Table(known: ["timezone", "missed", "snooze", "nudge"])
  static let quiet = Table(known: ["hours", "when"])
  static let discreet = Table(known: ["when"])
  static let journal = Table(known: ["keep"])
  static let calendar = Table(
    known: ["vdir", "categories", "lead", "quiet", "publish", "words"])
  static let nudge = Table(known: ["every", "times"])
  static let ritual = Table(
    known: [
      "title", "message", "schedule", "start", "except", "also", "timezone", "urgency", "missed", "snooze",
      "nudge", "lead", "quiet", "private", "enabled", "deck", "guide",
      "reply", "takes",
    ])

  private static let head = ["title", "about", "strategy", "source", "language"]
  static let deck = Table(known: head + ["extends", "without", "prompts"])
  static let prompt = Table(known: ["text", "depth", "tags"])
  static let guide = Table(known: head + ["minutes", "step"])
  static let step = Table(
    known: ["title", "text", "speaker", "timer", "deck", "count", "depth", "tags", "note"])
  static let preset = Table(known: head + ["ritual"])

  /// A key's path as TOML writes it: `ritual."Bad id".title`.
  static func path(_ keys: [String]) -> String {
    keys.map { isBare($0) ? $0 : quoted($0) }.joined(separator: ".")
  }

  /// True if a key needs no quotes (TOML 1.0, "Keys").
  static func isBare(_ key: String) -> Bool {
    !key.isEmpty
      && key.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }
}
