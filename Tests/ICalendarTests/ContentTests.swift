import Escaping
import ICalendar
import Testing

@Suite("Content lines")
struct ContentTests {
  private func property(_ line: String) throws -> Property {
    let bytes = Array("BEGIN:X\r\n\(line)\r\nEND:X\r\n".utf8)
    let text = try CalendarText(parsing: bytes)
    guard case .component(let component) = text.items[0], case .property(let property) = component.items[0]
    else {
      throw ICalendarError(line: 0, reason: "no property")
    }
    return property
  }

  @Test("Folds are removed, wherever they are (RFC 5545 3.1)")
  func folds() throws {
    let whole = "This is a long description that exists on a long line."
    #expect(try property("DESCRIPTION:\(whole)").value == whole)
    #expect(
      try property("DESCRIPTION:This is a lo\r\n ng description\r\n  that exists on a long line.").value
        == whole)
    #expect(
      try property("DESCRIPTION:This is a lo\n\tng description\n  that exists on a long line.").value == whole
    )
    #expect(try property("DESCR\r\n IPTION:x").name == "DESCRIPTION")
  }

  @Test("A written line is folded at 75 bytes and never within a character")
  func folding() throws {
    for filler in ["a", "ä", "❤️", "👩‍❤️‍👩"] {
      let value = String(repeating: filler, count: 100)
      let written = Property("SUMMARY", value: value, newline: [13, 10])
      let lines = written.raw.split(separator: 10)
      #expect(lines.allSatisfy { $0.count <= 76 && String(validating: $0, as: UTF8.self) != nil })
      #expect(try property(String(decoding: written.raw.dropLast(2), as: UTF8.self)).value == value)
    }
  }

  @Test("Parameters may have quoted values, lists, and names in small letters (RFC 5545 3.2)")
  func parameters() throws {
    let attendee = try property(
      "attendee;Delegated-To=\"mailto:a;b:c@example.com\",\"x\";x-Own=1;CN=\"J, S\":mailto:j@example.com")
    #expect(attendee.name == "ATTENDEE")
    #expect(attendee.parameter("DELEGATED-TO") == "mailto:a;b:c@example.com")
    #expect(attendee.parameter("X-OWN") == "1")
    #expect(attendee.parameter("CN") == "J, S")
    #expect(attendee.parameter("ROLE") == nil)
    #expect(attendee.value == "mailto:j@example.com")
    // A quote that is not closed.
    #expect(try property("X-A;B=\"c:d").value == "d")
  }

  @Test("A changed value leaves the parameters as they were")
  func changes() throws {
    let old = try property("DTSTART;X-B=2;TZID=Europe/Berlin;X-A=\"1\":20261127T193000")
    let new = old.with(value: "20261128T193000", newline: [10])
    #expect(
      String(decoding: new.raw, as: UTF8.self)
        == "DTSTART;X-B=2;TZID=Europe/Berlin;X-A=\"1\":20261128T193000\n")
    #expect(new.parameter("TZID") == "Europe/Berlin")
  }

  @Test("Text is escaped and unescaped (RFC 5545 3.3.11)")
  func text() {
    let written = #"Project XYZ Final Review\nConference Room - 3B\nCome Prepared."#
    let read = "Project XYZ Final Review\nConference Room - 3B\nCome Prepared."
    #expect(ContentText.unescaped(written) == read)
    #expect(Escaped.calendarText(read) == written)
    for text in [#"a\b;c,d"#, "\\n", "line\nbreak", "❤️; \\;", ""] {
      #expect(ContentText.unescaped(Escaped.calendarText(text)) == text)
    }
    #expect(ContentText.list(#"one,two\, three,four"#) == ["one", "two, three", "four"])
    #expect(Escaped.calendarText("bell\u{7}, tab\t") == "bell\\, tab\t")
  }

  @Test(
    "Durations (RFC 5545 3.3.6)",
    arguments: [
      ("P15DT5H0M20S", 1_314_020), ("P7W", 4_233_600), ("-PT15M", -900), ("PT0S", 0), ("+P1D", 86_400),
      ("-P0DT0H30M0S", -1800), ("pt5m", 300), ("P", nil), ("PT", nil), ("15M", nil), ("P1H", nil),
      ("PT1D", nil), ("", nil),
      ("P999999999W", nil), ("P1DT", nil),
    ] as [(String, Int64?)])
  func durations(text: String, seconds: Int64?) {
    #expect(DurationText.seconds(text) == seconds)
    guard let seconds else { return }
    #expect(DurationText.seconds(DurationText.text(seconds)) == seconds)
  }
}
