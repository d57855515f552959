import CivilTime
import Escaping
import Phrases

/// A change of one key of a ritual.
package struct RitualChange: Sendable, Hashable {
  /// A key of `[ritual.ID]`, or one of the two in its nudge, `nudge.every` and `nudge.times`.
  package let key: String
  /// The values in the user's words. Several are a list; none removes the key, so that the default applies.
  package let values: [String]

  package init(key: String, values: [String]) {
    self.key = key
    self.values = values
  }

  /// All keys that can be changed, in the order of the manual.
  package static let keys = KnownKeys.ritual.known.flatMap { key in
    key == "nudge" ? [key] + KnownKeys.nudge.known.map { "nudge.\($0)" } : [key]
  }

  /// One edit of the file: a path of keys below the ritual, and a TOML value; nil removes the key.
  struct Edit {
    let path: [String]
    let toml: String?
  }

  /// The change as edits of the file.
  func edits() throws(SettingsError) -> [Edit] {
    let path = key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard Self.keys.contains(key) else {
      throw .unknownKey(key: key, suggestion: nearest(key, among: Self.keys))
    }
    guard !values.isEmpty else { return [Edit(path: path, toml: nil)] }
    switch key {
    case "schedule": return scheduleEdits
    case "snooze": return [Edit(path: path, toml: Self.list(parts(of: values).map(Escaped.tomlString)))]
    case "except", "also":
      let dates = try parts(of: values).map { text throws(SettingsError) in try date(text) }
      return [Edit(path: path, toml: Self.list(dates))]
    case "start": return [Edit(path: path, toml: try date(try single()))]
    case "enabled", "private": return [Edit(path: path, toml: try flag(try single()))]
    case "nudge": return try nudgeEdits(try single())
    case "nudge.times":
      // A text that is no number is reported like a mistake in the file.
      let text = try single()
      return [
        Edit(
          path: path, toml: Digits.number(text, in: -9999...9999).map(String.init) ?? Escaped.tomlString(text)
        )
      ]
    default: return [Edit(path: path, toml: Escaped.tomlString(try single()))]
    }
  }

  private func single() throws(SettingsError) -> String {
    guard let value = values.first, values.count == 1 else {
      throw .badValue(key: key, text: values.joined(separator: ", "), accepted: "one value")
    }
    return value
  }

  /// A rule with a local start is written as two keys, as users write it.
  private var scheduleEdits: [Edit] {
    if let (rule, start) = TomlText.ruleAndStart(values) {
      return [
        Edit(path: ["schedule"], toml: Escaped.tomlString(rule)), Edit(path: ["start"], toml: start),
      ]
    }
    return [Edit(path: ["schedule"], toml: Self.list(values.map(Escaped.tomlString)))]
  }

  private static func list(_ values: [String]) -> String {
    values.count == 1 ? values[0] : "[\(values.joined(separator: ", "))]"
  }

  /// Splits at commas, for lists whose elements contain none.
  private func parts(of values: [String]) -> [String] {
    values.flatMap { $0.split(separator: ",").map { String($0.trimmingBlanks) } }.filter { !$0.isEmpty }
  }

  /// A date, or a date with a time, as TOML writes it.
  private func date(_ text: String) throws(SettingsError) -> String {
    let text = String(text[...].trimmingBlanks)
    // TOML 1.0 requires seconds, people leave them out.
    for candidate in [text, text + ":00"] where TomlValue(dateIn: candidate) != nil { return candidate }
    throw .badValue(
      key: key, text: text, accepted: "a date such as 2026-12-25, or a time such as 2026-12-25T19:30")
  }

  private func flag(_ text: String) throws(SettingsError) -> String {
    switch text.lowercased() {
    case "true", "yes", "on": return "true"
    case "false", "no", "off": return "false"
    default: throw .badValue(key: key, text: text, accepted: "yes or no")
    }
  }

  /// Reads `off`, `2`, `2 x 15m` or `2 times every 15m`.
  private func nudgeEdits(_ text: String) throws(SettingsError) -> [Edit] {
    let words = text.lowercased()
    let digits = words.prefix { $0.isASCII && $0.isNumber }
    var rest = words.dropFirst(digits.count).trimmingBlanks
    for word in ["times", "time", "x", "×", "every"] where rest.hasPrefix(word) {
      rest = rest.dropFirst(word.count).trimmingBlanks
    }
    if ["off", "never", "no"].contains(words) { return [Edit(path: ["nudge", "times"], toml: "0")] }
    guard let times = Digits.number(digits, in: 0...9999) else {
      throw .badValue(
        key: key, text: text,
        accepted: "how often and how far apart, such as 2 or \"2 times every 15m\", or off")
    }
    let count = [Edit(path: ["nudge", "times"], toml: "\(times)")]
    return rest.isEmpty
      ? count : [Edit(path: ["nudge", "every"], toml: Escaped.tomlString(String(rest)))] + count
  }
}

extension Substring {
  fileprivate var trimmingBlanks: Substring {
    var text = drop { $0.isWhitespace }
    while text.last?.isWhitespace ?? false { text.removeLast() }
    return text
  }
}
