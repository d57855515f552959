import Settings
import Testing

@Suite struct MistakeTests {
  @Test(arguments: Mistake.table) func isToldWithPlaceAndWayOut(_ mistake: Mistake) {
    let loaded = Settings.load(files: [("r.toml", Array(mistake.text.utf8))], zones: FewZones())
    #expect(loaded.problems.map(\.rendered).joined(separator: "\n") == mistake.rendered)
  }
}
