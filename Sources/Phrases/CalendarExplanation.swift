package import Schedules

extension CalendarExpression {
  /// The expression in English: `Every weekday at 08:05`, `On the last Friday of every month at 17:00`. Times
  /// are local, unless the expression names a zone. Expressions with the same explanation have the same
  /// occurrences.
  package var explanation: String {
    let time = CalendarTimeWords(self)
    let day = CalendarDayWords(self)
    var text: String
    if let date = day.singleDate, time.isSingle {
      text = "once, on \(date) \(time.text)"
    } else if time.isInterval {
      text = day.isEveryDay ? time.text : "\(time.text), \(day.text)"
    } else {
      text = day.text + (day.endsInClause ? ", " : " ") + time.text
    }
    if let zone { text += ", \(English.zoneName(zone))" }
    if !hasOccurrence { text += ", which never comes" }
    return text.capitalizedFirst
  }
}

extension String {
  /// The text with a capital at its beginning.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
