import CivilTime
import Schedules

/// The parts of a table that decide when its ritual comes.
struct ScheduleDraft {
  var start: DateValue?
  var also: [DateValue] = []
  var except: [DateValue] = []
}

extension FileReader {
  /// Reads one text of the schedule language or a list of them, with the dates beside it.
  mutating func schedule(_ entry: TomlEntry, _ path: [String], _ draft: ScheduleDraft) -> Schedule? {
    let accepted = "a schedule such as \"Mon..Fri 08:05\", a list of them, or [] for on demand"
    if case .array(let nodes) = entry.node.value, nodes.isEmpty {
      return Schedule(union: [], also: draft.also, except: draft.except)
    }
    guard let nodes = elements(entry.node, path, accepted, upTo: ValueLimits.schedules) else { return nil }
    var schedules: [Schedule] = []
    for node in nodes {
      guard let text = string(node, path, accepted) else { continue }
      do throws(ScheduleError) {
        schedules.append(try Schedule(parsing: text, start: draft.start, zones: zones))
      } catch {
        report(
          at: place(of: error.range.lowerBound, in: text, of: node), path, error.reason,
          accepted: error.accepted)
      }
    }
    guard schedules.count == nodes.count else { return nil }
    return Schedule(union: schedules, also: draft.also, except: draft.except)
  }

  /// Reads the start of a rule, on the ritual's wall clock or in UTC.
  mutating func start(_ entry: TomlEntry, _ path: [String]) -> DateValue? {
    let accepted = "a date such as 2026-11-27, or a local time such as 2026-11-27T19:30:00"
    guard let value = date(entry.node, path, accepted) else { return nil }
    // An offset does not say how the clocks change, so a rule cannot follow it.
    if case .dateTime(let time) = entry.node.date, let offset = time.offset, offset != 0 {
      report(
        at: entry.node.region.begin, path, "a rule cannot follow a fixed offset",
        accepted: accepted + ", with timezone = \"Europe/Berlin\" beside it")
      return nil
    }
    return value
  }

  /// Reads a date or a list of dates.
  mutating func dates(_ entry: TomlEntry, _ path: [String]) -> [DateValue] {
    let accepted = "a date such as 2026-12-25, a time such as 2026-12-25T19:30:00, or a list of them"
    guard let nodes = elements(entry.node, path, accepted, upTo: ValueLimits.dates) else { return [] }
    return nodes.compactMap { date($0, path, accepted) }
  }

  private mutating func date(_ node: TomlNode, _ path: [String], _ accepted: String) -> DateValue? {
    guard node.date != nil else {
      reportKind(of: node, path, accepted)
      return nil
    }
    if let value = DateValue(toml: node) { return value }
    report(at: node.region.begin, path, "there is no such time", accepted: accepted)
    return nil
  }
}

extension DateValue {
  /// Drops fractions of a second. Nil if there is no such time.
  init?(_ time: TomlDateTime) {
    guard let date = CivilDate(year: time.year, month: time.month, day: time.day),
      let civil = CivilDateTime(date, hour: time.hour, minute: time.minute, second: time.second)
    else { return nil }
    guard let offset = time.offset else { self = .local(civil); return }
    self = .instant(Zone.utc.instant(for: civil).advanced(byMicroseconds: Int64(offset) * -60_000_000))
  }
}
