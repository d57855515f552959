import Rituals

// The interface has a type of this name, too: `Control.Ritual`. The bare name is the one of `Rituals`.
typealias Ritual = Rituals.Ritual
