import ArgumentParser
import CivilTime
import Control
import Glibc
import ICalendar
import Rituals
import Schedules
import SystemZones

/// The rituals that an import adds, and the events that it leaves out.
struct ImportPlan: Encodable {
  struct Ritual: Encodable {
    let id: String
    let title: String
    let message: String?
    let schedule: [String]
    /// The time span before the occurrence at which the lead comes; nil for none.
    let lead: String?
    let next: Moment
    /// A remark on the ritual that has the id of the export; nil where there is none.
    let note: String?
    /// The path of its file, once it is added.
    var file: String?
  }

  /// An event that is not added, by its title or its line, and why.
  struct LeftOut: Encodable {
    let event: String
    let reason: String
  }

  var rituals: [Ritual] = []
  private(set) var leftOut: [LeftOut] = []

  /// - Throws: `Failure` for a file that is no calendar.
  init(_ bytes: [UInt8], name: String, present: PresentRituals, zones: SystemZones) throws {
    let now = SystemClock.now
    let local = (try? zones.local()) ?? .utc
    let named = CalendarZones(zones, year: local.local(at: now).civil.date.year)
    let file: CalendarFile
    do throws(ICalendarError) {
      file = try CalendarFile(parsing: bytes, zones: named)
    } catch {
      throw Failure("\(TerminalText.line(name)): \(TerminalText.line("\(error)"))", status: EX_DATAERR)
    }
    for note in file.notes { leftOut.append(LeftOut(event: "line \(note.line)", reason: note.reason)) }
    var taken = Set(present.listed.map(\.id))
    for series in file.series {
      do throws(ICalendarError) {
        for event in try series.rituals(zones: named) {
          add(event, series.origin, &taken, present, now, local, zones)
        }
      } catch {
        leftOut.append(LeftOut(event: "line \(error.line)", reason: error.reason))
      }
    }
  }

  private mutating func add(
    _ event: CalendarRitual, _ origin: String?, _ taken: inout Set<String>, _ present: PresentRituals,
    _ now: Instant, _ local: Zone, _ zones: SystemZones
  ) {
    func leaveOut(_ reason: String) { leftOut.append(LeftOut(event: event.title, reason: reason)) }
    guard let next = event.schedule.next(after: now, in: local) else { return leaveOut("it is over") }
    let texts = event.schedule.texts
    // Zones that a file defines itself mean nothing in a configuration.
    guard texts.allSatisfy({ (try? Schedule(parsing: $0, zones: zones)) != nil }) else {
      return leaveOut("its time zone is none of this machine's")
    }
    let isPlanned = rituals.contains { $0.title == event.title && $0.schedule == texts }
    guard !isPlanned, !present.has(event, after: now, local) else { return leaveOut("it is there already") }
    let id = Self.id(event, origin, taken)
    taken.insert(id)
    rituals.append(
      Ritual(
        id: id, title: event.title, message: event.message, schedule: texts,
        lead: event.lead.map { "\($0)" }, next: Moment(next, in: local),
        note: present.note(on: event, from: origin)))
  }

  /// The id that the event was exported with, or one made of its title; with a number where another ritual
  /// has it.
  private static func id(_ event: CalendarRitual, _ origin: String?, _ taken: Set<String>) -> String {
    let first =
      origin.flatMap { RitualID($0)?.calendar == nil ? RitualID($0)?.text : nil } ?? event.suggestedID
    return ([first] + (2...10_000).map { "\(first.prefix(58))-\($0)" }).first { !taken.contains($0) } ?? first
  }

  func text(_ style: Style) -> String {
    let now = SystemClock.now
    var table = TextTable()
    for ritual in rituals {
      table.add(
        .init(ritual.id, style: style.bold), .init(ritual.title),
        .init("comes \(When(ritual.next, now: now).text)" + (ritual.note.map { "; \($0)" } ?? "")))
    }
    for event in leftOut {
      table.add(
        .init("not added", style: style.dim), .init(event.event, style: style.dim),
        .init(event.reason, style: style.dim))
    }
    return rituals.isEmpty && leftOut.isEmpty ? "there are no events in it" : table.text
  }
}
