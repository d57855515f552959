import CivilTime
import Engine
import Rituals
import Schedules

/// The configured rituals.
extension World {
  private static let schedules = [
    "08:05", "22:15", "Mon..Fri 08:05", "Sun 19:00", "*-*-01 10:00", "02:30", "00:00", "01:59:59",
    "Sat,Sun 10:00", "Fri *-*~7/1 20:00", "*-*-* 02,03:15", "23:30", "06:45",
    "FREQ=WEEKLY;BYDAY=TU,TH;BYHOUR=21;BYMINUTE=30;BYSECOND=0",
    "DTSTART:20100101T080500\nRRULE:FREQ=DAILY;INTERVAL=2",
  ]

  static func ritual(
    _ number: Int, of count: Int, _ zones: [Zone], _ random: inout SeededGenerator
  ) throws -> Ritual {
    var texts = schedules
    if count <= 3 { texts.append(contentsOf: ["hourly", "*:0/20"]) }
    let text = texts.randomElement(using: &random) ?? "daily"
    let spans: [Int64] = [0, 600, 3600, 7200, 86_400]
    let policy: MissedPolicy =
      switch Int.random(in: 0..<4, using: &random) {
      case 0: .never
      case 1: .always
      default: .within(TimeSpan(microseconds: (spans.randomElement(using: &random) ?? 0) * 1_000_000))
      }
    guard let id = RitualID("r\(number)") else { throw Unlikely.id }
    let isOne = { (random: inout SeededGenerator, of: Int) in Int.random(in: 0..<of, using: &random) == 0 }
    return Ritual(
      id: id, title: "R\(number)", schedule: try Schedule(parsing: text, zones: NoZones()),
      zone: isOne(&random, 4) ? zones.randomElement(using: &random) : nil,
      urgency: Urgency.allCases.randomElement(using: &random) ?? .normal, missed: policy,
      lead: isOne(&random, 4) ? TimeSpan(microseconds: 1_800_000_000) : nil,
      nudge: isOne(&random, 4)
        ? Nudge(every: 900_000_000, times: .random(in: 1...3, using: &random)) : .none,
      quiet: isOne(&random, 6) ? .ignore : .respect, isPrivate: isOne(&random, 4),
      deck: number % 3 == 0 ? deck : nil, guide: number % 5 == 2 ? guide : nil,
      reply: number % 4 == 1 ? .note : nil)
  }

  /// The one deck here, which every third ritual draws from.
  static let deck = ContentID("deck")
  private static let guide = ContentID("guide")

  /// Rituals that have a guide.
  var guides: Set<RitualID> { Set(rituals.filter { $0.guide != nil }.map(\.id)) }
  static let prompts = (1...7).compactMap { ContentID("p\($0)") }

  enum Unlikely: Error { case id }

  static func rules(_ random: inout SeededGenerator) -> GlobalRules {
    var rules = GlobalRules.standard
    switch Int.random(in: 0..<3, using: &random) {
    case 0: break
    case 1: rules.quiet.hours = [DaySpan(from: 23 * 60, to: 7 * 60)].compactMap(\.self)
    default:
      rules.quiet.hours = [DaySpan(from: 13 * 60, to: 14 * 60), DaySpan(from: 22 * 60, to: 150)].compactMap(
        \.self)
      rules.quiet.when = [.locked, .idle]
    }
    return rules
  }

  /// A file is edited: a ritual is removed, written anew, disabled or enabled, reworded, or gets another
  /// schedule.
  mutating func edit() {
    switch Int.random(in: 0..<12, using: &others) {
    case 0: return remove()
    case 1: return write()
    default: break
    }
    guard let index = rituals.indices.randomElement(using: &random) else { return }
    let old = rituals[index]
    let number = index
    guard let new = try? Self.ritual(number, of: rituals.count, zones, &random) else { return }
    let isEnabled = old.isEnabled ? !toss(3) : true
    let keepsSchedule = toss(2)
    if old.isEnabled, !isEnabled { left[old.id] = now }
    rituals[index] = Ritual(
      id: old.id, title: old.title + "'", schedule: keepsSchedule ? old.schedule : new.schedule,
      since: heardSince(old.id), zone: keepsSchedule ? old.zone : new.zone, urgency: new.urgency,
      missed: new.missed, lead: new.lead,
      nudge: new.nudge, quiet: new.quiet, isPrivate: new.isPrivate, isEnabled: isEnabled,
      deck: old.deck, reply: old.reply)
    if rituals[index].title.utf8.count > 20 {
      let ritual = rituals[index]
      rituals[index] = Ritual(
        id: ritual.id, title: "R\(number)", schedule: ritual.schedule, since: ritual.since, zone: ritual.zone,
        missed: ritual.missed, isEnabled: ritual.isEnabled, deck: ritual.deck,
        reply: ritual.reply)
    }
    disturbed = now
    configure(isComplete: asleep.isEmpty)
  }
}

extension World {
  /// The user removes a ritual by a command.
  private mutating func remove() {
    // One with a past is of a calendar, which says itself when it is over.
    guard let ritual = rituals.randomElement(using: &others), ritual.since == nil,
      !removed.contains(ritual.id)
    else { return }
    removed.insert(ritual.id)
    left[ritual.id] = now
    configured.remove(ritual.id)
    apply(.removed(ritual.id))
    guard specimen != nil else { return }
    configure(isComplete: asleep.isEmpty)
    guard specimen != nil, journal.open.contains(where: { $0.occurrence.ritual == ritual.id }) else { return }
    violate("\(ritual.id) was removed, and its reminder is there")
  }

  /// One that was removed is written again, or another one; both count from now on.
  private mutating func write() {
    if let id = removed.sorted().randomElement(using: &others) {
      removed.remove(id)
      began[id] = nil
    } else if rituals.count < 40,
      let ritual = try? Self.ritual(rituals.count, of: rituals.count + 1, zones, &others)
    {
      add(ritual)
    }
    disturbed = now
    configure(isComplete: asleep.isEmpty)
  }
}

/// Schedules here name no zone.
private struct NoZones: ZoneSource {
  func zone(named name: String) throws(ZoneError) -> Zone { throw .unknown(name: name) }
}
