import Rituals
import Schedules
import Settings
import Testing

/// The example of the manual, word for word.
@Suite struct ManualExampleTests {
  static let text = #"""
    [defaults]
    timezone = "local"            # or an IANA name; "local" follows the machine when it travels
    missed   = "2h"               # due while asleep, off or held: still shown when no later than this; "never", "always"
    snooze   = ["10m", "30m"]     # the snooze buttons
    nudge    = { every = "15m", times = 0 }   # remind again while unanswered; 0 is the gentle default

    [quiet]
    hours = ["23:00..07:00"]      # spans may cross midnight; a ritual with quiet = "ignore" is let through
    when  = ["locked", "do-not-disturb", "idle"]  # hold while so, deliver when over, within `missed`

    [discreet]
    when  = ["screen-shared"]     # neutral text instead of the ritual's own; `ritualctl discreet on|off` by hand

    [ritual.goodbye-kiss]         # the key is the id: a-z, 0-9, '-'
    title    = "Goodbye kiss"
    message  = "Six seconds, before the door."
    schedule = "Mon..Fri 08:05"

    [ritual.bedtime-appreciation]
    title    = "Bedtime appreciation"
    schedule = "22:15"
    deck     = "appreciation"     # each time another prompt, none again until all were shown
    urgency  = "low"              # low, normal, critical

    [ritual.state-of-us]
    title    = "State of us"
    schedule = "Sun 19:00"
    lead     = "30m"              # a lead, then the ritual itself
    guide    = "state-of-us"      # the notification's Begin button and `ritualctl begin` walk through it

    [ritual.date-night]
    title    = "Date night"
    schedule = "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"   # RFC 5545, for what calendar expressions cannot say
    start    = 2026-11-27T19:30:00
    except   = [2026-12-25]
    """#

  @Test func theExampleIsGood() throws {
    let loaded = Settings.load(files: [("ritual.toml", Array(Self.text.utf8))], zones: FewZones())
    #expect(loaded.problems == [])
    #expect(
      loaded.configuration.rituals.map(\.id.text) == [
        "goodbye-kiss", "bedtime-appreciation", "state-of-us", "date-night",
      ])
    #expect(loaded.configuration.defaults == .standard)
    let night = try #require(DaySpan(from: 23 * 60, to: 7 * 60))
    #expect(
      loaded.configuration.rules
        == GlobalRules(
          quiet: Quiet(hours: [night], when: [.locked, .doNotDisturb, .idle]), discreet: [.screenShared]))
    #expect(loaded.configuration.rituals[1].deck?.text == "appreciation")
    #expect(loaded.configuration.rituals[2].guide?.text == "state-of-us")
    #expect(loaded.configuration.rituals[2].lead?.microseconds == 1_800_000_000)
  }
}
