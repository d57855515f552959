/// The words of an event as a reminder shows them.
enum EventWords {
  /// One line of at most so many Unicode scalars, without what a terminal or a notification would obey.
  static func line(_ text: String, upTo limit: Int) -> String {
    var line = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      guard line.count < limit else { break }
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator, .spaceSeparator:
        if line.last != " ", !line.isEmpty { line.append(" ") }
      case .surrogate, .privateUse, .unassigned: continue
      case .format where (0x202a...0x202e).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value):
        continue
      default: line.append(scalar)
      }
    }
    return String(line).trimmingBlanks
  }

  /// The key made of a title: `date-night`. Empty where it has no letters or digits of ASCII.
  static func key(_ title: String) -> String {
    let words = title.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    var key = ""
    for word in words {
      let longer = key.isEmpty ? String(word) : key + "-" + word
      guard longer.utf8.count <= 48 else { break }
      key = longer
    }
    return key.isEmpty ? String((words.first ?? "").prefix(48)) : key
  }

  /// Six letters that go by a text alone (FNV-1a), to tell apart what has one title.
  static func mark(_ text: String) -> String {
    let hash = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    let digits = String(hash % 2_176_782_336, radix: 36)
    return String(repeating: "0", count: 6 - digits.utf8.count) + digits
  }
}
