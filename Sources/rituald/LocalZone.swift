import CivilTime
import Logging
import SystemZones

/// The machine's time zone, as far as it can be read.
final class LocalZone {
  let zones = SystemZones()
  /// The reason why the machine's zone cannot be read, and the zone in its place; nil if it can be read.
  private(set) var failure: String?

  private let log: Logger

  init(_ log: Logger) { self.log = log }

  /// The machine's zone now; `fallback` if it cannot be read: the machine has not moved because of a broken
  /// file.
  func read(or fallback: Zone) -> Zone {
    do {
      let zone = try zones.local()
      failure = nil
      return zone
    } catch {
      let text = "the machine's time zone cannot be read, going by \(fallback.name): \(error)"
      log.error("\(text)")
      failure = text
      return fallback
    }
  }
}
