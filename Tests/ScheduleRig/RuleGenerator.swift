/// Random recurrence rules that RFC 5545 allows, and starts, which need not fit them. The same seed gives the
/// same ones.
package struct RuleGenerator {
  private var random: ExpressionGenerator

  package init(seed: UInt64) { random = ExpressionGenerator(seed: seed) }

  package mutating func start() -> String {
    let year = number(1996...2032)
    let month = number(1...12)
    let day = chance(4) ? number(27...(month == 2 ? 28 : 30)) : number(1...28)
    return
      "\(year)\(two(month))\(two(day))T\(two(number(0...23)))\(two(number(0...59)))\(two(chance(3) ? number(0...59) : 0))"
  }

  package mutating func rule() -> String {
    let names = ["SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"]
    let frequency = chance(4) ? number(0...2) : number(3...6)
    var parts = ["FREQ=\(names[frequency])"]
    if chance(2) { parts.append("INTERVAL=\(chance(4) ? number(1...40) : number(1...4))") }
    if chance(4) { parts.append("COUNT=\(number(1...20))") }
    if chance(3) { parts.append("BYMONTH=" + list(1...12)) }
    let hasWeeks = frequency == 6 && chance(4)
    if hasWeeks { parts.append("BYWEEKNO=" + signed(1...53)) }
    if frequency == 6 && chance(4) || frequency < 3 && chance(8) {
      parts.append("BYYEARDAY=" + signed(1...366))
    }
    if frequency != 4, chance(3) { parts.append("BYMONTHDAY=" + signed(1...31)) }
    // A week without days takes the start's day by the RFC, and all seven by dateutil.
    if hasWeeks || chance(2) { parts.append("BYDAY=" + weekdays(isNumbered: frequency >= 5 && !hasWeeks)) }
    if chance(4) { parts.append("BYHOUR=" + list(0...23)) }
    if chance(4) { parts.append("BYMINUTE=" + list(0...59)) }
    if chance(6) { parts.append("BYSECOND=" + list(0...59)) }
    if parts.contains(where: { $0.hasPrefix("BY") }), chance(4) { parts.append("BYSETPOS=" + signed(1...5)) }
    if chance(4) { parts.append("WKST=" + pick(Self.weekdays)) }
    return parts.joined(separator: ";")
  }

  private static let weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

  private mutating func weekdays(isNumbered: Bool) -> String {
    (0..<number(1...3)).map { _ in
      let day = pick(Self.weekdays)
      guard isNumbered, chance(2) else { return day }
      return "\(chance(2) ? "-" : chance(4) ? "+" : "")\(chance(6) ? number(1...53) : number(1...5))\(day)"
    }.joined(separator: ",")
  }

  private mutating func list(_ range: ClosedRange<Int>) -> String {
    (0..<number(1...3)).map { _ in "\(number(range))" }.joined(separator: ",")
  }

  private mutating func signed(_ range: ClosedRange<Int>) -> String {
    (0..<number(1...3)).map { _ in (chance(3) ? "-" : "") + "\(number(range))" }.joined(separator: ",")
  }

  package mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
  private mutating func chance(_ one: Int) -> Bool { number(0...one - 1) == 0 }
  private mutating func pick(_ texts: [String]) -> String { texts[number(0...texts.count - 1)] }
  private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
