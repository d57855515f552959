package import Rituals
package import Schedules

/// Why a configuration was not changed.
package enum SettingsError: Error, Sendable, Hashable, CustomStringConvertible {
  /// A ritual of this id stands in the file already.
  case exists(id: RitualID, file: String)
  /// No file has a ritual of this id; `suggestion` is one that was probably meant.
  case unknown(id: RitualID, suggestion: String?)
  /// What would be written, or the file that has to be changed, is not good.
  case invalid([Problem])
  /// The file system refused; `reason` is its word for it.
  case notWritable(path: String, reason: String)
  /// The ritual is written in a way that cannot be cut out of the text safely.
  case notRemovable(id: RitualID, file: String, reason: String)

  /// The ritual is written in a way that cannot be changed in the text safely.
  case notChangeable(id: RitualID, file: String, reason: String)
  /// No ritual has a key of this name; `suggestion` is one that was probably meant.
  case unknownKey(key: String, suggestion: String?)
  /// A key cannot have this value, whatever else there is.
  case badValue(key: String, text: String, accepted: String)
  /// What a schedule says is over, or has never been.
  case neverComes(NeverComing)
  /// Where the ritual would stand cannot be read: each file that is not TOML, or not there to be read.
  case unreadable([Problem])
  /// The file is not what it was when the change began.
  case outdated(file: String)
  /// Another program is writing the file at the moment: what is in it may be half a text. A moment later it
  /// can be changed.
  case beingWritten(file: String)

  package var description: String {
    switch self {
    case .exists(let id, let file): "there is a ritual \"\(id)\" in \(file) already"
    case .unknown(let id, let suggestion):
      "there is no ritual \"\(id)\"" + (suggestion.map { "; did you mean \"\($0)\"?" } ?? "")
    case .invalid(let problems): problems.map(\.rendered).joined(separator: "\n")
    case .notWritable(let path, let reason): "cannot write \(path): \(reason)"
    case .notRemovable(let id, let file, let reason): "cannot remove \"\(id)\" from \(file): \(reason)"
    case .notChangeable(let id, let file, let reason): "cannot change \"\(id)\" in \(file): \(reason)"
    case .unknownKey(let key, let suggestion):
      "there is no key \(quoted(key))" + (suggestion.map { "; did you mean \"\($0)\"?" } ?? "")
    case .badValue(let key, let text, let accepted):
      "\(key): \(quoted(text)) is not understood; accepted: \(accepted)"
    case .neverComes(let never): "\(never.sentence); accepted: \(never.accepted)"
    case .unreadable(let problems): problems.map(\.rendered).joined(separator: "\n")
    case .outdated(let file): "\(file) was changed in the meantime"
    case .beingWritten(let file): "cannot change \(file): another program is writing it; try again"
    }
  }
}
