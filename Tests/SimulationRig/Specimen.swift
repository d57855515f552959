import CivilTime
import Engine
import Rituals

/// The engine under test: as it is, or with one fault that was put into it.
struct Specimen {
  private(set) var engine: Engine
  let mutation: Mutation?
  /// The number of calls so far, for faults that are rare.
  private var turns = 0
  /// The notification server that the engine was told of last.
  private var server: String?
  /// The last number of a notification that there is not.
  private var madeUp: UInt32 = 4_000_000_000

  init(_ mutation: Mutation?, zone: Zone, snapshot: Snapshot, alreadyHandled: [Occurrence], at now: Instant) {
    self.mutation = mutation
    var (snapshot, alreadyHandled) = (snapshot, alreadyHandled)
    switch mutation {
    case .forgetsSnoozesAtStart:
      snapshot.open.removeAll { if case .snoozed = $0.phase { true } else { false } }
    case .forgetsOpenAtStart: snapshot.open = []
    case .countsFromStart:
      snapshot.tracked = snapshot.tracked.mapValues { Tracking(fingerprint: $0.fingerprint, since: now) }
    case .forgetsDisplaysAtStart:
      snapshot.open = snapshot.open.map { item in
        guard case .shown = item.phase else { return item }
        return OpenOccurrence(item.occurrence, title: item.title, phase: .due, due: item.due, wasSeen: false)
      }
    case .replaysAfterClockIsSet: alreadyHandled = []
    default: break
    }
    engine = Engine(zone: zone, snapshot: snapshot, alreadyHandled: alreadyHandled)
  }

  /// The instant at which `timePassed` is due.
  var nextDeadline: Instant? {
    engine.nextDeadline.map { mutation == .isEarly ? $0.advanced(byMicroseconds: -Self.early) : $0 }
  }

  /// Five minutes, in microseconds.
  private static let early: Int64 = 300_000_000

  /// Takes an event as the engine does.
  mutating func handle(_ event: Event, at now: Instant) -> [Effect] {
    guard let mutation else { return engine.handle(event, at: now) }
    turns += 1
    switch event {
    case .serverAppeared(let server): self.server = server
    case .serverAbsent: server = nil
    default: break
    }
    if mutation == .holdsForEver, case .revoked(let subject) = event { return [.record([.revoke(subject)])] }
    switch tampered(event, by: mutation, at: now) {
    case .nothing: return []
    case .event(let event, let time):
      let effects = engine.handle(event, at: time)
      return tampered(effects, by: mutation, of: event, at: now)
    }
  }

  private enum Taken {
    case nothing
    case event(Event, at: Instant)
  }

  private func tampered(_ event: Event, by mutation: Mutation, at now: Instant) -> Taken {
    switch (mutation, event) {
    case (.isEarly, .timePassed): .event(event, at: now.advanced(byMicroseconds: Self.early))
    case (.ignoresPresses, .pressed), (.ignoresCommands, .answered),
      (.staysAtHome, .zoneChanged):
      .nothing
    case (.snoozesShort, .answered(let id, .snooze(let until))):
      .event(.answered(id, .snooze(until: until.advanced(byMicroseconds: -Self.early))), at: now)
    case (.replaysAfterClockIsSet, .clockSet): .event(.clockSet(alreadyHandled: [], accounted: [:]), at: now)
    case (.ignoresSession, .circumstances): .event(.circumstances([]), at: now)
    case (_, .configured(let rituals, let rules, let isComplete)):
      .event(configured(rituals, rules, isComplete, mutation), at: now)
    default: .event(event, at: now)
    }
  }

  private func configured(
    _ rituals: [Ritual], _ rules: GlobalRules, _ isComplete: Bool, _ mutation: Mutation
  ) -> Event {
    var rules = rules
    var rituals = rituals
    switch mutation {
    case .ignoresQuietHours: rules.quiet.hours = []
    case .isQuietAllDay: rules.quiet.hours = [DaySpan(from: 0, to: 1440)].compactMap(\.self)
    case .showsHoweverLate: rituals = rituals.map { $0.with(missed: .always) }
    case .missesTooSoon: rituals = rituals.map { $0.with(missed: .never) }
    case .speaksOnLockScreens:
      rules.discreet.remove(.locked)
      rituals = rituals.map { $0.with(isPrivate: false) }
    default: break
    }
    return .configured(rituals, rules, isComplete: isComplete)
  }

