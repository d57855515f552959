import CivilTime

/// The meaning of the single words of a phrase, before they are put together.
struct PlainPhrase {
  /// The days that an ordinal counts within a month.
  enum Counted: Equatable {
    case weekday(Weekday)
    /// Monday to Friday.
    case workday
  }

  /// `every`, `each`.
  var isEvery = false
  /// `every 2 weeks`, `daily`; the unit is a day or longer.
  var interval: (count: Int, unit: PlainToken.Unit)?
  /// `biweekly`, which is every other week only with one weekday.
  var isBiweekly = false
  /// `twice a day`.
  var frequency: (count: Int, unit: PlainToken.Unit)?
  /// `once` alone.
  var isOnce = false
  var weekdays: WeekdaySet?
  /// `except friday`.
  var excepted: WeekdaySet?
  /// `1st and 15th`; -1 is the last.
  var places: [Int] = []
  /// The days that the places count; nil for those of the month.
  var counted: Counted?
  var isOfMonth = false
  /// True for places that are words: `first`.
  var hasWordPlaces = false
  /// The month of places: `of may`.
  var month: Int?
  var monthDay: (month: Int, day: Int)?
  var date: CivilDate?
  /// `even weeks`: 0; `odd weeks`: 1.
  var parity: Int?
  /// The first day: `starting 4 december`.
  var start: CivilDate?
  /// `every 15 minutes`.
  var clock: (unit: PlainToken.Unit, count: Int)?
  /// `from 9 to 17`.
  var window: (from: PlainTime, to: PlainTime)?
  var times: [PlainTime] = []
  var parts: [DayPart] = []
  var isTonight = false
  /// `20 minutes`, from now on or before it.
  var span: PlainSpan?
  /// True for a span that lies before now.
  var isAgo = false
  /// `next week`, `this month`, by its first day.
  var period: (first: CivilDate, unit: PlainToken.Unit)?
  /// `end of the month`, which is a day only for what comes again and again.
  var isEnd = false
  /// A month that stands alone, and its year.
  var loneMonth: (month: Int, year: Int?)?
  /// The tokens of the phrase.
  var tokens = 0..<0

  var hasDays: Bool {
    interval != nil || isBiweekly || frequency != nil || weekdays != nil || !places.isEmpty || monthDay != nil
      || date != nil || parity != nil || isTonight || span != nil || period != nil || loneMonth != nil
  }

  /// False for a phrase that names a day, or days by their week, month or year.
  var isFreeOfDates: Bool {
    weekdays == nil && date == nil && monthDay == nil && places.isEmpty && period == nil && loneMonth == nil
  }

  var hasTimes: Bool { !times.isEmpty || !parts.isEmpty }
}
