package import Schedules

/// An activity for two people, step by step.
package struct Guide: Hashable, Sendable {
  package let head: ContentHead
  /// The approximate length in minutes; nil if the file gives none.
  package let minutes: Int?
  /// Never empty.
  package let steps: [GuideStep]
  /// The line after the last step; nil if the file gives none.
  package let ending: String?

  /// Nil without a step.
  package init?(_ head: ContentHead, minutes: Int? = nil, steps: [GuideStep], ending: String? = nil) {
    guard !steps.isEmpty else { return nil }
    self.head = head
    self.minutes = minutes
    self.steps = steps
    self.ending = ending
  }
}

/// One screen of a guide.
package struct GuideStep: Hashable, Sendable {
  /// One line, not empty.
  package let title: String
  /// A paragraph, not empty; at most `maximumLength` scalars, so that the whole screen fits a small terminal.
  package let text: String
  package let speaker: Speaker?
  /// The time for the step; nil means no limit.
  package let timer: TimeSpan?
  /// Prompts that are drawn for the step; nil for none.
  package let drawing: Drawing?
  /// The question that asks for a private note; nil for none.
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

  /// The person who speaks.
  package enum Speaker: String, CaseIterable, Hashable, Sendable {
    /// The person who began.
    case first
    /// The other person.
    case second
    case both
  }

  /// The prompts that a step draws.
  package struct Drawing: Hashable, Sendable {
    package let deck: ContentID
    /// 1 to `maximumCount`.
    package let count: Int
    /// Only prompts of this depth; nil for any.
    package let depth: Int?
    /// Only prompts with all of these tags.
    package let tags: [String]

    /// Nil if the count is out of range.
    package init?(deck: ContentID, count: Int = 1, depth: Int? = nil, tags: [String] = []) {
      guard (1...Self.maximumCount).contains(count) else { return nil }
      self.deck = deck
      self.count = count
      self.depth = depth
      self.tags = tags
    }

    /// The most prompts that fit a terminal of 24 lines beside the step's text.
    package static let maximumCount = 5
  }

  package static let maximumLength = 400
}
