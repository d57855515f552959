/// A file of iCalendar as a tree with every byte of it. Lines that nobody changed are written as they were
/// read.
package struct CalendarText: Sendable {
  package var items: [Component.Item]
  /// The line break of the file.
  package let newline: [UInt8]

  package init(_ items: [Component.Item], newline: [UInt8] = [13, 10]) {
    self.items = items
    self.newline = newline
  }

  /// Parses a file. Throws for bytes that are no iCalendar, or only a part of it.
  package init(parsing bytes: [UInt8]) throws(ICalendarError) {
    guard bytes.count <= Bounds.file else {
      throw ICalendarError(line: 0, reason: "the file is larger than 1 MiB")
    }
    var parser = ComponentParser(bytes)
    self.init(try parser.items(), newline: parser.newline)
    guard items.contains(where: { if case .component = $0 { true } else { false } }) else {
      throw ICalendarError(line: 0, reason: "there is no calendar in the file", accepted: "BEGIN:VCALENDAR")
    }
  }

  package var calendars: [Component] {
    items.compactMap { if case .component(let inner) = $0, inner.name == "VCALENDAR" { inner } else { nil } }
  }

  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    for item in items { item.write(to: &bytes) }
    return bytes
  }

  /// Calls `change` with each component of the calendars and its place among them, and stores the result.
  package mutating func update(_ change: (inout Component, Int) -> Void) {
    var place = 0
    for index in items.indices {
      guard case .component(var calendar) = items[index], calendar.name == "VCALENDAR" else { continue }
      for inner in calendar.items.indices {
        guard case .component(var component) = calendar.items[inner] else { continue }
        change(&component, place)
        place += 1
        calendar.items[inner] = .component(component)
      }
      items[index] = .component(calendar)
    }
  }
}

/// The parser of the tree. Its stack is an array, so that deep nesting cannot overflow the program's.
private struct ComponentParser {
  private let bytes: [UInt8]
  private var position = 0
  private var line = 1
  private(set) var newline: [UInt8] = [13, 10]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if let end = bytes.firstIndex(of: 10), end == 0 || bytes[end - 1] != 13 { newline = [10] }
  }

  mutating func items() throws(ICalendarError) -> [Component.Item] {
    var stack: [(begin: Property, items: [Component.Item])] = []
    var top: [Component.Item] = []
    // A byte order mark is not part of the first name.
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) {
      top.append(.noise(bytes[..<3]))
      position = 3
    }
    while let (raw, number, isFolded) = nextLine() {
      if ContentText.withoutEnd(raw).allSatisfy({ $0 == 32 || $0 == 9 }) {
        if stack.isEmpty { top.append(.noise(raw)) } else { stack[stack.count - 1].items.append(.noise(raw)) }
        continue
      }
      guard let property = Property(raw: raw, line: number, isFolded: isFolded) else {
        throw ICalendarError(
          line: number, reason: "this is no content line",
          accepted: "NAME:value, or a blank before what is folded")
      }
      switch property.name {
      case "BEGIN":
        guard stack.count < Bounds.depth else {
          throw ICalendarError(line: number, reason: "components nest more than \(Bounds.depth) deep")
        }
        stack.append((property, []))
      case "END":
        guard let open = stack.popLast() else {
          throw ICalendarError(line: number, reason: "nothing begins that ends here")
        }
        let component = Component(begin: open.begin, items: open.items, end: property)
        guard component.name == property.value.trimmingBlanks.uppercased() else {
          throw ICalendarError(
            line: number, reason: "what begins in line \(open.begin.line) does not end here",
            accepted: "END:\(component.name)")
        }
        if stack.isEmpty {
          top.append(.component(component))
        } else {
          stack[stack.count - 1].items.append(.component(component))
        }
      default:
        guard !stack.isEmpty else {
          throw ICalendarError(
            line: number, reason: "this stands outside of a calendar", accepted: "BEGIN:VCALENDAR")
        }
        stack[stack.count - 1].items.append(.property(property))
      }
    }
    if let open = stack.last {
      throw ICalendarError(
        line: line, reason: "the file ends within what begins in line \(open.begin.line)",
        accepted: "END:\(open.begin.value.trimmingBlanks.uppercased())")
    }
    return top
  }

  /// Reads the next logical line: up to a line break without a blank after it.
  private mutating func nextLine() -> (raw: ArraySlice<UInt8>, number: Int, isFolded: Bool)? {
    guard position < bytes.count else { return nil }
    let start = position
    let number = line
    var isFolded = false
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      guard byte == 10 else { continue }
      line += 1
      guard position < bytes.count, bytes[position] == 32 || bytes[position] == 9 else { break }
      // A blank after an empty line does not continue it.
      guard !ContentText.withoutEnd(bytes[start..<position]).isEmpty else { break }
      isFolded = true
    }
    return (bytes[start..<position], number, isFolded)
  }
}
