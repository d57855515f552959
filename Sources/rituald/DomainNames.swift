import Rituals

// The interface has types of the same names, as `Control.Ritual`. A bare name is the one of `Rituals`.
typealias Change = Rituals.Change
typealias Circumstance = Rituals.Circumstance
typealias Entry = Rituals.Entry
typealias Note = Rituals.Note
typealias Nudge = Rituals.Nudge
typealias Order = Rituals.Order
typealias Prompt = Rituals.Prompt
typealias Ritual = Rituals.Ritual
