import SimulationRig
import Testing

@Suite("Lives in made-up worlds")
struct SimulationTests {
  /// Worlds that once broke a promise: a nudge that overtook its notification, a lead that came
  /// through do-not-disturb, a retry on a locked screen, an old notification put away while the new one took
  /// its place, one left behind by a daemon that started after the next one had come.
  @Test(
    "Worlds in which something once went wrong go well", arguments: [2, 4, 13, 22, 24, 26, 41] as [UInt64])
  func regressions(seed: UInt64) throws {
    var world = try World(seed: seed)
    world.live(days: 120)
    #expect(world.violations.isEmpty, "\(world.violations)")
    #expect(world.steps > 100)
  }

  @Test("Other worlds too", arguments: UInt64(31)...36)
  func others(seed: UInt64) throws {
    var world = try World(seed: seed)
    world.live(days: 60)
    #expect(world.violations.isEmpty, "\(world.violations)")
  }
}
