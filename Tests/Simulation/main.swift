import Glibc
import SimulationRig

// Simulation [SEED [YEARS]]: lives for so many years in all, a year a world, from that seed on. Exits with 1 where a
// promise is broken, and says how to see it again.
let arguments = CommandLine.arguments.dropFirst()
let first = arguments.first.flatMap { UInt64($0) } ?? UInt64.random(in: 1...1_000_000_000)
let years = arguments.dropFirst().first.flatMap { Int($0) } ?? 100
print("Simulating \(years) years from seed \(first)")
var steps = 0
for seed in first..<first + UInt64(years) {
  var world = try World(seed: seed)
  world.tells = years == 1
  world.live(days: 365)
  steps += world.steps
  guard world.violations.isEmpty else {
    for line in world.story { print(line) }
    for violation in world.violations.prefix(5) { print(violation) }
    print("A promise is broken; to see it again: make simulate SEED=\(seed) YEARS=1")
    exit(EXIT_FAILURE)
  }
}
print("\(years) years of use, \(steps) steps: every promise kept")
