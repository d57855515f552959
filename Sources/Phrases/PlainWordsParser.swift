import CivilTime
import Schedules

/// A parser of plain words, by the grammar of docs/plain-words.md. It collects what a phrase says, in any
/// order; what that means together is decided by the kind of the question: `PlainSchedule`, `PlainMoment` and
/// `PlainPast`.
struct PlainWordsParser {
  /// The kind of time that the words are for.
  enum Purpose {
    case schedule, moment, past
  }

  let text: String
  let now: Instant
  let zone: Zone
  let purpose: Purpose
  let end: Int
  let tokens: [PlainToken]
  var index = 0
  /// True between `from` and the second time: "nine to five" is no time there.
  var readsWindow = false

  init(
    _ text: String, for purpose: Purpose, now: Instant, in zone: Zone
  ) throws(ScheduleError) {
    self.text = text
    self.purpose = purpose
    self.now = now
    self.zone = zone
    end = text.utf8.count
    var lexer = PlainLexer(text)
    tokens = try lexer.allTokens()
    if let token = tokens.first(where: { $0.kind == .unknown }) { throw unknown(token) }
    for token in tokens {
      guard case .vague(let question) = token.kind, !isWorkingDay(token) else { continue }
      throw ScheduleError(
        range: token.range, reason: "\"\(token.text)\" is no exact time: \(question.reason)",
        accepted: question.accepted)
    }
  }

  var today: CivilDate { zone.local(at: now).civil.date }

  /// Reads the next phrase: up to the end, or to the `and` before the days of another one.
  mutating func phrase() throws(ScheduleError) -> PlainPhrase {
    var phrase = PlainPhrase()
    let first = index
    while let kind = peek {
      if kind == .and {
        let separator = index
        while peek == .and { index += 1 }
        if startsAnother(phrase, after: first) {
          break
        }
        guard tokens[separator].text == "," && separator > first || startsPart, peek != nil else {
          throw expected("another day or time behind it", at: separator)
        }
        continue
      }
      try read(kind, into: &phrase)
    }
    phrase.tokens = first..<index
    return phrase
  }

  /// True if a phrase is complete and what follows a comma or `and` begins another: `weekdays 7:00, weekends
  /// 9:00`.
  private func startsAnother(_ phrase: PlainPhrase, after first: Int) -> Bool {
    guard purpose == .schedule, phrase.hasDays || phrase.isEvery, phrase.hasTimes || phrase.clock != nil,
      let peek
    else { return false }
    switch peek {
    case .weekday, .ordinal, .month, .date, .monthDay, .unclearDate: return true
    case .keyword(.every):
      // "14 february 9:00, every year" is one phrase.
      guard case .unit = kind(1) else { return true }
      return kind(2) != nil
    case .keyword(
      .daily), .keyword(.nightly), .keyword(.weekdays), .keyword(.weekends), .keyword(.today),
      .keyword(.tonight), .keyword(.tomorrow), .keyword(.on), .keyword(.the), .keyword(.next),
      .keyword(.this):
      return true
    case .keyword(.at), .clock: return startsTime(at: first)
    case .number: return monthDay(at: index) || startsTime(at: first)
    default: return false
    }
  }

  private var startsPart: Bool {
    if case .part = peek { true } else { peek == .keyword(.at) || peek == .keyword(.in) }
  }

  /// Reads the words that begin with one token.
  mutating func read(
    _ kind: PlainToken.Kind, into phrase: inout PlainPhrase
  ) throws(ScheduleError) {
    if try readSpan(into: &phrase) { return }
    switch kind {
    case .keyword(let keyword): try read(keyword, into: &phrase)
    case .weekday: try readWeekdays(into: &phrase)
    case .part(let part) where !part.isTime: try readParts(into: &phrase)
    case .part, .clock: try readTimes(into: &phrase)
    case .clockOrDate(let time):
      let isMarked = self.kind(1) == .keyword(.am) || self.kind(1) == .keyword(.pm)
      guard isMarked || phrase.hasDays || phrase.isEvery else {
        throw error(
          "it is not clear whether \(tokens[index].text) is a time or a date",
          "\"\(English.clock(hour: time.hour, minute: time.minute))\", or \"\(tokens[index].text).\" for the date"
        )
      }
      try readTimes(into: &phrase)
    case .number:
      if monthDay(at: index) { return try readDate(into: &phrase) }
      if isTimes(at: index + 1) { return try readFrequency(into: &phrase) }
      try readTimes(into: &phrase)
    case .month, .date, .monthDay, .unclearDate: try readDate(into: &phrase)
    case .unit(.day): try readDayAfter(into: &phrase)
    case .ordinal:
      if purpose == .past, try readLast(into: &phrase) { return }
      if monthDay(at: index) { return try readDate(into: &phrase) }
      try readPlaces(into: &phrase)
    default: throw expected(accepted)
    }
  }

  private mutating func read(
    _ keyword: PlainToken.Keyword, into phrase: inout PlainPhrase
  ) throws(ScheduleError) {
    switch keyword {
    case .every, .other: try readEvery(into: &phrase)
    case .daily, .nightly, .weekly, .monthly, .yearly, .hourly, .fortnightly, .biweekly, .bimonthly,
      .quarterly:
      try readRhythm(keyword, into: &phrase)
    case .once, .twice: try readFrequency(into: &phrase)
    case .weekdays, .weekends, .working: try readWeekdays(into: &phrase)
    case .on, .the, .of, .in: try readFiller(into: &phrase)
    case .at:
      // "at weekends", "at the end of the month"
      switch self.kind(1) {
      case .keyword(.weekends), .keyword(.the), .part(.night): index += 1
      default: try readTimes(into: &phrase)
      }
    case .half, .quarter: try readTimes(into: &phrase)
    case .a:
      guard self.kind(1) == .keyword(.quarter) else { throw expected(accepted) }
      try readTimes(into: &phrase)
    case .today, .tonight, .tomorrow, .yesterday, .this, .next, .coming, .end, .beginning, .starting:
      try readNear(keyword, into: &phrase)
    case .from, .between: try readFrom(into: &phrase)
    case .except, .but, .not, .apart: try readException(into: &phrase)
    case .even, .odd: try readParity(into: &phrase)
    case .past where purpose == .past: guard try readLast(into: &phrase) else { throw expected(accepted) }
    default: throw expected(accepted)
    }
  }

  /// Skips a word without a meaning, if one that may follow it does.
  private mutating func readFiller(into phrase: inout PlainPhrase) throws(ScheduleError) {
    let start = index
    index += 1
    if tokens[start].kind == .keyword(.the), purpose == .past, try readLast(into: &phrase) { return }
    switch peek {
    case nil: throw expected("a day", at: index)
    case .keyword(.at), .keyword(.in), .keyword(.of), .keyword(.am), .keyword(.pm), .and, .to:
      throw expected(accepted)
    default: break
    }
  }

  private var accepted: String {
    switch purpose {
    case .schedule:
      "a day, as in \"weekdays\", \"first sunday\" or \"tomorrow\", or a time, as in \"at 9:00\""
    case .moment: PlainWords.acceptedMoment
    case .past: PlainWords.acceptedPast
    }
  }
}
