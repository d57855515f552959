import DesktopRig
import Glibc
import Testing

/// PyPI's `icalendar` and `recurring-ical-events`, as Debian packages them (`make deps-test`).
enum Oracle {
  static let isThere =
    access("/usr/lib/python3/dist-packages/recurring_ical_events.py", F_OK) == 0
    || access("/usr/lib/python3/dist-packages/recurring_ical_events/__init__.py", F_OK) == 0

  static let absence: Comment =
    "python3-icalendar and python3-recurring-ical-events are not there: make deps-test"

  /// The output of a script of `Oracles` for each calendar.
  static func answers(_ script: String, _ calendars: [[UInt8]]) async throws -> [String] {
    let own = try #require(#filePath.firstRange(of: "Oracle.swift"))
    let input = calendars.map { "\($0.count)\n" + String(decoding: $0, as: UTF8.self) }.joined()
    let output = try await ChildProcess.run(
      "/usr/bin/python3", ["\(#filePath[..<own.lowerBound])Oracles/\(script)"],
      environment: ["LANG": "C.UTF-8"],
      input: input)
    let lines = output.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    try #require(lines.count == calendars.count + 1, "\(script): \(output.errors)")
    return Array(lines.dropLast())
  }
}

/// A generator of the same numbers for the same seed (SplitMix64).
struct Dice: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  mutating func pick<Element>(_ list: [Element]) -> Element {
    list[Int.random(in: 0..<list.count, using: &self)]
  }
  mutating func chance(_ of: Int) -> Bool { Int.random(in: 0..<of, using: &self) == 0 }
}
