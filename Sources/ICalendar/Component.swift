/// A component of a calendar (RFC 5545 3.6) with its whole content in order, known or not.
package struct Component: Sendable {
  /// In capitals: `VEVENT`, `VALARM`, …
  package let name: String
  let begin: Property
  package var items: [Item]
  let end: Property

  /// An item of a component's content.
  package enum Item: Sendable {
    case property(Property)
    case component(Component)
    /// Empty lines, and bytes outside of all components.
    case noise(ArraySlice<UInt8>)
  }

  /// The line of the component's BEGIN.
  package var line: Int { begin.line }

  init(begin: Property, items: [Item], end: Property) {
    self.begin = begin
    self.items = items
    self.end = end
    name = begin.value.trimmingBlanks.uppercased()
  }

  /// A new component.
  package init(_ name: String, _ items: [Item], newline: [UInt8]) {
    self.init(
      begin: Property("BEGIN", value: name, newline: newline), items: items,
      end: Property("END", value: name, newline: newline))
  }

  /// The first property of a name in capitals.
  package func first(_ name: String) -> Property? {
    for case .property(let property) in items where property.name == name { return property }
    return nil
  }

  package func all(_ name: String) -> [Property] {
    items.compactMap { if case .property(let property) = $0, property.name == name { property } else { nil } }
  }

  /// The inner components of a name in capitals.
  package func components(_ name: String) -> [Component] {
    items.compactMap { if case .component(let inner) = $0, inner.name == name { inner } else { nil } }
  }

  /// The unescaped value of a text property.
  package func text(_ name: String) -> String? { first(name).map { ContentText.unescaped($0.value) } }

  /// Replaces the first property of the same name and removes others of that name. Without one, adds the
  /// property after the last one.
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

  /// Adds a property before the components, or a component at the end.
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

  /// The bytes of the component in a file.
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
