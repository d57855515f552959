package import Phrases
package import Rituals

/// The reason why a configuration was not changed.
package enum SettingsError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file has a ritual of this id already.
  case exists(id: RitualID, file: String)
  /// No file has a ritual of this id; `suggestion` is one that was probably meant.
  case unknown(id: RitualID, suggestion: String?)
  /// The text to write, or the file to change, has mistakes.
  case invalid([Problem])
  /// The file system refused; `reason` is its explanation.
  case notWritable(path: String, reason: String)
  /// The ritual's form does not allow to cut it out of the text safely.
  case notRemovable(id: RitualID, file: String, reason: String)

  /// The ritual's form does not allow to change it in the text safely.
  case notChangeable(id: RitualID, file: String, reason: String)
  /// Rituals have no key of this name; `suggestion` is one that was probably meant.
  case unknownKey(key: String, suggestion: String?)
  /// The key cannot have this value, in any configuration.
  case badValue(key: String, text: String, accepted: String)
  /// All occurrences of the schedule are over, or there are none.
  case neverComes(NoOccurrence)
  /// The ritual's file cannot be read: each file that is not TOML, or not readable.
  case unreadable([Problem])
  /// The file has changed since the user began to edit it.
  case outdated(file: String)
  /// Another program is writing the file, so its text may be incomplete. The change can be repeated a moment
  /// later.
  case beingWritten(file: String)

  package var description: String {
    switch self {
    case .exists(let id, let file): "\(file) has a ritual \"\(id)\" already"
    case .unknown(let id, let suggestion):
      "there is no ritual \"\(id)\"" + (suggestion.map { "; did you mean \"\($0)\"?" } ?? "")
    case .invalid(let problems): problems.map(\.rendered).joined(separator: "\n")
    case .notWritable(let path, let reason): "cannot write \(path): \(reason)"
    case .notRemovable(let id, let file, let reason): "cannot remove \"\(id)\" from \(file): \(reason)"
    case .notChangeable(let id, let file, let reason): "cannot change \"\(id)\" in \(file): \(reason)"
    case .unknownKey(let key, let suggestion):
      "there is no key \(quoted(key))" + (suggestion.map { "; did you mean \"\($0)\"?" } ?? "")
    case .badValue(let key, let text, let accepted):
      "\(key): invalid value \(quoted(text)); accepted: \(accepted)"
    case .neverComes(let never): "\(never.sentence); accepted: \(never.accepted)"
    case .unreadable(let problems): problems.map(\.rendered).joined(separator: "\n")
    case .outdated(let file): "\(file) was changed in the meantime"
    case .beingWritten(let file): "cannot change \(file): another program is writing it; try again"
    }
  }
}
