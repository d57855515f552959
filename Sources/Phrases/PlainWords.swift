package import CivilTime
package import Schedules

/// Schedules in plain English words, such as `weekdays at 8:05`, `every other friday 19:30` or
/// `tomorrow 18:00`. `docs/plain-words.md` has the grammar.
package enum PlainWords {
  /// Translates plain words into texts of the schedule language: calendar expressions if they can express the
  /// words, or else content lines of RFC 5545. There are several texts for times that no single one has, such
  /// as 8:00 and 9:30. A text of the schedule language itself is returned as it is, without the blanks around
  /// it. This also holds for a text that both languages have, such as `daily`.
  ///
  /// Words such as `tomorrow` count from `now` on the wall clock of `zone`. A single occurrence lies strictly
  /// after `now`. The times in the result are local, without a zone. Errors have their place in UTF-8 offsets
  /// of `text`.
  package static func schedules(
    from text: String, now: Instant, in zone: Zone
  ) throws(ScheduleError) -> [String] {
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
      return try translation(of: trimmed, now, zone)
    } catch {
      throw ScheduleError(
        range: error.range.lowerBound + offset..<error.range.upperBound + offset, reason: error.reason,
        accepted: error.accepted)
    }
  }

  static let accepted =
    "words such as \"weekdays at 8:05\", \"every other friday 19:30\", \"first sunday 10:00\", \"tomorrow 18:00\" "
    + "or \"in 20 minutes\", or a calendar expression such as \"Mon..Fri 08:05\""

  private static func translation(
    of text: String, _ now: Instant, _ zone: Zone
  ) throws(ScheduleError) -> [String] {
    guard !isRule(text) else { return [text] }
    do throws(ScheduleError) {
      _ = try CalendarExpression(parsing: text, zones: AnyZone())
      return [text]
    } catch {
      try refuseZone(of: text, now, zone)
      // No plain word has these characters, so the user meant a calendar expression.
      if text.contains(where: { "*~/@".contains($0) }) || text.utf8.contains(ofTwo: UInt8(ascii: ".")) {
        throw error
      }
    }
    var parser = PlainWordsParser(text, now: now, zone: zone)
    let meaning = try parser.meaning()
    return try PlainWordsTranslation(now: now, zone: zone, whole: 0..<text.utf8.count).texts(of: meaning)
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
    if word.contains("/") { return word.first?.isLetter == true }
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
