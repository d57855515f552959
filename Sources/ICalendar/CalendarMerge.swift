import CivilTime

/// The merger of two versions of a file that two users changed at the same time. The later change of an event
/// holds, by the file's own properties, and the answers of both are kept. The result is the same with the two
/// exchanged.
package struct CalendarMerge {
  package let text: CalendarText
  /// The version that lost more than answers and time stamps, if there is one. The caller keeps a copy of it.
  package let loser: Side?

  package enum Side: Sendable { case first, second }

  package init(_ first: CalendarText, _ second: CalendarText) {
    let (age, otherAge) = (Self.age(first), Self.age(second))
    let order =
      age == otherAge
      ? first.bytes.lexicographicallyPrecedes(second.bytes) : age.lexicographicallyPrecedes(otherAge)
    let (winner, other) = order ? (second, first) : (first, second)
    var merged = winner
    var left = Self.components(of: other)
    let newline = winner.newline
    merged.update { component, _ in
      guard let key = Self.key(component), let twin = left.removeValue(forKey: key) else { return }
      Self.takeAnswers(of: twin, into: &component, newline)
    }
    // The occurrences that only the other version has.
    for key in left.keys.sorted() where key.hasPrefix("VEVENT") || key.hasPrefix("VTODO") {
      if let component = left[key] { merged.append(component) }
    }
    text = merged
    let lost = Self.essence(other).filter { !Self.essence(merged).contains($0) }
    loser = lost.isEmpty ? nil : order ? .first : .second
  }

  // MARK: Which is later

  /// The highest SEQUENCE, the latest change and the latest stamp, for lexicographic comparison.
  private static func age(_ text: CalendarText) -> [String] {
    let all = components(of: text).values
    func latest(_ name: String) -> String { all.compactMap { $0.first(name)?.value }.max() ?? "" }
    let sequence =
      all.compactMap {
        $0.first("SEQUENCE").flatMap { Digits.number($0.value, from: 0, upTo: 999_999_998) }
      }.max() ?? 0
    return [Digits.padded(max(0, sequence), to: 12), latest("LAST-MODIFIED"), latest("DTSTAMP")]
  }

  private static func key(_ component: Component) -> String? {
    guard let uid = component.first("UID") ?? component.first("TZID") else { return nil }
    return [component.name, uid.value, component.first("RECURRENCE-ID")?.value ?? ""].joined(separator: " ")
  }

  private static func components(of text: CalendarText) -> [String: Component] {
    var found: [String: Component] = [:]
    for calendar in text.calendars {
      for case .component(let component) in calendar.items {
        if let key = key(component) { found[key] = component }
      }
    }
    return found
  }

  // MARK: Answers

  private static let answers = ["ACKNOWLEDGED", "X-MOZ-LASTACK"]
  private static let stamps = ["DTSTAMP", "LAST-MODIFIED", "SEQUENCE"]

  private static func takeAnswers(of other: Component, into component: inout Component, _ newline: [UInt8]) {
    for name in answers {
      guard let theirs = other.first(name) else { continue }
      if component.first(name).map({ $0.value < theirs.value }) ?? true {
        component.set(Property(name, value: theirs.value, newline: newline))
      }
    }
    for theirs in other.components("VALARM") {
      let place = component.items.firstIndex {
        if case .component(let own) = $0 { own.name == "VALARM" && isSame(own, theirs) } else { false }
      }
      if let place, case .component(var own) = component.items[place] {
        takeAnswers(of: theirs, into: &own, newline)
        component.items[place] = .component(own)
      } else if theirs.first("ACTION")?.value == "X-RITUAL" {
        component.add(.component(theirs))
      }
    }
  }

  private static func isSame(_ one: Component, _ other: Component) -> Bool {
    if let uid = one.first("UID")?.value, let twin = other.first("UID")?.value { return uid == twin }
    return one.first("TRIGGER")?.value == other.first("TRIGGER")?.value
      && one.first("ACTION")?.value == other.first("ACTION")?.value
  }

  /// The lines apart from answers and time stamps, each with its component.
  private static func essence(_ text: CalendarText) -> Set<String> {
    var lines: Set<String> = []
    func walk(_ component: Component, _ path: String) {
      guard component.first("ACTION")?.value != "X-RITUAL" else { return }
      for item in component.items {
        switch item {
        case .property(let property) where !(answers + stamps).contains(property.name):
          lines.insert(path + String(decoding: ContentText.unfolded(property.raw), as: UTF8.self))
        case .component(let inner): walk(inner, path + (key(inner) ?? inner.name) + "\n")
        default: break
        }
      }
    }
    for (key, component) in components(of: text) where !key.hasPrefix("VTIMEZONE") {
      walk(component, key + "\n")
    }
    return lines
  }
}

extension CalendarText {
  /// Adds a component after those of the first calendar.
  mutating func append(_ component: Component) {
    for index in items.indices {
      guard case .component(var calendar) = items[index], calendar.name == "VCALENDAR" else { continue }
      calendar.items.append(.component(component))
      items[index] = .component(calendar)
      return
    }
  }
}
