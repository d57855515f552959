import CivilTime
import Rituals

/// A disk that fails.
extension World {
  /// The durable state, and what was true when it was: the world goes back to it where a daemon ends before
  /// the disk takes the rest.
  struct Durable {
    let journal: ModelJournal
    let record: Record
    let drawn: Pile
    let began: [RitualID: Instant]
    let rests: [Timeout]
    let pauses: [Pause]
  }

  /// The disk is full, or has room again: until then what is written waits in memory.
  mutating func changeDisk() {
    if durable != nil {
      if Int.random(in: 0..<20, using: &others) == 0 { durable = nil }
    } else if Int.random(in: 0..<300, using: &others) == 0 {
      durable = Durable(
        journal: journal, record: record, drawn: drawn, began: began, rests: rests, pauses: pauses)
    }
  }

  /// The daemon has ended with what the disk did not take.
  mutating func loseWhatWaited() {
    guard let durable else { return }
    self.durable = nil
    journal = durable.journal
    let wasClockTrusted = record.isClockTrusted
    record = durable.record
    if !wasClockTrusted { record.clockWasSet() }
    drawn = durable.drawn
    began = durable.began
    rests = durable.rests
    pauses = durable.pauses
    restsBegun += 1
    // Nobody knows any more what is on the screen, but for what the journal has.
    written.formIntersection(journal.numbers)
    orphans.formUnion(screen.keys)
    disturbed = now
  }
}
