/// The keys that this version of the configuration knows. `ritualctl check` warns of all others, and `make
/// schema` writes them as schemas for editors.
package enum KnownKeys {
  /// One key of a table.
  package struct Key: Sendable {
    package let name: String
    package let form: ValueForm
    /// True if the table needs the key.
    package let isRequired: Bool
    /// A key that must stand beside this one; nil for none.
    package let companion: String?
    /// The meaning for users, whole sentences.
    package let about: String

    init(
      _ name: String, _ form: ValueForm, isRequired: Bool = false, beside companion: String? = nil,
      _ about: String
    ) {
      self.name = name
      self.form = form
      self.isRequired = isRequired
      self.companion = companion
      self.about = about
    }
  }

  /// The keys of one table.
  package struct Table: Sendable {
    package let keys: [Key]
    /// Their names, in the same order.
    let known: [String]
    /// The accepted words if they are tables, in brackets; nil if they are keys.
    let tables: String?
    /// A key that lifts the need for all others: another file then has them. Nil for none.
    package let base: String?

    init(_ keys: [Key], tables: String? = nil, base: String? = nil) {
      self.keys = keys
      known = keys.map(\.name)
      self.tables = tables
      self.base = base
    }
  }

  /// A key's path as TOML writes it: `ritual."Bad id".title`.
  static func path(_ keys: [String]) -> String {
    keys.map { isBare($0) ? $0 : quoted($0) }.joined(separator: ".")
  }

  /// True if a key needs no quotes (TOML 1.0, "Keys").
  static func isBare(_ key: String) -> Bool {
    !key.isEmpty
      && key.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }
}
