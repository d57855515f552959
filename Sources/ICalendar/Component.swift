/// A component of a calendar (RFC 5545 3.6), with all that stands in it, understood or not, in its order.
package struct Component: Sendable {
  /// In capitals: `VEVENT`, `VALARM`, …
  package let name: String
  let begin: Property
  package var items: [Item]
  let end: Property

  /// What stands in a component.
  package enum Item: Sendable {
    case property(Property)
    case component(Component)
    /// Empty lines, or what stands before and after all components.
    case noise(ArraySlice<UInt8>)
  }

  /// The line that it begins in.
  package var line: Int { begin.line }

  init(begin: Property, items: [Item], end: Property) {
    self.begin = begin
    self.items = items
    self.end = end
    name = begin.value.trimmingBlanks.uppercased()
  }

  /// A new one.
  package init(_ name: String, _ items: [Item], newline: [UInt8]) {
    self.init(
      begin: Property("BEGIN", value: name, newline: newline), items: items,
      end: Property("END", value: name, newline: newline))
  }

  /// The first property of a name, in capitals.
  package func first(_ name: String) -> Property? {
    for case .property(let property) in items where property.name == name { return property }
    return nil
  }

  package func all(_ name: String) -> [Property] {
    items.compactMap { if case .property(let property) = $0, property.name == name { property } else { nil } }
  }

  /// Those within it, of a name, in capitals.
  package func components(_ name: String) -> [Component] {
    items.compactMap { if case .component(let inner) = $0, inner.name == name { inner } else { nil } }
  }

  /// A text property as its reader sees it.
  package func text(_ name: String) -> String? { first(name).map { ContentText.unescaped($0.value) } }

  /// Puts a property in place of the first of its name, or behind the last property; others of that name go.
  package mutating func set(_ property: Property) {
    var isPlaced = false
    items = items.compactMap { item in
      guard case .property(let old) = item, old.name == property.name else { return item }
      defer { isPlaced = true }
      return isPlaced ? nil : .property(property)
    }
    if !isPlaced { add(.property(property)) }
  }

  package mutating func remove(_ name: String) {
    items.removeAll { if case .property(let property) = $0 { property.name == name } else { false } }
  }

  /// A property stands before the components, a component last.
  package mutating func add(_ item: Item) {
    guard case .property = item else { return items.append(item) }
    let last = items.lastIndex { if case .property = $0 { true } else { false } }
    items.insert(item, at: last.map { $0 + 1 } ?? 0)
  }

  func write(to bytes: inout [UInt8]) {
    bytes += begin.raw
    for item in items { item.write(to: &bytes) }
    bytes += end.raw
  }

  /// As a file has it.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return bytes
  }
}

extension Component.Item {
  func write(to bytes: inout [UInt8]) {
    switch self {
    case .property(let property): bytes += property.raw
    case .component(let component): component.write(to: &bytes)
    case .noise(let noise): bytes += noise
    }
  }
}

extension String {
  var trimmingBlanks: String {
    let isBlank = { (scalar: Unicode.Scalar) in scalar == " " || scalar == "\t" }
    let scalars = unicodeScalars.drop(while: isBlank)
    guard let last = scalars.lastIndex(where: { !isBlank($0) }) else { return "" }
    return String(scalars[...last])
  }
}
