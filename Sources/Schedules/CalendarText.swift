import CivilTime

extension CalendarExpression {
  /// systemd's normal form, as `systemd-analyze calendar` prints it.
  package var normalized: String {
    var text = weekdayText
    text += Self.text(years, width: 4) + "-" + Self.text(months, width: 2)
    text += isFromMonthEnd ? "~" : "-"
    text += Self.text(days, width: 2) + " " + Self.text(hours, width: 2) + ":" + Self.text(minutes, width: 2)
    text += ":" + secondText
    if let zone { text += " " + zone.name }
    return text
  }

  static let weekdayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

  var weekdayText: String {
    guard weekdays != Self.everyDay else { return "" }
    var runs: [String] = []
    var index = 0
    while index < 7 {
      guard weekdays & 1 << index != 0 else { index += 1; continue }
      let first = index
      while index < 7, weekdays & 1 << index != 0 { index += 1 }
      let last = index - 1
      let ends = Self.weekdayNames[first] + (last - first > 1 ? ".." : ",") + Self.weekdayNames[last]
      runs.append(first == last ? Self.weekdayNames[first] : ends)
    }
    return runs.joined(separator: ",") + " "
  }

  private static func text(_ chain: [CalendarComponent], width: Int) -> String {
    guard !chain.isEmpty else { return "*" }
    return chain.map { component in
      var text = padded(component.start, width)
      if let stop = component.stop { text += ".." + padded(stop, width) }
      if let step = component.step, component.stop == nil || step != 1 { text += "/\(step)" }
      return text
    }.joined(separator: ",")
  }

  private var secondText: String {
    if seconds.first == CalendarComponent(start: 0, stop: nil, step: 1_000_000) { return "*" }
    return seconds.map { component in
      var text = Self.fraction(component.start, width: 2)
      if let stop = component.stop { text += ".." + Self.fraction(stop, width: 2) }
      if let step = component.step, component.stop == nil || step != 1_000_000 {
        text += "/" + Self.fraction(step, width: 1)
      }
      return text
    }.joined(separator: ",")
  }

  private static func fraction(_ microseconds: Int64, width: Int) -> String {
    let whole = padded(microseconds / 1_000_000, width)
    let rest = microseconds % 1_000_000
    return rest == 0 ? whole : whole + "." + padded(rest, 6)
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
