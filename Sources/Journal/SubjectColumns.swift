import Rituals

/// The columns of an order's subject. The ritual is empty for an order about all rituals.
struct SubjectColumns {
  let subject: String
  let ritual: String

  enum Word: String, CaseIterable {
    case pause, discretion
  }

  init(_ value: Order.Subject) {
    switch value {
    case .pause(let id): (subject, ritual) = (Word.pause.rawValue, id?.text ?? "")
    case .discretion: (subject, ritual) = (Word.discretion.rawValue, "")
    }
  }

  /// Nil if a column is NULL.
  init?(_ row: Row, from column: Int32) {
    guard let subject = row.text(column), let ritual = row.text(column + 1) else { return nil }
    self.subject = subject
    self.ritual = ritual
  }

  /// The subject; nil if this version does not know it.
  var value: Order.Subject? {
    switch (Word(rawValue: subject), ritual) {
    case (.pause, ""): .pause(nil)
    case (.pause, let text): RitualID(text).map { .pause($0) }
    case (.discretion, ""): .discretion
    case (.discretion, _), (nil, _): nil
    }
  }
}
