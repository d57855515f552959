package import CivilTime

extension CalendarExpression {
  /// systemd's normal form, as `systemd-analyze calendar` prints it.
  package var normalized: String {
    var text = weekdays == .all ? "" : Self.text(of: weekdays) + " "
    text += Self.text(years, width: 4) + "-" + Self.text(months, width: 2)
    text += isFromMonthEnd ? "~" : "-"
    text += Self.text(days, width: 2) + " " + Self.text(hours, width: 2) + ":" + Self.text(minutes, width: 2)
    text += ":" + secondText
    if let zone { text += " " + zone.name }
    return text
  }

  /// `Mon,Wed..Fri`: three and more in a row are a range.
  package static func text(of weekdays: WeekdaySet) -> String {
    var runs: [[Weekday]] = []
    for day in weekdays.members {
      if let last = runs.last?.last, last.rawValue + 1 == day.rawValue {
        runs[runs.count - 1].append(day)
      } else {
        runs.append([day])
      }
    }
    return runs.map { run in
      let names = run.map(\.abbreviation)
      return names.count > 2 ? names[0] + ".." + names[names.count - 1] : names.joined(separator: ",")
    }.joined(separator: ",")
  }

  private static func text(_ chain: [CalendarComponent], width: Int) -> String {
    guard !chain.isEmpty else { return "*" }
    return chain.map { component in
      var text = Digits.padded(Int(component.start), to: width)
      if let stop = component.stop { text += ".." + Digits.padded(Int(stop), to: width) }
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
    let whole = Digits.padded(Int(microseconds / 1_000_000), to: width)
    let rest = microseconds % 1_000_000
    return rest == 0 ? whole : whole + "." + Digits.padded(Int(rest), to: 6)
  }
}
