import Glibc
import SimulationRig

// Simulation [SEED [YEARS]]: lives for so many years in all, a year a world, from that seed on. Exits with 1
// where a promise is broken, and says how to see it again. Simulation mutants [YEARS]: puts each fault into
// the engine, and looks for a world in which that is noticed.
let arguments = CommandLine.arguments.dropFirst()
if arguments.first == "mutants" {
  let years = arguments.dropFirst().first.flatMap { UInt64($0) } ?? 200
  exit(try await catchMutants(years: years) ? EXIT_SUCCESS : EXIT_FAILURE)
}
let first = arguments.first.flatMap { UInt64($0) } ?? UInt64.random(in: 1...1_000_000_000)
let years = arguments.dropFirst().first.flatMap { Int($0) } ?? 100
print("Simulating \(years) years from seed \(first)")

/// A year in the world of a seed.
func live(_ seed: UInt64, telling: Bool) throws -> World {
  var world = try World(seed: seed)
  world.tells = telling
  world.live(days: 365)
  return world
}

/// Lives in every n-th world, until a promise is broken in one.
func live(in seeds: StrideTo<UInt64>) throws -> (steps: Int, broken: UInt64?) {
  var steps = 0
  for seed in seeds {
    let world = try live(seed, telling: false)
    steps += world.steps
    guard world.violations.isEmpty else { return (steps, seed) }
  }
  return (steps, nil)
}

let lanes = max(1, min(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 16))
var steps = 0
var broken: UInt64?
try await withThrowingTaskGroup { group in
  for lane in 0..<lanes {
    let seeds = stride(from: first + UInt64(lane), to: first + UInt64(years), by: lanes)
    group.addTask { try live(in: seeds) }
  }
  for try await result in group {
    steps += result.steps
    broken = [broken, result.broken].compactMap(\.self).min()
  }
}
guard let broken else {
  print("\(years) years of use, \(steps) steps: every promise kept")
  exit(EXIT_SUCCESS)
}
let world = try live(broken, telling: true)
for line in world.story { print(line) }
for violation in world.violations.prefix(5) { print(violation) }
print("A promise is broken; to see it again: make simulate SEED=\(broken) YEARS=1")
exit(EXIT_FAILURE)
