import CivilTime
import DesktopRig
import Testing

/// The result of `systemd-analyze calendar` for an expression.
struct Judgement: Equatable {
  let normalized: String
  let times: [Instant]

  enum Verdict {
    case understood(Judgement)
    case refused
    case none
  }

  static func of(_ texts: [String], zone: String, base: String) async throws -> [Verdict] {
    let program = try find("systemd-analyze", package: "systemd")
    let output = try await ChildProcess.run(
      program, ["calendar", "--iterations=6", "--base-time=\(base)"] + texts,
      environment: ["TZ": zone, "LANG": "C.UTF-8", "PATH": searchPath, "SYSTEMD_COLORS": "0"])
    let judged = try read(output.output)
    // systemd itself fails near a change of the clock: "Infinite loop in calendar calculation".
    let unjudged = Set(texts.filter { output.errors.contains("determine next elapse for '\($0)'") })
    return texts.map { unjudged.contains($0) ? .none : judged[$0].map { .understood($0) } ?? .refused }
  }

  /// The results by expression.
  static func read(_ output: String) throws -> [String: Judgement] {
    var judged: [String: Judgement] = [:]
    var original = ""
    var key = ""
    var form = ""
    var times: [Instant?] = []
    for line in output.split(separator: "\n", omittingEmptySubsequences: false) {
      let parts = line.split(separator: ":", maxSplits: 1).map { String($0.drop { $0 == " " }) }
      guard parts.count == 2 else { continue }
      switch parts[0] {
      case "Original form": original = parts[1]
      // An expression in its normal form has no other line.
      case "Normalized form":
        (key, form, times) = (original.isEmpty ? parts[1] : original, parts[1], [])
        original = ""
      case "(in UTC)" where !times.isEmpty: times[times.count - 1] = try instant(parts[1])
      case "Next elapse": if parts[1] != "never" { times.append(try instant(parts[1])) }
      // "Iter. #2", since systemd 256 "Iteration #2".
      default: if parts[0].hasPrefix("Iter") { times.append(try instant(parts[1])) }
      }
      // The times after an unknown one are unknown.
      if !form.isEmpty {
        judged[key] = Judgement(normalized: form, times: times.prefix { $0 != nil }.compactMap(\.self))
      }
    }
    return judged
  }

  /// `Fri 2026-11-27 07:05:00 UTC`; nil for another abbreviation. The next line has the time in UTC, but it
  /// is missing if the C library last looked at the zone for a time without daylight saving, far from this
  /// one.
  private static func instant(_ text: String) throws -> Instant? {
    let words = text.split(separator: " ")
    try #require(words.count == 4, "a timestamp of systemd-analyze: \(text)")
    let clock = words[3]
    let offset = clock == "UTC" ? "Z" : "\(clock.prefix(3)):\(clock.count == 5 ? clock.suffix(2) : "00")"
    guard clock == "UTC" || clock.hasPrefix("+") || clock.hasPrefix("-") else { return nil }
    let instant: Instant = try #require(
      Instant(parsing: "\(words[1])T\(words[2])\(offset)", in: .utc), "\(text)")
    return instant
  }
}
