import CivilTime
import Glibc
import Phrases
import Schedules
import SystemZones

/// A schedule as a user says it: a calendar expression, content lines of RFC 5545, or plain words.
struct ScheduleText {
  /// The schedule in its languages; several texts where no single one has all times of the words.
  let texts: [String]
  let schedule: Schedule

  /// Reads a schedule.
  ///
  /// - Parameter besideStart: whether a start stands beside the schedule, so that a rule needs none of its
  ///   own.
  /// - Parameter isWritten: whether the schedule is one as it stands in a file, where a day without a time is
  ///   at midnight.
  /// - Throws: `Failure` for words that are not understood, with their place.
  init(
    _ words: String, now: Instant, in zone: Zone, zones: SystemZones, besideStart: Bool = false,
    isWritten: Bool = false
  ) throws {
    do throws(ScheduleError) {
      let isSchedule = isWritten && (try? Schedule(parsing: words, zones: zones)) != nil
      texts = isSchedule ? [words] : try PlainWords.schedules(from: words, now: now, in: zone)
    } catch {
      throw Failure(Self.message(error, in: words), status: EX_DATAERR)
    }
    schedule = Schedule(
      union: try texts.map { text in
        do throws(ScheduleError) {
          return try Schedule(parsing: text, besideStart: besideStart, zones: zones)
        } catch {
          throw Failure(Self.message(error, in: text), status: EX_DATAERR)
        }
      })
  }

  /// The message for an error, with the line of the text and a caret below the place.
  static func message(_ error: ScheduleError, in text: String) -> String {
    let bytes = Array(text.utf8)
    let start = bytes[..<min(error.range.lowerBound, bytes.count)]
    let line = (start.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
    let end = bytes[start.count...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    let shown = TerminalText.exact(String(decoding: bytes[line..<end], as: UTF8.self))
    let before = TerminalText.exact(String(decoding: bytes[line..<start.count], as: UTF8.self))
    let caret = String(repeating: " ", count: TerminalText.width(before)) + "^"
    guard shown.contains(where: { !$0.isWhitespace }) else {
      return "\(error.reason); accepted: \(error.accepted)"
    }
    return "\(error.reason); accepted: \(error.accepted)\n  \(shown)\n  \(caret)"
  }
}
