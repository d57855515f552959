import CivilTime
import Control
import DesktopRig
import Dispatch
import Glibc
import Varlink

/// A service on the main queue, like the daemon's, the real `ritualctl watch`, and a client that sends
/// requests.
final class WatchBench {
  private let service = VarlinkService(.init(vendor: "v", product: "p", version: "1", url: "u"))
  private let path: String
  private var watcher: ChildProcess?
  private var call: Call?
  private var timer: (any DispatchSourceTimer)?
  private var began: UInt64 = 0
  private var told = 0
  private let eventsPerSecond = 10_000

  init(path: String, watcher program: String) throws {
    self.path = path
    service.add(try InterfaceDescription(parsing: controlInterface))
    service.handle(Method.name("Resume")) { call in try call.reply(ResumeReply(orders: [])) }
    service.handle(Method.name("Watch")) { [unowned self] call in
      self.call = call
      try call.reply(WatchReply(), continues: true)
      ask { self.compare(with: $0) }
    }
    service.onIncident = { print("An incident: \($0)") }
    try service.listen(on: ListeningSocket(at: path))
    watcher = try ChildProcess(program, ["watch", "--json", "--socket", path], environment: ["HOME": "/"])
  }

  /// Sends 2000 requests beside the main queue, and gives the median and the 99th percentile in microseconds.
  private func ask(_ done: @escaping @MainActor ((median: Double, late: Double)) -> Void) {
    let path = path
    DispatchQueue.global().async {
      var times: [UInt64] = []
      do {
        let client = try VarlinkClient(path: path)
        for _ in 0..<2000 {
          let start = DispatchTime.now().uptimeNanoseconds
          _ = try client.call(Method.name("Resume"), as: ResumeReply.self)
          times.append(DispatchTime.now().uptimeNanoseconds - start)
          usleep(500)  // asked often, not all of the time
        }
      } catch {
        print("\(error)")
        exit(EXIT_FAILURE)
      }
      times.sort()
      let result = (median: Double(times[1000]) / 1000, late: Double(times[1980]) / 1000)
      DispatchQueue.main.async { MainActor.assumeIsolated { done(result) } }
    }
  }

  private func compare(with quiet: (median: Double, late: Double)) {
    startTelling()
    ask { [unowned self] busy in
      let seconds = Double(DispatchTime.now().uptimeNanoseconds - began) / 1_000_000_000
      report("a call while nothing happens", quiet)
      report("a call while it tells a watcher", busy)
      let rate = Int(Double(told) / seconds)
      // The delay is less than a frame of a screen.
      let isFine = call?.isOpen == true && rate > eventsPerSecond * 98 / 100 && busy.late < 16_000
      print(
        "events a second, to ritualctl watch: \(rate), target: all, and calls within 16 ms: \(isFine ? "ok" : "MISSED")"
      )
      watcher?.end()
      exit(isFine ? EXIT_SUCCESS : EXIT_FAILURE)
    }
  }

  /// Sends as many events each millisecond as are due by then.
  private func startTelling() {
    let moment = Moment(Instant(seconds: 1_795_763_100), in: .utc)
    let news = WatchReply(
      entry: Control.Entry(
        at: moment, ritual: "kiss", title: "Goodbye kiss", scheduled: moment, what: .shown, count: 1))
    began = DispatchTime.now().uptimeNanoseconds
    let timer = DispatchSource.makeTimerSource(queue: .main)
    timer.schedule(deadline: .now(), repeating: .milliseconds(1))
    timer.setEventHandler { [unowned self] in
      MainActor.assumeIsolated {
        let due = Int(
          (DispatchTime.now().uptimeNanoseconds - began) / UInt64(1_000_000_000 / eventsPerSecond))
        while told < due {
          told += 1
          // As in the daemon, the text is made once an event.
          if let reply = try? EncodedReply(news, continues: true) { try? call?.reply(reply) }
        }
      }
    }
    timer.activate()
    self.timer = timer
  }

  private func report(_ name: String, _ times: (median: Double, late: Double)) {
    print("\(name): \(Int(times.median)) µs, 99 of 100 within \(Int(times.late)) µs")
  }
}
