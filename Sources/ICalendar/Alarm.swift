package import CivilTime
import Schedules

/// When a calendar program speaks of an event (RFC 5545 3.6.6, RFC 9074).
package struct Alarm: Hashable, Sendable {
  package enum Trigger: Hashable, Sendable {
    /// Seconds after the start, negative before it.
    case start(Int64)
    /// Seconds after the end, negative before it.
    case end(Int64)
    case at(Instant)
  }

  package let trigger: Trigger
  /// How often it comes again, and after how many seconds each; 0 times where nothing is said.
  package let times: Int
  package let every: Int64
  /// When somebody last answered it, or a program last gave it (RFC 9074 6.1).
  package let acknowledged: Instant?

  /// Whether people see or hear it: programs pass over actions that they do not know, and NONE is one of
  /// them.
  package let isSeen: Bool

  /// Nil for one without a trigger that is understood: an alarm that is not right spoils no event.
  init?(_ component: Component) {
    let action = component.first("ACTION")?.value.uppercased()
    isSeen = action == "DISPLAY" || action == "AUDIO" || action == "EMAIL"
    acknowledged = component.first("ACKNOWLEDGED").flatMap(Self.instant)
    guard let property = component.first("TRIGGER"), let trigger = Self.trigger(property) else { return nil }
    self.trigger = trigger
    // Nobody wants to hear of it more often, whatever stands there.
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

  /// A time in UTC, which it has to be.
  static func instant(_ property: Property) -> Instant? {
    guard case .instant(let instant)? = try? DateValue(parsing: property.value) else { return nil }
    return instant
  }
}
