import Control
import Rituals
import Settings
import Varlink

extension ProblemInfo {
  init(_ problem: Problem) {
    self.init(
      file: problem.file, line: problem.line, column: problem.column, key: problem.key,
      severity: problem.severity.rawValue, text: problem.rendered)
  }
}

extension SettingsError {
  /// The error of `io.ritual.Control` that says the same.
  var onTheWire: any VarlinkError {
    switch self {
    case .exists(let id, let file): RitualExists(ritual: id.text, file: file)
    case .unknown(let id, let suggestion): NoSuchRitual(ritual: id.text, didYouMean: suggestion)
    case .invalid(let problems):
      InvalidValue(
        field: problems.first?.key ?? "", text: problems.first?.what ?? "",
        accepted: problems.first?.accepted ?? "")
    case .notWritable(let path, let reason): NotWritable(path: path, reason: reason)
    case .notRemovable(_, let file, let reason): NotWritable(path: file, reason: reason)
    }
  }
}
