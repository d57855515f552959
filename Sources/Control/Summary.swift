// The report's part of `io.ritual.Control.varlink`, where each field is documented.

package struct Summary: Codable, Hashable, Sendable {
  package var first: String
  package var today: String
  package var weeks: [SummaryWeek]
  package var rituals: [SummaryRitual]
  package var appreciations: [NoteInfo]

  package init(
    first: String, today: String, weeks: [SummaryWeek], rituals: [SummaryRitual], appreciations: [NoteInfo]
  ) {
    self.first = first
    self.today = today
    self.weeks = weeks
    self.rituals = rituals
    self.appreciations = appreciations
  }
}

package struct SummaryWeek: Codable, Hashable, Sendable {
  package var monday: String
  package var done: Int
  package var minutes: Double
  package var warm: Int
  package var hard: Int

  package init(monday: String, done: Int = 0, minutes: Double = 0, warm: Int = 0, hard: Int = 0) {
    self.monday = monday
    self.done = done
    self.minutes = minutes
    self.warm = warm
    self.hard = hard
  }
}

package struct SummaryRitual: Codable, Hashable, Sendable {
  package var ritual: String
  package var title: String
  package var minutes: Double
  package var days: [SummaryDay]

  package init(ritual: String, title: String, minutes: Double, days: [SummaryDay]) {
    self.ritual = ritual
    self.title = title
    self.minutes = minutes
    self.days = days
  }
}

package struct SummaryDay: Codable, Hashable, Sendable {
  package var date: String
  package var done: Int

  package init(date: String, done: Int) {
    self.date = date
    self.done = done
  }
}

package struct ReportRequest: Codable, Hashable, Sendable {
  package var weeks: Int?
  package var discreet: Bool

  package init(weeks: Int? = nil, discreet: Bool = false) {
    self.weeks = weeks
    self.discreet = discreet
  }
}

package struct ReportReply: Codable, Hashable, Sendable {
  package var summary: Summary
  package init(summary: Summary) { self.summary = summary }
}
