package import CivilTime
package import Schedules

/// Schedules in plain English words, such as `weekdays at 8:05`, `every other friday 19:30` or
/// `tomorrow 18:00`. `docs/plain-words.md` has the grammar.
package enum PlainWords {
  /// Translates plain words into texts of the schedule language: calendar expressions if they can express the
  /// words, or else content lines of RFC 5545. There are several texts for times that no single one has, such
  /// as 8:00 and 9:30. A text of the schedule language itself is returned as it is, without the blanks around
  /// it, unless it is a day without a time: `daily` and `friday` are at midnight there, and people who type
  /// them mean another time.
  ///
  /// Words such as `tomorrow` count from `now` on the wall clock of `zone`. A single occurrence lies strictly
  /// after `now`. The times in the result are local, without a zone. Errors have their place in UTF-8 offsets
  /// of `text`.
  package static func schedules(
    from text: String, now: Instant, in zone: Zone
  ) throws(ScheduleError) -> [String] {
    try trimmed(text, accepted) { text throws(ScheduleError) in try translation(of: text, now, zone) }
  }

  /// Reads a time ahead: a length of time (`20 minutes`), a time of day (`22:30`, `bedtime`), or a day with
  /// or without one (`tomorrow morning`, `friday`). Places and times are as in `schedules`.
  package static func moment(
    from text: String, now: Instant, in zone: Zone
  ) throws(ScheduleError) -> PlainMoment {
    try trimmed(text, acceptedMoment) { text throws(ScheduleError) in
      var parser = try PlainWordsParser(text, for: .moment, now: now, in: zone)
      return try parser.moment()
    }
  }

  /// Reads a time that is past: `yesterday`, `3 days ago`, `last week`. A day is from its midnight on. Places
  /// and times are as in `schedules`.
  package static func past(
    from text: String, now: Instant, in zone: Zone
  ) throws(ScheduleError) -> Instant {
    try trimmed(text, acceptedPast) { text throws(ScheduleError) in
      var parser = try PlainWordsParser(text, for: .past, now: now, in: zone)
      return try parser.past()
    }
  }

  /// True for a text of nothing but words for times, whether or not they mean one together.
  package static func areWords(_ text: String) -> Bool {
    var lexer = PlainLexer(text)
    guard text.utf8.count <= 1024, let tokens = try? lexer.allTokens() else { return false }
    return !tokens.isEmpty && tokens.allSatisfy { $0.kind != .unknown }
  }

  static let accepted =
    "words such as \"weekdays at 8:05\", \"every other friday 19:30\", \"first sunday 10:00\", \"tomorrow 18:00\" "
    + "or \"in 20 minutes\", or a calendar expression such as \"Mon..Fri 08:05\""

  static let acceptedMoment =
    "a length of time such as \"20 minutes\", a time such as \"22:30\" or \"tomorrow 9:00\", or a day such as "
    + "\"monday\""

  static let acceptedPast =
    "a time that is past, such as \"yesterday\", \"3 days ago\", \"last week\" or 2026-11-27"

  /// Reads a text without the blanks around it. Errors have their place in the whole text.
  private static func trimmed<Meaning>(
    _ text: String, _ accepted: String, _ read: (String) throws(ScheduleError) -> Meaning
  ) throws(ScheduleError) -> Meaning {
    let isBlank: (Character) -> Bool = { $0.isWhitespace }
    let start = text.firstIndex { !isBlank($0) } ?? text.endIndex
    let end = text.lastIndex { !isBlank($0) }.map(text.index(after:)) ?? text.endIndex
    let trimmed = String(text[start..<end])
    let offset = text.utf8.distance(from: text.startIndex, to: start)
    guard !trimmed.isEmpty else {
      throw ScheduleError(range: 0..<text.utf8.count, reason: "it is empty", accepted: accepted)
    }
    guard trimmed.utf8.count <= 1024 || isRule(trimmed) else {
      throw ScheduleError(
        range: 0..<text.utf8.count, reason: "it is longer than 1024 characters", accepted: accepted)
    }
    do throws(ScheduleError) {
      return try read(trimmed)
    } catch {
      throw ScheduleError(
        range: error.range.lowerBound + offset..<error.range.upperBound + offset, reason: error.reason,
        accepted: error.accepted)
    }
  }

  private static func translation(
    of text: String, _ now: Instant, _ zone: Zone
  ) throws(ScheduleError) -> [String] {
    guard !isRule(text) else { return [text] }
    var daysAlone: ScheduleError?
    do throws(ScheduleError) {
      let hasZone = try CalendarExpression(parsing: text, zones: AnyZone()).zone != nil
      if namesTime(text) { return [text] }
      if !areWords(text) { daysAlone = missingTime(text, hasZone: hasZone) }
    } catch {
      try refuseZone(of: text, now, zone)
      if isExpression(text) { throw error }
    }
    if let daysAlone { throw daysAlone }
    return try texts(of: text, now, zone)
  }

  /// True for a text with characters that no plain word has: the user means a calendar expression.
  private static func isExpression(_ text: String) -> Bool {
    text.contains(where: { "*~@".contains($0) }) || text.utf8.contains(ofTwo: UInt8(ascii: "."))
  }

  private static func texts(
    of text: String, _ now: Instant, _ zone: Zone
  ) throws(ScheduleError) -> [String] {
    var parser = try PlainWordsParser(text, for: .schedule, now: now, in: zone)
    let translation = PlainWordsTranslation(now: now, zone: zone, whole: 0..<text.utf8.count)
    var texts: [String] = []
    var isOnce: Bool?
    repeat {
      let meaning = try PlainSchedule(parser: parser, phrase: try parser.phrase()).meaning()
      guard isOnce == nil || isOnce == meaning.isOnce else {
        throw parser.error(
          "one part comes once and the other again and again", "two schedules", in: 0..<parser.tokens.count)
      }
      isOnce = meaning.isOnce
      texts += try translation.texts(of: meaning).filter { !texts.contains($0) }
    } while parser.peek != nil
    return texts
  }

  /// True if a text is meant as a recurrence rule or content lines. The parser of schedules finds the
  /// mistakes in them.
  private static func isRule(_ text: String) -> Bool {
    let start = text.prefix(8).uppercased()
    return ["RRULE", "FREQ=", "DTSTART", "RDATE", "EXDATE"].contains { start.hasPrefix($0) }
  }

  /// Throws for plain words with a zone after them: they follow the zone of the ritual. A calendar expression
  /// with a zone never reaches this point.
  private static func refuseZone(of text: String, _ now: Instant, _ zone: Zone) throws(ScheduleError) {
    guard let blank = text.lastIndex(of: " ") else { return }
    let word = text[text.index(after: blank)...]
    let words = text[..<blank]
    guard AnyZone.isName(word), words.contains(where: \.isLetter) else { return }
    _ = try translation(of: String(words), now, zone)
    throw ScheduleError(
      range: text.utf8.count - word.utf8.count..<text.utf8.count, reason: "plain words name no time zone",
      accepted: "the words without \(word), or a calendar expression such as \"Mon..Fri 08:05 \(word)\"")
  }
}

/// A source that has a zone for every word that looks like a zone's name. Whether the zone exists is checked
/// when the schedule is parsed.
private struct AnyZone: ZoneSource {
  func zone(named name: String) throws(ZoneError) -> Zone {
    guard Self.isName(name) else { throw .unknown(name: name) }
    return .utc
  }

  /// True if a word looks like a zone's name: `Europe/Berlin`, or capitals such as `CET` and `EST5EDT` that
  /// are no plain word.
  static func isName(_ word: some StringProtocol) -> Bool {
    if word.contains("/") {
      let isWeekdays = word.split(separator: "/").allSatisfy { PlainToken.kind(of: $0.lowercased()) != nil }
      return word.first?.isLetter == true && !isWeekdays
    }
    return word.utf8.count >= 3 && word.first?.isLetter == true
      && word.utf8.allSatisfy { 0x41...0x5a ~= $0 || $0.isDigit || $0 == 0x2b || $0 == 0x2d }
      && PlainToken.kind(of: word.lowercased()) == nil
  }
}

extension String.UTF8View {
  /// True if a byte occurs twice in a row.
  fileprivate func contains(ofTwo byte: UInt8) -> Bool {
    zip(self, dropFirst()).contains { $0 == byte && $1 == byte }
  }
}
