import ArgumentParser
import CivilTime
import Control
import Glibc
import SystemZones

struct BarCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "bar", abstract: "A line for a status bar: what is waiting, or what comes next.",
    discussion: """
      waybar:    "custom/ritual": {
                   "exec": "ritualctl bar --format waybar --follow",
                   "return-type": "json"
                 }
      i3blocks:  command=ritualctl bar --format i3blocks --follow
                 interval=persist
                 format=json

      With --json the same is one JSON object: class, text, short, tooltip.
      """)

  @Option(help: "plain, waybar or i3blocks.")
  var format = BarFormat.plain

  @Flag(help: "Keep running, and print it again whenever it changes.")
  var follow = false

  @OptionGroup var options: GlobalOptions

  func run() throws {
    signal(SIGPIPE, SIG_DFL)
    guard follow else {
      let (state, today) = try answers()
      return Terminal.write(try text(BarLine(state, today, now: SystemClock.now)))
    }
    try printEachChange()
  }

  private func answers() throws -> (State, TodayReply) {
    let state = try options.daemon.call("Status", member: "state", as: State.self).value
    return (state, try options.daemon.call("Today", as: TodayReply.self).value)
  }

  private func text(_ bar: BarLine) throws -> String {
    options.json ? try JSONLine.text(of: bar) : try format.text(bar, isFollowing: follow)
  }

  /// Prints the text each time it changes, because something happened or a minute is over.
  private func printEachChange() throws {
    let alarm = try WallClockAlarm()
    var printed: BarLine?
    func show(_ bar: BarLine) throws {
      guard bar != printed else { return }
      printed = bar
      Terminal.write(try text(bar))
    }
    func update() throws {
      do {
        let (state, today) = try answers()
        let now = SystemClock.now
        try show(BarLine(state, today, now: now))
        alarm.set(BarLine.nextChange(state, now: now))
      } catch is DaemonClient.Unreachable {
        // The follower below hears of it, too.
        alarm.set(nil)
      }
    }
    // Many events at once are one reason to ask the daemon.
    var isStale = false
    try EventFollower(daemon: options.daemon, isPatient: true).run(
      waiting: { socket in
        if isStale { try update() }
        isStale = false
        try alarm.wait(for: socket) { try update() }
      },
      { event in
        switch event {
        case .following, .news: isStale = true
        // A restart is over at the second attempt; the bar does not blink for it.
        case .absent(let failures, let reason): if failures > 1 { try show(.off(reason)) }
        }
      })
  }
}
