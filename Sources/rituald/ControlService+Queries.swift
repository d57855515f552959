import CivilTime
import Control
import Desktop
import Engine
import Glibc
import Journal
import Phrases
import Rituals
import Schedules
import Settings
import SystemZones
import Varlink

/// Status, lists and the log.
extension ControlService {
  func addQueries() {
    handle(StatusRequest.self) { [unowned self] _, call in try call.reply(StatusReply(state: state)) }
    handle(ListRequest.self) { [unowned self] _, call in try call.reply(try encodedList()) }
    handle(NextRequest.self) { [unowned self] request, call in
      guard (1...1000).contains(request.count) else {
        throw InvalidValue(name: "count", text: "\(request.count)", accepted: "1 to 1000")
      }
      try call.reply(NextReply(coming: coming(count: request.count)))
    }
    addDays()
    handle(LogRequest.self) { [unowned self] request, call in
      try call.reply(try log(request))
    }
  }

  private var state: State {
    let loaded = daemon.loaded
    let notifications = daemon.notifications
    let journal = daemon.journal
    let waiting = if case .behind(let count, _) = journal.state { count } else { 0 }
    return State(
      version: ritualVersion, pid: Int(getpid()), since: moment(daemon.started),
      renewalFailure: daemon.renewalFailure(), timezone: zone.name,
      timezoneFailure: daemon.local.failure, configuration: daemon.paths.configuration,
      watchFailure: daemon.watchFailure,
      rituals: loaded.configuration.rituals.count,
      problems: loaded.problems.map { Control.Problem($0) } + daemon.calendars.problems,
      journal: daemon.paths.journal,
      journalFailure: journal.failure.map { "\($0)" }, journalDisplaced: journal.displaced.map { "\($0)" },
      waiting: waiting,
      server: notifications.server.map { server in
        Server(
          name: server.name, vendor: server.vendor, version: server.version,
          capabilities: server.capabilities.map(\.rawValue).sorted(), remark: notifications.remark)
      },
      serverFailure: notifications.server == nil ? notifications.absence : nil,
      guideFailure: daemon.guideFailure, next: coming(count: 1).first,
      reminders: daemon.engine.openOccurrences.map { reminder($0) },
      orders: daemon.engine.standingOrders.map(info) + timeoutOrder, session: session, away: away)
  }

  private func encodedList() throws -> EncodedReply {
    if let list, list.revision == daemon.revision { return list.reply }
    let open = Dictionary(
      uniqueKeysWithValues: daemon.engine.openOccurrences.map { ($0.occurrence.ritual, $0) })
    let rituals = daemon.loaded.configuration.rituals.map { info($0, reminder: open[$0.id]) }
    let reply = try EncodedReply(ListReply(rituals: rituals), continues: false)
    list = (daemon.revision, reply)
    return reply
  }

  func info(_ ritual: Ritual, reminder: OpenOccurrence?) -> Control.Ritual {
    let missed =
      switch ritual.missed {
      case .never: "never"
      case .always: "always"
      case .within(let span): "\(span)"
      }
    let state: Control.Ritual.State =
      reminder.map { .init(rawValue: self.reminder($0).phase.rawValue) } ?? idleState(of: ritual)
    return Control.Ritual(
      id: ritual.id.text, title: ritual.title, message: ritual.message, schedule: ritual.schedule.texts,
      normalized: ritual.schedule.normalized, timezone: ritual.zone?.name ?? "local",
      urgency: .init(rawValue: ritual.urgency.rawValue), missed: missed,
      snooze: ritual.snoozes.map(\.description),
      enabled: ritual.isEnabled, next: daemon.engine.next(of: ritual.id).map(moment), state: state,
      file: daemon.loaded.configuration.file(of: ritual.id), lead: ritual.lead?.description,
      nudge: Control.Nudge(
        every: TimeSpan(microseconds: ritual.nudge.every).description, times: ritual.nudge.times),
      quiet: .init(rawValue: ritual.quiet.rawValue), private: ritual.isPrivate, deck: ritual.deck?.text,
      guide: ritual.guide?.text, reply: ritual.reply?.rawValue, takes: ritual.takes?.description)
  }

  /// The state of a ritual without an open reminder.
  private func idleState(of ritual: Ritual) -> Control.Ritual.State {
    guard ritual.isEnabled else { return .disabled }
    switch daemon.engine.wouldHold(ritual.id, at: SystemClock.now) {
    case .paused, .timeout: return .paused
    case .quietHours, .circumstance, nil: return .scheduled
    }
  }

  func reminder(_ open: OpenOccurrence) -> Control.Reminder {
    Control.Reminder(
      open, hold: daemon.engine.hold(of: open.occurrence.ritual, at: SystemClock.now), in: zone)
  }

  private func log(_ request: LogRequest) throws -> LogReply {
    let since = try request.since.map { try past($0) }
    let limit = request.limit ?? 50
    guard (1...100_000).contains(limit) else {
      throw InvalidValue(name: "limit", text: "\(limit)", accepted: "1 to 100000")
    }
    // A ritual that was removed still has a history.
    var page = Page<Entry>(limit: limit, bytes: Self.pageBytes, before: request.before.map { Int64($0) })
    let id = try request.ritual.map { try self.id(named: $0) }
    do throws(JournalError) {
      try daemon.journal.fill(&page, since: since, ritual: id)
    } catch {
      throw JournalUnreadable(reason: "\(error)")
    }
    if let text = request.ritual, page.elements.isEmpty { _ = try ritual(text) }
    return LogReply(
      entries: page.elements.map { Control.Entry($0, in: zone) }, before: page.next.map { Int($0) })
  }

  /// A time of the past: a date, an instant (RFC 3339), or plain words.
  func past(_ text: String) throws -> Instant {
    if let instant = Instant(parsing: text, in: zone) { return instant }
    return try readTime(text) { text throws(ScheduleError) in
      try PlainWords.past(from: text, now: SystemClock.now, in: zone)
    }
  }

  func history(since: Instant?, ritual: RitualID?, limit: Int) throws -> [Control.Entry] {
    do throws(JournalError) {
      return try daemon.journal.history(since: since, ritual: ritual, limit: limit).map {
        Control.Entry($0, in: zone)
      }
    } catch {
      throw JournalUnreadable(reason: "\(error)")
    }
  }
}
