/// The form of a key's value, as far as a schema for editors can say it. Every value that the reader accepts
/// has its form; some that have it are refused all the same, such as a day that does not exist.
package indirect enum ValueForm: Sendable {
  case boolean
  case whole(ClosedRange<Int>)
  /// A string of one line, with at most so many Unicode scalars.
  case line(upTo: Int, mayBeEmpty: Bool = false)
  /// A string in a language of its own, such as a schedule or a time span.
  case expression
  /// A string that matches a regular expression of ECMA-262.
  case match(String)
  case choice([String])
  /// A date, or a date with a time, in quotes or without.
  case date
  /// A value alone, or a list of up to so many that is not empty.
  case oneOrMore(ValueForm, upTo: Int)
  /// A value alone, or a list of up to so many.
  case zeroOrMore(ValueForm, upTo: Int)
  case table(KnownKeys.Table)
  /// A table whose keys match a regular expression, each with a value of this form.
  case named(ValueForm, keys: String, isEmptyAccepted: Bool = true)
  /// An array of 1 to so many tables.
  case tables(KnownKeys.Table, upTo: Int)
  case either(ValueForm, or: ValueForm)

  /// A word of an enumeration.
  static func choice<Choice: RawRepresentable<String> & CaseIterable>(of type: Choice.Type) -> ValueForm {
    .choice(type.allCases.map(\.rawValue))
  }
}

extension ValueForm {
  private static let name = "[a-z0-9-]{1,64}"
  /// The pattern of a `RitualID` in the configuration.
  static let ritualID = "^\(name)$"
  /// The pattern of a `ContentID`.
  static let contentID = "^\(name)(/\(name))?$"
  /// The pattern of a calendar's name (`SharedCalendar.isName`).
  static let calendarName = "^[a-z0-9-]{1,32}$"
  static let daySpan = "^[0-9]{1,2}:[0-9]{2}\\.\\.[0-9]{1,2}:[0-9]{2}$"
  /// A path from the root or from home.
  static let folder = "^(/|~/)"
  static let languageTag = "^[A-Za-z0-9]{2,8}(-[A-Za-z0-9]{1,8})*$"
}
