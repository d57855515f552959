/// The place of a value in a message, for errors; it costs nothing while there are none.
indirect enum CodingPath {
  case root
  case member(any CodingKey, of: CodingPath)

  /// From the outermost value to the innermost.
  var keys: [any CodingKey] {
    var keys: [any CodingKey] = []
    var path = self
    while case .member(let key, let outer) = path {
      keys.append(key)
      path = outer
    }
    return keys.reversed()
  }

  /// The place of an element of an array.
  struct Index: CodingKey {
    let intValue: Int?
    var stringValue: String { "Index \(intValue ?? 0)" }

    init(_ place: Int) { intValue = place }
    init?(intValue: Int) { self.init(intValue) }
    init?(stringValue: String) { nil }
  }

  /// A member by its name, also if no type knows the name.
  struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
  }

  /// The place of a superclass's values in a class.
  struct Super: CodingKey {
    var intValue: Int? { nil }
    var stringValue: String { "super" }

    init() {}
    init?(intValue: Int) { nil }
    init?(stringValue: String) { nil }
  }
}
