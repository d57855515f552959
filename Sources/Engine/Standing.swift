import CivilTime
package import Rituals

extension Engine {
  /// What the journal would give back at a start: for a journal that has to be begun anew while the daemon runs. An
  /// engine that begins with it goes on as this one does.
  package var standing: Snapshot {
    var snapshot = unclaimed ?? Snapshot()
    snapshot.open = reminders
    snapshot.orders = standingOrders
    snapshot.draws = draws
    snapshot.timeout = timeout
    for id in tracks.keys { snapshot.tracked[id] = tracking(of: id) }
    return snapshot
  }

  /// Occurrences later than now that have come already and must not come again.
  package var handledBefore: [Occurrence] {
    handledAhead.sorted { ($0.scheduled, $0.ritual) < ($1.scheduled, $1.ritual) }
  }

  /// From when on the ritual counts, and the early word that was given of it last; nil where it is unknown.
  func tracking(of id: RitualID) -> Tracking? {
    let lead = leads[id].map { lead in
      Lead(scheduled: lead.scheduled, display: lead.card.flatMap { cards[$0]?.display } ?? lead.left)
    }
    if let track = tracks[id] {
      return Tracking(fingerprint: track.ritual.fingerprint, since: track.since, lead: lead)
    }
    return unclaimed?.tracked[id].map {
      Tracking(fingerprint: $0.fingerprint, since: $0.since, lead: lead, away: $0.away)
    }
  }
}
