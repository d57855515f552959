package import Control

// Tests write the words of a choice as they are on the wire.

extension Choice {
  package init(stringLiteral word: String) { self.init(rawValue: word) }
}

extension Circumstance.State: ExpressibleByStringLiteral {}
extension Entry.What: ExpressibleByStringLiteral {}
extension Note.Kind: ExpressibleByStringLiteral {}
extension Order.What: ExpressibleByStringLiteral {}
extension Problem.Severity: ExpressibleByStringLiteral {}
extension Reminder.Phase: ExpressibleByStringLiteral {}
extension Ritual.Quiet: ExpressibleByStringLiteral {}
extension Ritual.State: ExpressibleByStringLiteral {}
extension Ritual.Urgency: ExpressibleByStringLiteral {}
