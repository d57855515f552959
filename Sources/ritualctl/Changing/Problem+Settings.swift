import Control
import Settings

import struct Settings.Problem

extension Control.Problem {
  /// A mistake that was found here, as the daemon would tell it.
  init(_ problem: Problem) {
    self.init(
      file: problem.file, line: problem.line, column: problem.column, key: problem.key,
      severity: .init(rawValue: problem.severity.rawValue), text: problem.rendered, what: problem.sentence)
  }
}
