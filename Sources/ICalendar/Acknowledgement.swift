package import CivilTime
import Schedules

extension CalendarText {
  /// Writes into the alarms of a series that somebody has answered them (RFC 9074 6.1), where that is not
  /// known already of that time or a later one. An event that nobody is reminded of elsewhere gets an alarm
  /// that other programs pass over, to hold the answer. Returns whether anything was to be written.
  package mutating func acknowledge(_ uid: String, at instant: Instant) -> Bool {
    let answer = Property(
      "ACKNOWLEDGED", value: DateValue.instant(instant.wholeSecond).text, newline: newline)
    let newline = newline
    var isChanged = false
    update { component, _ in
      guard component.name == "VEVENT" || component.name == "VTODO", component.text("UID") == uid else {
        return
      }
      var isHeld = false
      for index in component.items.indices {
        guard case .component(var alarm) = component.items[index], alarm.name == "VALARM",
          alarm.first("ACTION")?.value.uppercased() != "NONE"
        else { continue }
        isHeld = true
        guard
          alarm.first("ACKNOWLEDGED").map({ Alarm.instant($0).map { $0 < instant.wholeSecond } ?? true })
            ?? true
        else { continue }
        alarm.set(answer)
        component.items[index] = .component(alarm)
        isChanged = true
      }
      // Mozilla's programs look for it there.
      if let mozilla = component.first("X-MOZ-LASTACK"),
        Alarm.instant(mozilla).map({ $0 < instant.wholeSecond }) ?? true
      {
        component.set(mozilla.with(value: answer.value, newline: newline))
        isChanged = true
      }
      guard !isHeld, component.first("RECURRENCE-ID") == nil else { return }
      let lines = [
        Property("ACTION", value: "X-RITUAL", newline: newline),
        Property("TRIGGER", value: "PT0S", newline: newline),
      ]
      component.add(
        .component(Component("VALARM", (lines + [answer]).map { .property($0) }, newline: newline)))
      isChanged = true
    }
    return isChanged
  }
}
