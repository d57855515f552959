import Rituals

/// What an order is about, as the file holds it. A ritual is empty where it is about all.
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

  /// Nil where a column is missing.
  init?(_ row: Row, from column: Int32) {
    guard let subject = row.text(column), let ritual = row.text(column + 1) else { return nil }
    self.subject = subject
    self.ritual = ritual
  }

  /// Nil where it is a subject that this version does not know.
  var value: Order.Subject? {
    switch (Word(rawValue: subject), ritual) {
    case (.pause, ""): .pause(nil)
    case (.pause, let text): RitualID(text).map { .pause($0) }
    case (.discretion, ""): .discretion
    case (.discretion, _), (nil, _): nil
    }
  }
}
