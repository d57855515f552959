/// Words in a known wrong place, until that is fixed. The fix removes its line.
struct KnownLeak {
  let exit: Sighting.Exit
  let places: Set<CanaryWords.Place>
  let reason: String

  static let all = [
    KnownLeak(
      exit: .process, places: [.guideName],
      reason: "without a service manager, a guide is opened by a command line that has its name"),
    KnownLeak(exit: .log, places: [.server], reason: "a server's name is logged as it says it"),
  ]

  func holds(_ sighting: Sighting) -> Bool { exit == sighting.exit && places.contains(sighting.place) }
}
