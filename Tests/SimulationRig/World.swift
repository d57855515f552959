import CivilTime
import Engine
import Rituals
import Schedules
import ZoneRig

/// A made-up world around the real engine: a clock, a journal, a notification server and a user, all moved by
/// a seed. The daemon is killed at any point between two effects, machines sleep, servers die, clocks are
/// set. After each step the promises are checked.
package struct World {
  package let seed: UInt64
  /// The broken promises, in words; empty while all is well.
  package internal(set) var violations: [String] = []
  package internal(set) var steps = 0
  /// The last events and what came of them, for who looks into a violation.
  package internal(set) var story: [String] = []
  /// True where the story is kept.
  package var tells = false

  var random: SeededGenerator
  var now: Instant
  var zone: Zone
  let zones: [Zone]
  var rituals: [Ritual]
  /// The index of each of them in `rituals`.
  private(set) var places: [RitualID: Int]
  var rules: GlobalRules
  /// True while the daemon does not know of the server yet.
  var isStarting = false
  /// Nil while the daemon does not run.
  var specimen: Specimen?
  /// A fault that every engine here is given.
  let mutation: Mutation?
  var journal = ModelJournal()
  var record = Record()
  /// While the disk takes nothing, what it has.
  var durable: Durable?
  var drawn = Pile()

  /// The notifications on the screen of the present server, by number.
  var screen: [UInt32: Reminder] = [:]
  /// Shown by a daemon that was killed before it knew.
  var orphans: Set<UInt32> = []
  var lastNumber: UInt32 = 0
  var serverSerial = 1
  /// The number of starts of the daemon.
  var lives = 0
  var isServerThere = true
  /// Messages to the server that it has not taken yet.
  var sent: [Sent] = []
  /// Cards that the server refused last, and when.
  var refused: [Int: Instant] = [:]
  var circumstances: Set<Circumstance> = []
  /// The rests of timeouts, latest last.
  var rests: [Timeout] = []
  /// The number of rests: where the clock was set back, two may have the same times.
  var restsBegun = 0
  /// The number of times that each question and each offer was put on a screen where it was not.
  var timeoutsShown: [TimeoutNotification: Int] = [:]
  /// The reminder whose guide is to open right now.
  var begun: Occurrence?
  /// The answers that the user means right now.
  var meant: [Occurrence: Answer] = [:]
  /// Reminders that the user, or the server, put away from the screen.
  var putAway: Set<Occurrence> = []
  /// Numbers that the journal knew of when the daemon began, and that it does not count as shown.
  var inherited: Set<UInt32> = []
  /// Numbers that were ever written down: of others, a daemon that begins knows nothing.
  var written: Set<UInt32> = []
  /// Numbers that this daemon has heard of.
  var heard: Set<UInt32> = []
  /// Reminders that were put away last.
  var lastPutAway: Set<Occurrence> = []
  /// The pauses that were ordered, latest last.
  var pauses: [Pause] = []
  /// Rituals that the user removed by a command.
  var removed: Set<RitualID> = []
  /// Enabled rituals of the configuration that the daemon has.
  var configured: Set<RitualID> = []
  /// When something was on its way, a server was away, or the daemon began, last.
  var restless: Instant?
  /// When a clock was set, a file edited or a border crossed last.
  var disturbed: Instant?
  /// True where clocks are set, the user travels and files are edited: then nothing is counted.
  let isWild: Bool
  /// From when on each ritual counts, once that was durable.
  var began: [RitualID: Instant] = [:]
  /// True where the rituals are in a calendar that others share.
  let isShared: Bool
  /// The generator of what the others do: without them a world is the same.
  var others: SeededGenerator
  /// The answers that the calendar has.
  var answers: [RitualID: Instant] = [:]
  /// Rituals that the daemon cannot read, or whose files are away.
  var asleep: Set<RitualID> = [] {
    didSet {
      for id in absent.keys where !asleep.contains(id) { returned[id] = now }
      absent = absent.filter { asleep.contains($0.key) }
      for id in asleep where absent[id] == nil { absent[id] = now }
    }
  }
  /// The instants at which rituals came back from that.
  var returned: [RitualID: Instant] = [:]
  /// Since when each of them is.
  var absent: [RitualID: Instant] = [:]
  /// Those of all starts: what left out an occurrence may be over when their schedule is known again.
  var slept: Set<RitualID> = []
  /// The instant at which each ritual left the configuration last.
  var left: [RitualID: Instant] = [:]

  package init(seed: UInt64, mutation: Mutation? = nil) throws {
    self.seed = seed
    self.mutation = mutation
    random = SeededGenerator(seed: seed)
    let source = TestZones.all()
    zones = try [
      "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Casablanca",
      "Pacific/Apia", "Asia/Kathmandu", "UTC",
    ].map { try source.zone(named: $0) }
    zone = zones[Int.random(in: 0..<zones.count, using: &random)]
    // Somewhere from 2010 on: a day that Apia left out, and every other change.
    now = Instant(seconds: 1_262_304_000 + .random(in: 0..<600_000_000, using: &random))
    isWild = Int.random(in: 0..<5, using: &random) < 2
    others = SeededGenerator(seed: seed ^ 0x6f74_6865_7273)
    isShared = Int.random(in: 0..<3, using: &others) == 0
    rules = Self.rules(&random)
    // Mostly a few rituals, seldom two hundred.
    let counts = [1, 2, 2, 3, 3, 3, 5, 5, 8, 30]
    var count = counts[Int.random(in: 0..<counts.count, using: &random)]
    if count == 30, Int.random(in: 0..<10, using: &random) == 0 { count = 200 }
    var rituals: [Ritual] = []
    for number in 0..<count { rituals.append(try Self.ritual(number, of: count, zones, &random)) }
    self.rituals = rituals
    places = Dictionary(uniqueKeysWithValues: rituals.enumerated().map { ($0.element.id, $0.offset) })
    start()
  }

  /// A message on its way to the server. It takes them in their order, and answers each before it tells of
  /// what the user does after it.
  enum Sent {
    case notify(Reminder)
    case close(UInt32)
  }

  /// A notification that a timeout shows once, on one server and in one life of the daemon.
  struct TimeoutNotification: Hashable {
    let kind: Reminder.Kind
    let rest: Int
    let until: Instant
    let server: Int
    let life: Int
  }

  /// Another ritual is written.
  mutating func add(_ ritual: Ritual) {
    places[ritual.id] = rituals.count
    rituals.append(ritual)
  }

  var server: String { "bus/:1.\(serverSerial)" }

  mutating func toss(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &random) == 0 }

  mutating func microseconds(upTo seconds: Int64) -> Int64 {
    .random(in: 0..<seconds * 1_000_000, using: &random)
  }

  /// Lives for some time of its clock, or until a promise is broken.
  package mutating func live(days: Int) {
    let end = now.advanced(byMicroseconds: Int64(days) * 86_400_000_000)
    var nextPruning = now
    var nextForgetting = now
    while now < end, violations.isEmpty {
      step()
      steps += 1
      if now > nextPruning || now < nextPruning.advanced(byMicroseconds: -16 * 86_400_000_000) {
        nextPruning = now.advanced(byMicroseconds: 8 * 86_400_000_000)
        journal.forget(before: now.advanced(byMicroseconds: -4 * 86_400_000_000))
        written.formIntersection(journal.numbers)
        guard now > nextForgetting else { continue }
        nextForgetting = now.advanced(byMicroseconds: 30 * 86_400_000_000)
        record.forget(before: now.advanced(byMicroseconds: -60 * 86_400_000_000))
      }
    }
    guard violations.isEmpty else { return }
    if specimen == nil { start() }
    if !asleep.isEmpty { wake() }
    answerServer()
    if !isWild { count() }
  }
}
