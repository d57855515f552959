package import CivilTime
package import Rituals

extension Note {
  /// A note of the private journal, with its time in the user's time zone.
  package init(_ kept: KeptNote, in zone: Zone) {
    let note = kept.note
    self.init(
      id: kept.id.map { Int($0) }, at: Moment(note.at, in: zone),
      kind: kept.unknownKind == nil ? Kind(rawValue: note.kind.rawValue) : .unknown, text: note.text,
      ritual: note.ritual?.text, guide: note.guide, word: kept.unknownKind, length: kept.length)
  }
}
