/// Words that are known to be where they do not belong, until that is mended. A mend takes its line away with
/// it.
struct KnownLeak {
  let exit: Sighting.Exit
  let places: Set<CanaryWords.Place>
  let reason: String

  static let all = [
    KnownLeak(
      exit: .process, places: [.guideName],
      reason: "a guide is opened by a command line that has its name, which every user can read"),
    KnownLeak(exit: .log, places: [.mistakenDeck], reason: "a deck's path is logged where it has mistakes"),
    KnownLeak(
      exit: .log, places: [.guideName], reason: "a server's error is logged that says a guide's name"),
    KnownLeak(exit: .log, places: [.server], reason: "a server's name is logged as it says it"),
    KnownLeak(
      exit: .discreetHint, places: [.id, .privateID], reason: "the tag of a notification has the ritual's id"),
    KnownLeak(
      exit: .lockedHint, places: [.id, .privateID], reason: "the tag of a notification has the ritual's id"),
    KnownLeak(
      exit: .mode, places: Set(CanaryWords.Place.allCases), reason: "export makes files that others may read"),
  ]

  func holds(_ sighting: Sighting) -> Bool { exit == sighting.exit && places.contains(sighting.place) }
}
