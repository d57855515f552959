import CivilTime

/// The words that plain words are made of.
extension PlainToken {
  /// The kind of a word in lower case; nil for an unknown one.
  static func kind(of word: String) -> Kind? { vocabulary[word] }

  private static let vocabulary: [String: Kind] = {
    var words: [String: Kind] = [:]
    for keyword in Keyword.allCases { words[keyword.rawValue] = .keyword(keyword) }
    for day in Weekday.allCases {
      let name = day.name.lowercased()
      for form in [name, name + "s", String(name.prefix(3))] { words[form] = .weekday(day) }
    }
    for month in 1...12 {
      let name = English.month(month).lowercased()
      for form in [name, String(name.prefix(3))] { words[form] = .month(month) }
    }
    for unit in [Unit.second, .minute, .hour, .day, .week, .month, .year] {
      for form in [unit.rawValue, unit.rawValue + "s"] { words[form] = .unit(unit) }
    }
    // `second` is read as an ordinal: a reminder every second makes no sense.
    for (index, name) in ["first", "second", "third", "fourth", "fifth"].enumerated() {
      words[name] = .ordinal(index + 1)
    }
    let numbers = [
      "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    ]
    for (index, name) in numbers.enumerated() { words[name] = .number(index + 1) }
    return words.merging(others) { word, _ in word }
  }()

  private static let others: [String: Kind] = [
    "last": .ordinal(-1), "and": .and, "to": .to, "through": .to, "until": .to, "till": .to,
    "each": .keyword(.every), "annually": .keyword(.yearly), "weekday": .keyword(.weekdays),
    "weekend": .keyword(.weekends), "an": .keyword(.a), "tues": .weekday(.tuesday),
    "weds": .weekday(.wednesday),
    "thur": .weekday(.thursday), "thurs": .weekday(.thursday), "sept": .month(9), "sec": .unit(.second),
    "secs": .unit(.second), "min": .unit(.minute), "mins": .unit(.minute), "m": .unit(.minute),
    "s": .unit(.second), "d": .unit(.day),
    "w": .unit(.week), "h": .unit(.hour),
    "hr": .unit(.hour), "hrs": .unit(.hour),
  ]

  /// The known word that the user probably meant by another; nil if none is near.
  static func nearest(to word: String) -> String? {
    guard (3...20).contains(word.utf8.count) else { return nil }
    let allowed = word.utf8.count >= 7 ? 2 : 1
    var best: (word: String, distance: Int)?
    // The order makes the choice among equally near words stable. A word that ends in a known one means
    // another: biweekly is not weekly.
    for candidate in vocabulary.keys.sorted() where candidate.utf8.count > 3 && !word.hasSuffix(candidate) {
      let distance = EditDistance.between(Array(word.unicodeScalars), Array(candidate.unicodeScalars))
      if distance <= allowed, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.word
  }
}
