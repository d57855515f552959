import CivilTime
import Rituals
import Schedules

/// Early words of occurrences to come.
extension Engine {
  /// When the early word of an occurrence is to be given; nil where there is none to give.
  func leadTime(of id: RitualID, before scheduled: Instant) -> Instant? {
    guard let track = tracks[id], let lead = track.ritual.lead, leads[id]?.scheduled != scheduled else {
      return nil
    }
    // One that would have to be given before the ritual was there, or before its last occurrence, is none.
    let time = scheduled.advanced(byMicroseconds: -lead.microseconds)
    return time > track.since ? time : nil
  }

  /// Gives the early word of the ritual's next occurrence, where nothing keeps it back.
  mutating func announce(_ id: RitualID, _ step: inout Step) {
    guard let track = tracks[id], let scheduled = track.next(in: zone, except: handledAhead),
      scheduled > step.now
    else { return }
    dismissLead(of: [id], &step)
    leads[id] = GivenLead(scheduled: scheduled, left: leads[id]?.left)
    recordTracking(of: id, &step)
    guard hold(on: track.ritual, at: step.now) == nil else { return }
    let card = deal(.lead, to: [id], &step)
    leads[id]?.card = card
  }

  /// The occurrence itself comes in the place of its early word. Where that is on the screen stays written
  /// down: a daemon that ends before the reminder is there finds it again.
  mutating func replaceLead(of id: RitualID, _ step: inout Step) {
    guard let card = leads[id]?.card else { return }
    takeCard(card, from: id, &step)
  }

  private mutating func takeCard(_ card: Card.ID, from id: RitualID, _ step: inout Step) {
    if !isServerKnown, let display = cards[card]?.display { leads[id]?.left = display }
    leads[id]?.card = nil
    drop(card, &step)
  }

  /// The server is known, and what was left on it goes: nothing of it is written down any more.
  mutating func forgetLeftLeads(_ step: inout Step) {
    for id in leads.filter({ $0.value.left != nil }).keys.sorted() {
      leads[id]?.left = nil
      recordTracking(of: id, &step)
    }
  }

  /// Takes early words off the screen.
  mutating func dismissLead(of ids: [RitualID], _ step: inout Step) {
    for id in ids {
      guard let card = leads[id]?.card else { continue }
      takeCard(card, from: id, &step)
      recordTracking(of: id, &step)
    }
  }

  /// Writes down from when on the ritual counts.
  mutating func recordTracking(of id: RitualID, _ step: inout Step) {
    guard let tracking = tracking(of: id) else { return }
    if tracks[id] == nil { unclaimed?.tracked[id] = tracking }
    step.record(.track(id, tracking))
  }
}
