package import CivilTime
import Schedules

extension CalendarText {
  /// Writes an answer into the alarms of a series (RFC 9074 6.1), unless they have one of that time or a
  /// later one. An event without an alarm gets one with an action that other programs ignore, to hold the
  /// answer. Returns whether the text has changed.
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
          alarm.first("ACKNOWLEDGED").map({ EventAlarm.instant($0).map { $0 < instant.wholeSecond } ?? true })
            ?? true
        else { continue }
        alarm.set(answer)
        component.items[index] = .component(alarm)
        isChanged = true
      }
      // Thunderbird keeps the answer in the event itself.
      if let mozilla = component.first("X-MOZ-LASTACK"),
        EventAlarm.instant(mozilla).map({ $0 < instant.wholeSecond }) ?? true
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
