package import CivilTime

/// Schedules in plain English words, such as `weekdays at 8:05`, `every other friday 19:30` or `tomorrow 18:00`.
/// `docs/plain-words.md` holds the grammar.
package struct PlainWords {
  /// Translates plain words into a text of the schedule language: a calendar expression where one can say it, RFC 5545
  /// content lines where none can; into a list of them for times that differ in their minutes. A text that is of the schedule language already comes back as it is, without the
  /// blanks around it; so a text that both languages know, as `daily`, means what the schedule language says.
  ///
  /// Words such as `tomorrow` count from `now` on the wall clock of `zone`; what comes once lies strictly after `now`.
  /// Times are local, for the zone of whoever asks for occurrences. Errors are placed in UTF-8 offsets of `text`.
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
      // No word is written with these, so a calendar expression was meant.
      if text.contains(where: { "*~/@".contains($0) }) || text.utf8.contains(ofTwo: UInt8(ascii: ".")) {
        throw error
      }
    }
    var parser = PlainWordsParser(text, now: now, zone: zone)
    let meaning = try parser.meaning()
    return try PlainWordsTranslation(now: now, zone: zone, whole: 0..<text.utf8.count).texts(of: meaning)
  }

  /// Recurrence rules and content lines, which are judged where they are read.
  private static func isRule(_ text: String) -> Bool {
    let start = text.prefix(8).uppercased()
    return ["RRULE", "FREQ=", "DTSTART", "RDATE", "EXDATE"].contains { start.hasPrefix($0) }
  }

  /// Words go by the zone of the ritual. (A calendar expression with a zone has come back before this.)
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

/// Takes every word that is written like a zone's name for one: whether there is such a zone is found out where the
/// schedule is read.
private struct AnyZone: ZoneSource {
  func zone(named name: String) throws(ZoneError) -> Zone {
    guard Self.isName(name) else { throw .unknown(name: name) }
    return .utc
  }

  /// `Europe/Berlin`, or capitals such as `CET` and `EST5EDT` that are no plain word.
  static func isName(_ word: some StringProtocol) -> Bool {
    if word.contains("/") { return word.first?.isLetter == true }
    return word.utf8.count >= 3 && word.first?.isLetter == true
      && word.utf8.allSatisfy { 0x41...0x5a ~= $0 || 0x30...0x39 ~= $0 || $0 == 0x2b || $0 == 0x2d }
      && PlainToken.kind(of: word.lowercased()) == nil
  }
}

extension String.UTF8View {
  /// Whether a byte stands twice in a row.
  fileprivate func contains(ofTwo byte: UInt8) -> Bool {
    zip(self, dropFirst()).contains { $0 == byte && $1 == byte }
  }
}
