package import Rituals
import Varlink

// The part of `io.ritual.Control.varlink` that is about decks, where each field is documented.

package struct PromptInfo: Codable, Hashable, Sendable {
  package var id: String
  package var text: String
  package var depth: Int?
  package var tags: [String]

  package init(id: String, text: String, depth: Int?, tags: [String]) {
    self.id = id
    self.text = text
    self.depth = depth
    self.tags = tags
  }

  package init(_ prompt: Prompt) {
    self.init(id: prompt.id.text, text: prompt.text, depth: prompt.depth, tags: prompt.tags)
  }
}

package struct DrawRequest: Codable, Hashable, Sendable {
  package var deck: String
  package var count: Int?
  package var depth: Int?
  package var tags: [String]?

  package init(deck: String, count: Int? = nil, depth: Int? = nil, tags: [String]? = nil) {
    self.deck = deck
    self.count = count
    self.depth = depth
    self.tags = tags
  }
}

package struct DrawReply: Codable, Hashable, Sendable {
  package var prompts: [PromptInfo]
  package init(prompts: [PromptInfo]) { self.prompts = prompts }
}

package struct RingRequest: Codable, Hashable, Sendable {
  package var title: String
  package var sound: String

  package init(title: String, sound: String) {
    self.title = title
    self.sound = sound
  }
}

package struct NoSuchDeck: VarlinkError, Hashable {
  package static let name = Method.name("NoSuchDeck")
  package var deck: String
  package var didYouMean: String?

  package init(deck: String, didYouMean: String?) {
    self.deck = deck
    self.didYouMean = didYouMean
  }
}
