import CivilTime
import Glibc
import Journal
import Rituals

// Measures the journal after a year of 100 rituals, each once a day: the cost of a start, of a reminder and
// of the work behind them. Run by scripts/bench-journal, which gives the path of the files.

let rituals = 100
let days: Int64 = 365
let day: Int64 = 86_400_000_000
let begin = Instant(seconds: 1_764_201_600)
let now = begin.advanced(byMicroseconds: days * day)

func fail(_ text: String) -> Never {
  print(text)
  exit(EXIT_FAILURE)
}

/// Milliseconds of CLOCK_MONOTONIC that `body` takes.
func milliseconds(_ body: () throws -> Void) -> Double {
  func time() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) * 1_000 + Double(time.tv_nsec) / 1_000_000
  }
  let start = time()
  do { try body() } catch { fail("\(error)") }
  return time() - start
}

func median(of rounds: Int, _ body: () throws -> Void) -> Double {
  (0..<rounds).map { _ in milliseconds(body) }.sorted()[rounds / 2]
}

func report(_ name: String, _ value: Double, target: Double? = nil) {
  let rounded = (value * 100).rounded() / 100
  guard let target else { return print("\(name): \(rounded) ms") }
  print("\(name): \(rounded) ms   target: \(target): \(value <= target ? "ok" : "MISSED")")
}

func ritual(_ number: Int) -> RitualID {
  guard let id = RitualID("ritual-\(number)") else { fail("no id") }
  return id
}

func changes(_ number: Int, at scheduled: Instant) -> [Change] {
  let occurrence = Occurrence(ritual: ritual(number), scheduled: scheduled)
  let happenings: [Happening] = [
    .due, .shown(NotificationID(server: "0123456789abcdef0123456789abcdef :1.42", number: 7)),
    .done(by: .notification),
  ]
  return happenings.map { .entry(Entry(occurrence, title: "A ritual of ours", at: scheduled, $0)) }
}

guard CommandLine.arguments.count == 2 else { fail("usage: JournalBench FOLDER") }
let path = CommandLine.arguments[1] + "/state/journal.sqlite"

do {
  let journal = try Journal(at: path)
  for number in 0..<rituals {
    try journal.commit([.track(ritual(number), Tracking(fingerprint: "22:15\nlocal", since: begin))])
  }
  for past in 0..<days {
    let scheduled = begin.advanced(byMicroseconds: past * day)
    try journal.commit((0..<rituals).flatMap { changes($0, at: scheduled) })
    try journal.checkpoint()
  }
} catch {
  fail("\(error)")
}

report(
  "open, and read what a start needs", median(of: 21) { _ = try Journal.open(at: path, now: now) }, target: 10
)
report("check the whole file", median(of: 5) { try IntegrityCheck(of: path).run(until: Cancellation()) })

do {
  let journal = try Journal(at: path)
  var number = 0
  report(
    "commit what happened",
    median(of: 101) {
      number += 1
      try journal.commit(changes(number % rituals, at: now.advanced(byMicroseconds: Int64(number))))
    })
  var slowest = 0.0
  var batches = 0
  var count = 1
  let all = milliseconds {
    while count > 0 {
      slowest = max(
        slowest,
        milliseconds {
          count = try journal.compact(
            before: now, in: .utc, now: now, limit: Journal.compactionBatch)
        })
      try journal.checkpoint()
      batches += 1
    }
  }
  report("compact the year, the slowest of \(batches) batches", slowest, target: 20)
  report("compact the year", all)
} catch {
  fail("\(error)")
}
