package import Rituals

/// A ritual to be written, in the user's words; nil values are left to the defaults.
package struct NewRitual: Sendable, Hashable {
  package let id: RitualID
  package let title: String
  package let message: String?
  /// Texts of the schedule language; the ritual follows all of them.
  package let schedule: [String]
  /// An IANA name or `local`.
  package let timezone: String?
  package let urgency: Urgency?
  /// Its other keys.
  package let more: [RitualChange]

  package init(
    id: RitualID, title: String, message: String? = nil, schedule: [String], timezone: String? = nil,
    urgency: Urgency? = nil, more: [RitualChange] = []
  ) {
    self.id = id
    self.title = title
    self.message = message
    self.schedule = schedule
    self.timezone = timezone
    self.urgency = urgency
    self.more = more
  }
}
