package import CivilTime

/// The reason why a due reminder is not shown yet.
package enum Hold: Hashable, Sendable {
  case paused(until: Instant?)
  case timeout(until: Instant)
  case quietHours(until: Instant)
  case circumstance(Circumstance)

  /// The time when it ends by itself, if that is known.
  package var until: Instant? {
    switch self {
    case .paused(let until): until
    case .timeout(let until): until
    case .quietHours(let until): until
    case .circumstance: nil
    }
  }

  /// The word for it in the journal and on the wire.
  package var reason: Reason {
    switch self {
    case .paused: .paused
    case .timeout: .timeout
    case .quietHours: .quietHours
    case .circumstance(.locked): .locked
    case .circumstance(.doNotDisturb): .doNotDisturb
    case .circumstance(.idle): .idle
    case .circumstance(.screenShared): .screenShared
    }
  }

  package enum Reason: String, CaseIterable, Hashable, Sendable {
    case paused
    case timeout
    case quietHours = "quiet-hours"
    case locked
    case doNotDisturb = "do-not-disturb"
    case idle
    case screenShared = "screen-shared"
  }
}
