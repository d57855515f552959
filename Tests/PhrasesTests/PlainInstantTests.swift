import CivilTime
import Phrases
import Schedules
import Testing
import ZoneRig

/// Times ahead and times past in words, beside the table of phrases.
@Suite("Times ahead and past, in words")
struct PlainInstantTests {
  static func moment(_ text: String, now: String = "2026-11-27T10:30") throws -> String {
    let zone = try TestZones.zone("Europe/Berlin")
    let now = try #require(Instant(parsing: now, in: zone))
    return switch try PlainWords.moment(from: text, now: now, in: zone) {
    case .instant(let instant): instant.formatted(in: zone)
    case .day(let date): date.formatted
    }
  }

  static func past(_ text: String, now: String = "2026-11-27T10:30") throws -> String {
    let zone = try TestZones.zone("Europe/Berlin")
    let now = try #require(Instant(parsing: now, in: zone))
    return try PlainWords.past(from: text, now: now, in: zone).formatted(in: zone)
  }

  @Test(
    "Ahead",
    arguments: [
      // The present time itself is not ahead.
      ("friday 10:31", "2026-11-27T10:31:00+01:00"), ("friday 10:30", "2026-12-04T10:30:00+01:00"),
      ("10:30", "2026-11-28T10:30:00+01:00"), ("midnight", "2026-11-28T00:00:00+01:00"),
      ("27 november 2027", "2027-11-27"), ("the 5th", "2026-12-05"),
      ("the 27th 9:00", "2026-12-27T09:00:00+01:00"),
      ("the 5th of next month at noon", "2026-12-05T12:00:00+01:00"),
      ("friday of next week", "2026-12-04"), ("until a week from tomorrow", "2026-12-05"),
      ("two and a half hours", "2026-11-27T13:00:00+01:00"), ("1h30m", "2026-11-27T12:00:00+01:00"),
      ("2026-12-01", "2026-12-01"), ("2026-12-01T08:00", "2026-12-01T08:00:00+01:00"),
    ])
  func ahead(words: String, moment: String) throws {
    #expect(try Self.moment(words) == moment)
  }

  @Test(
    "Ahead, where the clocks change",
    arguments: [
      // An hour that is skipped, and lengths of hours and of days.
      ("tomorrow 2:30", "2026-03-28T20:00", "2026-03-29T03:30:00+02:00"),
      ("8 hours", "2026-03-28T20:00", "2026-03-29T05:00:00+02:00"),
      ("1 day", "2026-03-28T20:00", "2026-03-29T20:00:00+02:00"),
      ("a month", "2027-01-31T08:05", "2027-02-28T08:05:00+01:00"),
      ("29 february", "2026-11-27T10:30", "2028-02-29"),
    ])
  func changes(words: String, now: String, moment: String) throws {
    #expect(try Self.moment(words, now: now) == moment)
  }

  @Test(
    "Past",
    arguments: [
      ("10:30", "2026-11-27T10:30:00+01:00"), ("10:31", "2026-11-26T10:31:00+01:00"),
      ("last week", "2026-11-16T00:00:00+01:00"), ("past week", "2026-11-20T00:00:00+01:00"),
      ("monday last week", "2026-11-16T00:00:00+01:00"), ("friday last week", "2026-11-20T00:00:00+01:00"),
      ("the 5th of last month", "2026-10-05T00:00:00+02:00"), ("last weekend", "2026-11-21T00:00:00+01:00"),
      ("the beginning of october", "2026-10-01T00:00:00+02:00"),
      ("the last 24 hours", "2026-11-26T10:30:00+01:00"),
      ("october 2025", "2025-10-01T00:00:00+02:00"), ("28 november", "2025-11-28T00:00:00+01:00"),
      ("last night at 11", "2026-11-26T23:00:00+01:00"), ("29 february", "2024-02-29T00:00:00+01:00"),
    ])
  func past(words: String, instant: String) throws {
    #expect(try Self.past(words) == instant)
  }

  @Test(
    "Refused ahead, with what is missing",
    arguments: [
      ("", "empty"), ("until", "missing"), ("20", "unit"), ("50", "unit"), ("friday", "which week"),
      ("fridays", "again and again"), ("every day 9:00", "again and again"),
      ("monday and tuesday", "which day"),
      ("8:00 and 9:00", "one time"), ("today 9:00", "not ahead"), ("in 3 days ago", "not expected"),
      ("tomorrow at eight", "am or pm"), ("5.12", "a time or a date"), ("next week", "day is missing"),
      ("december", "day of the month"), ("end of the month", "the day or the time after"), ("20M", "months"),
      ("2026", "a time or a year"), ("monday 24 december 2026", "is a Thursday"), ("0 minutes", "not ahead"),
      ("an hour or two", "not a word"), ("goodbye-kiss", "not a word"), ("in 1.5 months", "part of a month"),
    ])
  func notAhead(words: String, reason: String) {
    let error = #expect(throws: ScheduleError.self) { try Self.moment(words) }
    #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
    #expect(error?.accepted.isEmpty == false)
  }

  @Test(
    "Refused past, with what is missing",
    arguments: [
      ("friday", "which week"), ("the last week", "before this one"), ("tonight", "missing"),
      ("today 11:00", "not past"), ("in 3 days", "not past"), ("7 days", "from when on"), ("8", "unit"),
      ("a while ago", "length"), ("2027", "a time or a year"), ("next week", "not past"), ("last", "missing"),
    ])
  func notPast(words: String, reason: String) {
    let error = #expect(throws: ScheduleError.self) { try Self.past(words) }
    #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
  }

  @Test(
    "What is proposed for a past is accepted as one",
    arguments: [
      "friday", "friday 9:00", "last friday of last month", "5 may last month", "monday last year",
      "march last month", "8:00 from 9 to 17", "every friday", "last monday", "friday last month",
    ])
  func pastProposals(words: String) throws {
    let error = try #require(#expect(throws: ScheduleError.self) { try Self.past(words) })
    let proposals = error.accepted.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
      .filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
    #expect(!proposals.isEmpty, "\(error.accepted)")
    for proposal in proposals { #expect(throws: Never.self, "\(proposal)") { try Self.past(proposal) } }
  }

  @Test(
    "Only a word that is really near is proposed",
    arguments: [
      ("tommorow", "tomorrow"), ("wensday", "wednesday"), ("dayly", "daily"), ("fornight", "fortnight"),
      ("our", nil), ("blursday", nil), ("sometimes", nil), ("triweekly", nil), ("kiss", nil),
    ] as [(String, String?)])
  func spelling(word: String, near: String?) {
    let error = #expect(throws: ScheduleError.self) { try Self.moment(word) }
    #expect(error?.reason.contains("did you mean") == (near != nil))
    if let near { #expect(error?.reason.contains("\"\(near)\"") == true) }
  }
}
