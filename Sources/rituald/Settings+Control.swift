import Control
import Phrases
import Rituals
import Schedules
import Settings
import Varlink

import struct Settings.Problem

extension Control.Problem {
  nonisolated init(_ problem: Problem) {
    self.init(
      file: problem.file, line: problem.line, column: problem.column, key: problem.key,
      severity: .init(rawValue: problem.severity.rawValue), text: problem.rendered, what: problem.sentence)
  }
}

extension SettingsError {
  /// The error of `io.ritual.Control` that says the same.
  var onTheWire: any VarlinkError {
    switch self {
    case .exists(let id, let file): RitualExists(ritual: id.text, file: file)
    case .unknown(let id, let suggestion): NoSuchRitual(ritual: id.text, didYouMean: suggestion)
    case .invalid(let problems): InvalidConfiguration(problems: problems.map { Control.Problem($0) })
    case .notWritable(let path, let reason): NotWritable(path: path, reason: reason)
    case .notRemovable(_, let file, let reason), .notChangeable(_, let file, let reason):
      NotWritable(path: file, reason: reason)
    case .unknownKey(let key, let suggestion):
      NoSuchKey(key: key, didYouMean: suggestion, accepted: RitualChange.keys)
    case .badValue(let key, let text, let accepted): InvalidValue(name: key, text: text, accepted: accepted)
    case .neverComes(let never):
      InvalidSchedule(text: never.text, position: 0, reason: never.sentence, accepted: never.accepted)
    case .unreadable(let problems): UnreadableConfiguration(problems: problems.map { Control.Problem($0) })
    case .outdated(let file): FileChanged(file: file)
    case .beingWritten(let file):
      NotWritable(path: file, reason: "another program is writing it at the moment; try again")
    }
  }
}
