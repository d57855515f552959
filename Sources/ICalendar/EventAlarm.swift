package import CivilTime
import Schedules

/// A reminder of an event (RFC 5545 3.6.6, RFC 9074).
package struct EventAlarm: Hashable, Sendable {
  package enum Trigger: Hashable, Sendable {
    /// Seconds after the start, negative before it.
    case start(Int64)
    /// Seconds after the end, negative before it.
    case end(Int64)
    case at(Instant)
  }

  package let trigger: Trigger
  /// The number of repetitions of the alarm, and the seconds between two; 0 times if the file says nothing.
  package let times: Int
  package let every: Int64
  /// The last time the user answered the alarm, or a program gave it (RFC 9074 6.1).
  package let acknowledged: Instant?

  /// True if a program shows or sounds the alarm. Programs ignore unknown actions, and NONE.
  package let isSeen: Bool

  /// Nil without a trigger that can be parsed: a faulty alarm does not invalidate its event.
  init?(_ component: Component) {
    let action = component.first("ACTION")?.value.uppercased()
    isSeen = action == "DISPLAY" || action == "AUDIO" || action == "EMAIL"
    acknowledged = component.first("ACKNOWLEDGED").flatMap(Self.instant)
    guard let property = component.first("TRIGGER"), let trigger = Self.trigger(property) else { return nil }
    self.trigger = trigger
    // A limit that no user exceeds on purpose.
    let repeats = min(
      component.first("REPEAT").flatMap { Digits.number($0.value, from: 0, upTo: 20) } ?? 0, 20)
    let every = component.first("DURATION").flatMap { DurationText.seconds($0.value) } ?? 0
    times = every > 0 ? repeats : 0
    self.every = every > 0 ? every : 0
  }

  private static func trigger(_ property: Property) -> Trigger? {
    if property.parameter("VALUE")?.uppercased() == "DATE-TIME" { return instant(property).map { .at($0) } }
    guard let seconds = DurationText.seconds(property.value) else { return instant(property).map { .at($0) } }
    return property.parameter("RELATED")?.uppercased() == "END" ? .end(seconds) : .start(seconds)
  }

  /// The time of a property, which must be in UTC.
  static func instant(_ property: Property) -> Instant? {
    guard case .instant(let instant)? = try? DateValue(parsing: property.value) else { return nil }
    return instant
  }
}
