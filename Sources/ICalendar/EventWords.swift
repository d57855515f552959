import CivilTime
import Escaping

/// The words of an event as a reminder shows them.
enum EventWords {
  /// The text as one line of at most `limit` Unicode scalars, without characters that control a terminal or a
  /// notification server.
  static func line(_ text: String, upTo limit: Int) -> String {
    var line = String.UnicodeScalarView()
    var count = 0
    var isAfterBlank = true
    for scalar in text.unicodeScalars {
      guard count < limit else { break }
      switch use(of: scalar) {
      case .leaveOut: continue
      case .blank where isAfterBlank: continue
      case .blank: line.append(" ")
      case .keep: line.append(scalar)
      }
      isAfterBlank = line.last == " "
      count += 1
    }
    return String(line).trimmingBlanks
  }

  private enum Use { case keep, blank, leaveOut }

  private static func use(of scalar: Unicode.Scalar) -> Use {
    // Most scalars need no look at Unicode's tables.
    if scalar.value < 0x80 { return scalar.value > 0x20 && scalar.value < 0x7f ? .keep : .blank }
    switch scalar.danger {
    case .control, .lineEnd: return .blank
    case .direction, .invisible, .noncharacter: return .leaveOut
    case nil: break
    }
    switch scalar.properties.generalCategory {
    case .spaceSeparator: return .blank
    // The user's fonts lack the icons of another machine.
    case .privateUse, .unassigned: return .leaveOut
    default: return .keep
    }
  }

  /// Six characters derived from a text (FNV-1a), to distinguish events of the same title.
  static func mark(_ text: String) -> String {
    let hash = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return Digits.padded(Int(hash % 2_176_782_336), to: 6, radix: 36)
  }
}
