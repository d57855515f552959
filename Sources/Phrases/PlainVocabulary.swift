import CivilTime

/// The words that plain words are made of.
extension PlainToken {
  /// The kind of a word in lower case; nil for an unknown one.
  static func kind(of word: String) -> Kind? { vocabulary[word] }

  /// All words, sorted.
  static let words = vocabulary.keys.sorted()

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
    for unit in Unit.allCases {
      for form in [unit.rawValue, unit.rawValue + "s"] { words[form] = .unit(unit) }
    }
    // `second` is read as an ordinal: a reminder every second makes no sense.
    for (index, name) in ordinals.enumerated() { words[name] = .ordinal(index + 1) }
    for (index, name) in numbers.enumerated() { words[name] = .number(index + 1) }
    for (index, name) in ["twenty", "thirty", "forty", "fifty"].enumerated() {
      words[name] = .number(20 + index * 10)
    }
    for (name, part) in parts {
      words[name] = .part(part)
      words[name + "s"] = .part(part)
    }
    for (question, names) in vague { for name in names { words[name] = .vague(question) } }
    return words.merging(others) { word, _ in word }
  }()

  private static let ordinals = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
    "nineteenth", "twentieth",
  ]

  private static let numbers = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
  ]

  private static let parts: [String: DayPart] = [
    "morning": .morning, "noon": .noon, "midday": .noon, "afternoon": .afternoon, "evening": .evening,
    "night": .night, "bedtime": .bedtime, "midnight": .midnight,
  ]

  /// Words that people say for a time which only they know.
  private static let vague: [PlainQuestion: [String]] = [
    .time: [
      "breakfast", "lunch", "lunchtime", "dinner", "dinnertime", "supper", "teatime", "work", "school", "bed",
      "sleep", "dawn", "dusk", "sunrise", "sunset", "early", "late", "around", "about", "approximately",
    ],
    .date: [
      "holiday", "holidays", "vacation", "christmas", "xmas", "easter", "thanksgiving", "halloween",
      "birthday", "anniversary", "summer", "winter", "spring", "autumn",
    ],
    .length: [
      "few", "couple", "several", "some", "while", "bit", "moment", "moments", "later", "soon", "recently",
      "shortly",
    ],
  ]

  private static let others: [String: Kind] = [
    "last": .ordinal(-1), "thirtieth": .ordinal(30), "and": .and, "to": .to, "through": .to, "thru": .to,
    "until": .to, "everyday": .keyword(.daily), "all": .keyword(.every), "alternating": .keyword(.other),
    "till": .to, "til": .to, "each": .keyword(.every), "alternate": .keyword(.other),
    "annually": .keyword(.yearly), "weekday": .keyword(.weekdays), "workday": .keyword(.weekdays),
    "workdays": .keyword(.weekdays), "business": .keyword(.working), "weekend": .keyword(.weekends),
    "an": .keyword(.a), "o" + "clock": .keyword(.clock), "o\u{2019}clock": .keyword(.clock),
    "o'clock": .keyword(.clock), "quarters": .keyword(.quarter), "x": .keyword(.times),
    "excluding": .keyword(.except), "without": .keyword(.except), "begin": .keyword(.beginning),
    "start": .keyword(.beginning), "fortnights": .keyword(.fortnight),
    "tues": .weekday(.tuesday), "weds": .weekday(.wednesday), "thur": .weekday(.thursday),
    "thurs": .weekday(.thursday), "sept": .month(9), "sec": .unit(.second), "secs": .unit(.second),
    "min": .unit(.minute), "mins": .unit(.minute), "m": .unit(.minute), "s": .unit(.second),
    "d": .unit(.day), "w": .unit(.week), "wk": .unit(.week), "wks": .unit(.week), "h": .unit(.hour),
    "hr": .unit(.hour), "hrs": .unit(.hour), "yr": .unit(.year), "yrs": .unit(.year), "y": .unit(.year),
  ]
}
