extension RitualID {
  /// The longest id that is made from a title: each list has it beside the title.
  package static let madeLength = 32

  /// The key of a title: `date-night`, up to this many letters, cut between words. Latin letters lose their
  /// diacritics, in the same way for all languages: `Küssen` gives `kussen`. Empty if the title has no Latin
  /// letter and no digit.
  package static func key(of title: String, upTo length: Int = madeLength) -> String {
    var words = Words(limit: length)
    for scalar in title.unicodeScalars {
      if scalar.isASCII {
        words.add(UInt8(ascii: scalar))
      } else if !(0x300..<0x370 ~= scalar.value) {
        // These scalars are marks on the letter before them (Unicode, "Combining Diacritical Marks").
        words.add(foreign: scalar)
      }
    }
    return words.key
  }
}

/// Collects the words of a key.
private struct Words {
  let limit: Int
  private var done: [UInt8] = []
  private var word: [UInt8] = []
  private var isFull = false

  init(limit: Int) { self.limit = limit }

  var key: String {
    var ended = self
    ended.endWord()
    return String(decoding: ended.done, as: UTF8.self)
  }

  /// Adds a letter or digit to the word; any other byte ends the word.
  mutating func add(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): word.append(byte)
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): word.append(byte | 0x20)
    default: endWord()
    }
  }

  mutating func add(foreign scalar: Unicode.Scalar) {
    // One capital may become two scalars: the small `İ` is `i` and a combining dot.
    for small in scalar.properties.lowercaseMapping.unicodeScalars where !(0x300..<0x370 ~= small.value) {
      if small.isASCII {
        add(UInt8(ascii: small))
      } else if let letters = Latin.letters[small] {
        word += letters.utf8
      } else {
        endWord()
      }
    }
  }

  private mutating func endWord() {
    defer { word = [] }
    guard !word.isEmpty, !isFull else { return }
    guard !done.isEmpty else { return done = Array(word.prefix(limit)) }
    isFull = done.count + 1 + word.count > limit
    if !isFull { done += [UInt8(ascii: "-")] + word }
  }
}

/// The small Latin letters of Unicode's blocks up to Latin Extended-B, and of Latin Extended Additional, that
/// are ASCII letters with a diacritic, or are commonly written with such letters.
private enum Latin {
  static let letters: [Unicode.Scalar: String] = {
    var letters: [Unicode.Scalar: String] = [:]
    for (plain, forms) in rows {
      for form in forms.unicodeScalars { letters[form] = plain }
    }
    return letters
  }()

  private static let rows = [
    ("a", "àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ"),
    ("ae", "æǣǽ"),
    ("b", "ḃḅḇ"),
    ("c", "çćĉċčḉ"),
    ("d", "ðďđḋḍḏḑḓ"),
    ("dz", "ǳ"),
    ("e", "èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ"),
    ("f", "ḟ"),
    ("g", "ĝğġģǧǵḡ"),
    ("h", "ĥħȟḣḥḧḩḫẖ"),
    ("i", "ìíîïĩīĭįıǐȉȋḭḯỉị"),
    ("ij", "ĳ"),
    ("j", "ĵǰ"),
    ("k", "ķĸǩḱḳḵ"),
    ("l", "ĺļľłḷḹḻḽ"),
    ("m", "ḿṁṃ"),
    ("n", "ñńņňŉŋǹṅṇṉṋ"),
    ("o", "òóôõöøōŏőơǒǫǭǿȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ"),
    ("oe", "œ"),
    ("p", "ṕṗ"),
    ("r", "ŕŗřȑȓṙṛṝṟ"),
    ("s", "śŝşšſșṡṣṥṧṩẛ"),
    ("ss", "ß"),
    ("t", "ţťŧțṫṭṯṱẗ"),
    ("th", "þ"),
    ("u", "ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự"),
    ("v", "ṽṿ"),
    ("w", "ŵẁẃẅẇẉẘ"),
    ("x", "ẋẍ"),
    ("y", "ýÿŷȳẏẙỳỵỷỹ"),
    ("z", "źżžẑẓẕ"),
  ]
}
