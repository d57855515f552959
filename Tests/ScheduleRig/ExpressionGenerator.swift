/// Random calendar expressions; most of them are valid for systemd. The same seed gives the same ones
/// (splitmix64).
package struct ExpressionGenerator: RandomNumberGenerator {
  /// The seed of the first round of a test; further rounds add to it.
  package static let firstSeed: UInt64 = 20_261_127

  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  package mutating func expression() -> String {
    if chance(12) {
      return pick([
        "minutely", "hourly", "daily", "weekly", "monthly", "quarterly", "semiannually", "yearly", "Annually",
      ])
    }
    var parts: [String] = []
    if chance(3) { parts.append(weekdays()) }
    if chance(2) { parts.append(date()) }
    if parts.isEmpty || chance(2) { parts.append(time()) }
    if chance(10) { parts.append(pick(["UTC", "Europe/Berlin", "America/New_York"])) }
    return parts.joined(separator: " ")
  }

  private mutating func chance(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &self) == 0 }
  private mutating func pick(_ texts: [String]) -> String {
    texts[Int.random(in: 0..<texts.count, using: &self)]
  }
  private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  private mutating func weekdays() -> String {
    let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    let long = ["monday", "Tuesday", "WEDNESDAY", "thu", "friDay", "saturday", "SUN"]
    let first = number(0...6)
    switch number(0...3) {
    case 0: return chance(2) ? names[first] : long[first]
    case 1: return names[first] + ".." + names[number(first...6)]
    case 2: return names[first] + "," + long[number(0...6)]
    default: return names[first] + ".." + names[number(first...6)] + "," + names[number(0...6)]
    }
  }

  private mutating func date() -> String {
    switch number(0...6) {
    case 0: return "*-*-*"
    case 1: return "*-" + chain(1...12) + "-" + chain(1...31)
    case 2: return chain(1...12) + "-" + chain(1...28)
    case 3: return "*-" + chain(1...12) + "~" + "\(number(1...10))" + (chance(2) ? "/1" : "")
    case 4: return "*-*-" + chain(1...31)
    case 5: return "\(number(2026...2040))-" + chain(1...12) + "-*"
    default: return "*-\(number(1...12))-\(number(1...28))"
    }
  }

  private mutating func time() -> String {
    var text = (chance(3) ? "*" : chain(0...23)) + ":" + (chance(5) ? "*" : chain(0...59))
    if chance(3) { text += ":" + (chance(6) ? "*" : chain(0...59)) } else if chance(8) { text += ":00.25" }
    return text
  }

  private mutating func chain(_ range: ClosedRange<Int>) -> String {
    (0..<(chance(4) ? 2 : 1)).map { _ in item(range) }.joined(separator: ",")
  }

  private mutating func item(_ range: ClosedRange<Int>) -> String {
    let start = number(range)
    // systemd 252 is right about open repetitions that end with their field, such as 0/15. Others lead it
    // beyond the end of the field and past the first values of the next round: `*-*-1/11` occurs on 12
    // January and not on the 1st.
    let isClock = range.lowerBound == 0
    switch number(isClock ? 0...5 : 1...5) {
    case 0:
      let steps = (1...range.upperBound).filter { (range.upperBound + 1).isMultiple(of: $0) }
      return "0/\(steps[number(0...steps.count - 1)])"
    case 3: return "\(start)..\(number(start...range.upperBound))"
    case 2: return "\(start)..\(number(start...range.upperBound))/\(number(1...7))"
    default: return chance(2) ? "\(start)" : String(start + 100).dropFirst().description
    }
  }
}
