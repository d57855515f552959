package import Schedules

/// Something that two people walk through together, step by step.
package struct Guide: Hashable, Sendable {
  package let head: ContentHead
  /// About how long it takes; nil where it does not say.
  package let minutes: Int?
  /// Never empty.
  package let steps: [Step]

  /// Nil where there is no step.
  package init?(_ head: ContentHead, minutes: Int? = nil, steps: [Step]) {
    guard !steps.isEmpty else { return nil }
    self.head = head
    self.minutes = minutes
    self.steps = steps
  }
}

/// One screen of a guide.
package struct Step: Hashable, Sendable {
  /// One line, not empty.
  package let title: String
  /// A paragraph, not empty; at most `maximumLength` scalars, so that it fits a small terminal with all else.
  package let text: String
  package let speaker: Speaker?
  /// How long it is given; nil for as long as it takes.
  package let timer: TimeSpan?
  /// Prompts that are drawn for it.
  package let drawing: Drawing?
  /// What a private note is asked for with; nil for none.
  package let note: String?

  package init(
    title: String, text: String, speaker: Speaker? = nil, timer: TimeSpan? = nil, drawing: Drawing? = nil,
    note: String? = nil
  ) {
    self.title = title
    self.text = text
    self.speaker = speaker
    self.timer = timer
    self.drawing = drawing
    self.note = note
  }

  /// Who speaks.
  package enum Speaker: String, CaseIterable, Hashable, Sendable {
    /// The one who began.
    case first
    /// The other one.
    case second
    case both
  }

  /// Which prompts a step draws.
  package struct Drawing: Hashable, Sendable {
    package let deck: ContentID
    /// 1 to `maximumCount`.
    package let count: Int
    /// Of this depth alone; nil for any.
    package let depth: Int?
    /// With all of these tags.
    package let tags: [String]

    /// Nil where the count is none.
    package init?(deck: ContentID, count: Int = 1, depth: Int? = nil, tags: [String] = []) {
      guard (1...Self.maximumCount).contains(count) else { return nil }
      self.deck = deck
      self.count = count
      self.depth = depth
      self.tags = tags
    }

    /// What a terminal of 24 lines has room for beside the step's text.
    package static let maximumCount = 5
  }

  package static let maximumLength = 400
}
