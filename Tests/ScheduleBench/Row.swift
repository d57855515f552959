/// One line of the table: the schedule, and its text for each program.
struct Row {
  enum Kind {
    /// An expression of systemd's calendar language; the rule is for programs without that language.
    case calendar
    /// A recurrence rule of RFC 5545.
    case rule
    /// A calendar expression whose next occurrence is decades away. Its cost is shown, and has no target.
    case far
  }

  let kind: Kind
  /// The name in the table.
  let name: String
  /// Local date and time of the first occurrence, as in DTSTART.
  let start: String
  let rule: String
  /// The year in which walks begin: on 27 November 2026 unless it is a far one.
  var year = 2026

  /// The text for our parser.
  var text: String { kind == .rule ? "DTSTART:\(start)\nRRULE:\(rule)" : name }
}

extension Row {
  static let all: [Row] = calendars + rules + [far]

  private static func calendar(_ text: String, _ start: String, _ rule: String) -> Row {
    Row(kind: .calendar, name: text, start: start, rule: rule)
  }

  static let calendars: [Row] = [
    calendar("daily", "20261128T000000", "FREQ=DAILY"),
    calendar("hourly", "20261127T010000", "FREQ=HOURLY"),
    calendar("*:0/15", "20261127T001500", "FREQ=HOURLY;BYMINUTE=0,15,30,45"),
    calendar("Mon..Fri 08:05", "20261127T080500", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
    calendar("22:15", "20261127T221500", "FREQ=DAILY"),
    calendar("Sun 19:00", "20261129T190000", "FREQ=WEEKLY;BYDAY=SU"),
    calendar("*-*-01 10:00", "20261201T100000", "FREQ=MONTHLY"),
    calendar("Fri *-*~7/1 17:00", "20261127T170000", "FREQ=MONTHLY;BYDAY=-1FR"),
    calendar("*-02-29", "20280229T000000", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"),
    calendar("Mon *-02-29", "20440229T000000", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO"),
    calendar("quarterly", "20270101T000000", "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=1"),
    calendar("*:*:0/10", "20261127T000010", "FREQ=MINUTELY;BYSECOND=0,10,20,30,40,50"),
    calendar(
      "Mon,Thu *-*-1..7 08:00,20:00", "20261203T080000",
      "FREQ=MONTHLY;BYMONTHDAY=1,2,3,4,5,6,7;BYDAY=MO,TH;BYHOUR=8,20"),
  ]

  static let rules: [Row] = [
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "FREQ=DAILY", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYMONTHDAY=-1",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=HOURLY;INTERVAL=6", "FREQ=MINUTELY;INTERVAL=15",
    "FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0,30",
  ].map { Row(kind: .rule, name: $0, start: "20261127T193000", rule: $0) }

  static let far = Row(
    kind: .far, name: "Mon *-02-29", start: "20720301T000000",
    rule: "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO", year: 2072)
}
