/// A fault that is put into the engine on purpose, to see that the promises are held by something that
/// notices.
package enum Mutation: String, CaseIterable, Sendable {
  // Never lost.
  case losesWhatComes, missesWhatComes, showsNothing, showsNothingLate, holdsForEver, isQuietAllDay
  case forgetsSnoozes, forgetsSnoozesAtStart, forgetsOpenAtStart, countsFromStart, forgetsAwayRituals
  case skipsNudges, skipsLeads, missesTooSoon, missesWhatWasSeen, supersedesUnseen, neverAsksBack
  // Never doubled.
  case showsTwice, forgetsDisplaysAtStart, replaysAfterClockIsSet, leavesOldOnes, asksTwice
  // Never early, and not too late.
  case isEarly, snoozesShort, isEarlyWithLeads, showsHoweverLate
  // Kept back.
  case ignoresPauses, ignoresQuietHours, ignoresSession, ignoresTimeouts
  // What was answered stays answered.
  case ignoresPresses, ignoresCommands, takesSkipForDone, answersOthers, answersUnasked, losesReplies
  case doublesReplies
  // Written down before it is seen.
  case showsFirst, recordsNoDisplay
  // Nothing private for others.
  case speaksUp, speaksOnLockScreens
  // Prompts and places.
  case repeatsPrompts, staysAtHome
}
