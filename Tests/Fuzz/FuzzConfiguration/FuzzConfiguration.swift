import CivilTime
import Fuzzing
import Rituals
import Schedules
import Settings
import ZoneRig

/// A whole configuration on the disk: `ritual.toml`, drop-ins, decks, guides and presets that refer to each
/// other. A line `#% PATH` begins the next file. Every mistake has a place, every suggestion is valid, and a
/// change changes nothing else.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzConfiguration(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let zones = TestZones.all()
  let files = ConfigurationFiles(Input(start, count).bytes)
  defer { files.remove() }
  let library = Library(folders: [files.own, files.shipped])
  let loaded = Settings.load(folder: files.configuration, zones: zones, content: library.names)
  checkPlaces(loaded.problems + library.check(zones: zones))
  let again = Settings.load(
    folder: files.configuration, zones: zones, content: library.names, after: loaded.configuration)
  check(
    again.configuration.rituals.map(words) == loaded.configuration.rituals.map(words),
    "the same files have other rituals")
  checkContent(library, zones)
  guard let id = loaded.configuration.rituals.first?.id else { return 0 }
  checkChanges(of: id, loaded.configuration.rituals, in: files.configuration, zones, library)
  return 0
}

private func checkPlaces(_ problems: [Problem]) {
  for problem in problems {
    check(problem.line >= 0 && problem.column >= 0, "a mistake at \(problem.line):\(problem.column)")
  }
}

/// Decks, guides and presets are within their bounds; rituals of a preset can be copied.
private func checkContent(_ library: Library, _ zones: any ZoneSource) {
  for id in library.ids(of: .decks) {
    guard let deck = library.deck(id).value else { continue }
    check(Set(deck.prompts.map(\.id)).count == deck.prompts.count, "a prompt is twice in \(id)")
    for prompt in deck.prompts {
      let length = prompt.text.count
      check(length > 0 && length <= Prompt.maximumLength, "a prompt of \(length) characters")
    }
  }
  for id in library.ids(of: .guides) {
    guard let guide = library.guide(id).value else { continue }
    check(!guide.steps.isEmpty, "the guide \(id) has no steps")
  }
  for preset in library.presets(zones: zones) {
    for ritual in preset.rituals {
      let copy = Settings.load(files: [("copy.toml", Array(ritual.text.utf8))], zones: zones)
      check(
        copy.configuration.rituals.map(\.id) == [ritual.ritual.id],
        "a copy of \(ritual.ritual.id) is another: \(ritual.text)")
    }
  }
}

/// A new title is set, a removed ritual is gone, and all other rituals stay; or the change is refused.
private func checkChanges(
  of id: RitualID, _ rituals: [Ritual], in folder: String, _ zones: any ZoneSource, _ library: Library
) {
  let world = ConfigurationEditor.Context(zones: zones, content: library.names)
  let others = rituals.filter { $0.id != id }.map(words)
  let now = { Settings.load(folder: folder, zones: zones, content: library.names).configuration.rituals }
  if let changed = try? ConfigurationEditor.change(
    id, [RitualChange(key: "title", values: ["Fuzz"])], in: folder, world)
  {
    check(now().first { $0.id == id }?.title == "Fuzz", "\(id) in \(changed.file) has another title")
    check(now().filter { $0.id != id }.map(words) == others, "a new title of \(id) changed others")
  } else {
    check(now().map(words) == rituals.map(words), "a refused change changed something")
  }
  if (try? ConfigurationEditor.remove(id, from: folder, world)) != nil {
    // A ritual of this id in a later file, which this one had hidden, may take its place.
    check(now().filter { $0.id != id }.map(words) == others, "the removal of \(id) changed others")
  }
}

/// The words of a ritual, and its next time.
private func words(_ ritual: Ritual) -> [String] {
  let next = ritual.schedule.next(after: Instant(seconds: 1_795_000_000), in: ritual.zone ?? .utc)
  return [
    ritual.id.text, ritual.title, ritual.message ?? "", "\(ritual.isEnabled)", next.map { "\($0)" } ?? "",
  ]
}