  private mutating func tampered(
    _ effects: [Effect], by mutation: Mutation, of event: Event, at now: Instant
  ) -> [Effect] {
    switch mutation {
    case .losesWhatComes:
      return effects.contains(where: \.brings) && turns % 3 == 0 ? [] : effects
    case .missesWhatComes:
      return effects.compactMap { effect in
        if case .show(let reminder) = effect, reminder.kind == .ritual { return nil }
        return effect.replacing { entry in
          guard entry.happening == .due else { return [entry] }
          return [entry, entry.told(.missed(.absent, count: 1))]
        }
      }
    case .showsNothing: return pretending(effects, at: now) { _ in true }
    case .showsNothingLate:
      return pretending(effects, at: now) { reminder in
        reminder.items.contains { $0.occurrence.scheduled.microseconds(until: now) > Self.early }
      }
    case .neverAsksBack: return pretending(effects, at: now) { $0.kind == .comeBack }
    case .skipsLeads: return pretending(effects, at: now) { $0.kind == .lead }
    case .forgetsSnoozes:
      return effects.map { effect in
        effect.replacing { entry in
          if case .snoozed = entry.happening { [] } else { [entry] }
        }
      }
    case .skipsNudges:
      return effects.map { effect in
        effect.replacing { entry in
          if case .nudged = entry.happening { [] } else { [entry] }
        }
      }
    case .missesWhatWasSeen:
      return effects.map { effect in
        effect.replacing { entry in
          guard case .expired(.superseded) = entry.happening else { return [entry] }
          return [entry.told(.missed(.held, count: 1))]
        }
      }
    case .supersedesUnseen:
      return effects.map { effect in
        effect.replacing { entry in
          guard case .missed(.held, _) = entry.happening else { return [entry] }
          return [entry.told(.expired(.superseded))]
        }
      }
    case .forgetsAwayRituals:
      guard case .configured(_, _, let isComplete) = event, isComplete else { return effects }
      return effects + engine.unread.sorted().flatMap { engine.handle(.removed($0), at: now) }
    case .showsTwice, .asksTwice:
      return effects.flatMap { effect -> [Effect] in
        guard case .show(let reminder) = effect, reminder.replacing == nil,
          reminder.kind.isOfTimeout == (mutation == .asksTwice)
        else { return [effect] }
        return [effect, effect]
      }
    case .leavesOldOnes:
      return effects.filter { if case .close = $0 { false } else { true } }
    case .isEarlyWithLeads:
      return effects.map { effect in
        guard case .show(let reminder) = effect, reminder.kind == .lead else { return effect }
        return .show(reminder.as(.ritual))
      }
    case .ignoresPauses:
      guard case .ordered(let order) = event, order.subject != .discretion else { return effects }
      _ = engine.handle(.revoked(order.subject), at: now)
      return effects.filter { if case .record = $0 { true } else { false } }
    case .ignoresTimeouts:
      guard case .timeoutBegan = event else { return effects }
      _ = engine.handle(.timeoutEnded, at: now)
      return effects
    case .takesSkipForDone:
      return effects.map { effect in
        effect.replacing { entry in
          guard case .skipped(let answerer, _) = entry.happening else { return [entry] }
          return [entry.told(.done(by: answerer))]
        }
      }
    case .answersOthers:
      guard case .pressed(_, .done) = event, let other = engine.openOccurrences.first else { return effects }
      return effects + engine.handle(.answered(other.occurrence.ritual, .done), at: now)
    case .answersUnasked:
      guard case .closed = event, let other = engine.openOccurrences.first else { return effects }
      return effects + engine.handle(.answered(other.occurrence.ritual, .done), at: now)
    case .losesReplies, .doublesReplies:
      return effects.map { effect in
        guard case .record(let changes) = effect else { return effect }
        return .record(
          changes.flatMap { change -> [Change] in
            guard case .note = change else { return [change] }
            return mutation == .losesReplies ? [] : [change, change]
          })
      }
    case .showsFirst: return effects.filter { !$0.isRecord } + effects.filter(\.isRecord)
    case .recordsNoDisplay:
      return effects.map { effect in
        effect.replacing { entry in
          if case .shown = entry.happening { [] } else { [entry] }
        }
      }
    case .speaksUp:
      return effects.map { effect in
        guard case .show(let reminder) = effect else { return effect }
        return .show(reminder.as(reminder.kind, isDiscreet: false))
      }
    case .repeatsPrompts:
      return effects.map { effect in
        guard case .record(let changes) = effect else { return effect }
        return .record(changes.filter { if case .drew = $0 { false } else { true } })
      }
    default: return effects
    }
  }

  /// Without the notifications that `isLost`, which the engine takes for shown.
  private mutating func pretending(
    _ effects: [Effect], at now: Instant, _ isLost: (Reminder) -> Bool
  ) -> [Effect] {
    var kept: [Effect] = []
    for effect in effects {
      guard case .show(let reminder) = effect, isLost(reminder), let server else {
        kept.append(effect)
        continue
      }
      madeUp += 1
      let notification = reminder.replacing ?? NotificationID(server: server, number: madeUp)
      kept += engine.handle(.notifySucceeded(slot: reminder.slot, notification), at: now)
    }
    return kept
  }
}

extension Effect {
  fileprivate var isRecord: Bool { if case .record = self { true } else { false } }

  /// True where an occurrence comes by it.
  fileprivate var brings: Bool {
    guard case .record(let changes) = self else { return false }
    return changes.contains { if case .entry(let entry) = $0 { entry.happening == .due } else { false } }
  }

  /// With other entries in the place of each.
  fileprivate func replacing(_ others: (Entry) -> [Entry]) -> Effect {
    guard case .record(let changes) = self else { return self }
    return .record(
      changes.flatMap { change -> [Change] in
        if case .entry(let entry) = change { others(entry).map { .entry($0) } } else { [change] }
      })
  }
}

extension Entry {
  fileprivate func told(_ other: Happening) -> Entry { Entry(occurrence, title: title, at: at, other) }
}

extension Reminder {
  fileprivate func `as`(_ kind: Kind, isDiscreet: Bool? = nil) -> Reminder {
    Reminder(
      slot: slot, kind: kind, items: items, timeout: timeout, replacing: replacing, urgency: urgency,
      snoozes: snoozes, reply: reply, isDiscreet: isDiscreet ?? self.isDiscreet, isNudge: isNudge)
  }
}

extension Ritual {
  fileprivate func with(missed: MissedPolicy? = nil, isPrivate: Bool? = nil) -> Ritual {
    Ritual(
      id: id, title: title, message: message, schedule: schedule, since: since, zone: zone, urgency: urgency,
      missed: missed ?? self.missed, snoozes: snoozes, lead: lead, nudge: nudge, quiet: quiet,
      isPrivate: isPrivate ?? self.isPrivate, isEnabled: isEnabled, deck: deck, guide: guide, reply: reply,
      takes: takes)
  }
}
