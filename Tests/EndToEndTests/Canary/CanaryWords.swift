import SimulationRig

/// Words that exist nowhere else: one for each place of a user's words, told apart by their last two letters.
/// They are valid in ids, which are made from titles; case does not matter.
struct CanaryWords {
  enum Place: String, CaseIterable {
    case comment, id, title, message, privateID, privateTitle, privateMessage, dropInName, dropInTitle
    case deckName, deckTitle, prompt, guideName, guideTitle, guideText, guideNote, presetName, presetTitle
    case calendarName, eventFile, eventUID, eventSummary, eventDescription, eventLocation
    case soothing, reply, appreciation, moment, added, changed, imported, edited, merged
    case mistakenKey, mistakenValue, mistakenDeck, typed, server
  }

  let seed: UInt64
  /// The beginning of all of them.
  let root: String

  init(seed: UInt64) {
    self.seed = seed
    var generator = SeededGenerator(seed: seed)
    let letters = Array("bcdfghjklmnpqrstvwxz")
    root = "qz" + String((0..<6).map { _ in letters.randomElement(using: &generator) ?? "x" })
  }

  /// The word of a place, in lower case.
  subscript(place: Place) -> String {
    let index = Place.allCases.firstIndex(of: place) ?? 0
    return root + [index / 26, index % 26].map { String(UnicodeScalar(UInt8(97 + $0))) }.joined()
  }

  /// The places whose words are in a text or in a file's bytes, in any case.
  func places(in text: some Sequence<UInt8>) -> Set<Place> {
    let bytes = text.map { (65...90).contains($0) ? $0 + 32 : $0 }
    let root = Array(self.root.utf8)
    var found: Set<Place> = []
    var start = bytes.startIndex
    while let place = bytes[start...].firstIndex(of: root[0]) {
      start = place + 1
      guard bytes[place...].starts(with: root) else { continue }
      let code = bytes[(place + root.count)...].prefix(2).map { Int($0) - 97 }
      let index = code.count == 2 ? code[0] * 26 + code[1] : -1
      // A word that was cut off may belong to any place.
      found.insert(Place.allCases.indices.contains(index) ? Place.allCases[index] : .title)
    }
    return found
  }

  func places(in text: String) -> Set<Place> { places(in: text.utf8) }
}
