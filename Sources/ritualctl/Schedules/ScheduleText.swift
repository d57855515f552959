import CivilTime
import Glibc
import Schedules
import SystemZones

/// A schedule as a user says it: a calendar expression, content lines of RFC 5545, or plain words.
struct ScheduleText {
  /// In the schedule language; several where plain words have times that no single one says.
  let texts: [String]
  let schedule: Schedule

  /// Says what is wrong, and throws the exit status, where it is not understood. A rule needs no start of its
  /// own where one will stand beside it.
  init(
    _ words: String, now: Instant, in zone: Zone, zones: SystemZones, besideStart: Bool = false
  ) throws {
    do throws(ScheduleError) {
      texts = try PlainWords.schedules(from: words, now: now, in: zone)
    } catch {
      throw Failure.exit(Self.message(error, in: words), status: EX_DATAERR)
    }
    schedule = Schedule(
      union: try texts.map { text in
        do throws(ScheduleError) {
          return try Schedule(parsing: text, besideStart: besideStart, zones: zones)
        } catch {
          throw Failure.exit(Self.message(error, in: text), status: EX_DATAERR)
        }
      })
  }

  /// What is wrong, with the line of the text and a caret below the place.
  static func message(_ error: ScheduleError, in text: String) -> String {
    let bytes = Array(text.utf8)
    let start = bytes[..<min(error.range.lowerBound, bytes.count)]
    let line = (start.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
    let end = bytes[start.count...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    let shown = Plain.exact(String(decoding: bytes[line..<end], as: UTF8.self))
    let before = Plain.exact(String(decoding: bytes[line..<start.count], as: UTF8.self))
    let caret = String(repeating: " ", count: Plain.width(before)) + "^"
    guard shown.contains(where: { !$0.isWhitespace }) else {
      return "\(error.reason); accepted: \(error.accepted)"
    }
    return "\(error.reason); accepted: \(error.accepted)\n  \(shown)\n  \(caret)"
  }
}
