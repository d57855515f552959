/// The ten strategies of staying close that decks, guides and presets belong to, in their order.
package enum Strategy: String, CaseIterable, Hashable, Sendable {
  case curiosity, listening
  case innerWorld = "inner-world"
  case connection, conflict, affection, presence, appreciation, growth, support
}
