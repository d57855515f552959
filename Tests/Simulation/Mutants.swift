import SimulationRig

/// Lives with each fault in the engine until a promise is broken, at most for so many years. Returns whether
/// every one was noticed.
func catchMutants(years: UInt64) async throws -> Bool {
  var missed: [Mutation] = []
  for mutation in Mutation.allCases {
    guard let caught = try firstBroken(by: mutation, years: years) else {
      missed.append(mutation)
      print("\(mutation): NOT noticed in \(years) years")
      continue
    }
    print("\(mutation): \(caught)")
  }
  print("\(Mutation.allCases.count - missed.count) of \(Mutation.allCases.count) faults were noticed")
  return missed.isEmpty
}

/// The first promise that an engine with that fault breaks; nil where it breaks none.
private func firstBroken(by mutation: Mutation, years: UInt64) throws -> String? {
  for seed in stride(from: 1, through: years, by: 1) {
    var world = try World(seed: seed, mutation: mutation)
    world.live(days: 365)
    if let violation = world.violations.first { return violation }
  }
  return nil
}
