import Testing

/// A text with mistakes, and the messages for the user.
struct Mistake: Sendable, CustomTestStringConvertible {
  let why: String
  let text: String
  let rendered: String

  var testDescription: String { why }

  init(_ why: String, _ text: String, _ rendered: String) {
    self.why = why
    self.text = text
    self.rendered = rendered
  }

  /// Every mistake with its whole message: one long table, to be read as prose.
  static let table: [Mistake] = [
    Mistake(
      "a schedule's mistake is shown inside its string",
      "[ritual.a]\ntitle = \"A\"\nschedule = \"Mon 25:00\"\n",
      #"""
      r.toml:3:17: ritual.a.schedule: there is no such hour; accepted: hours from 0 to 23
        schedule = "Mon 25:00"
                        ^
      """#),
    Mistake(
      "inside a literal string too",
      "[ritual.a]\ntitle = 'A'\nschedule = ['08:05', 'Mon 25:00']\n",
      #"""
      r.toml:3:27: ritual.a.schedule: there is no such hour; accepted: hours from 0 to 23
        schedule = ['08:05', 'Mon 25:00']
                                  ^
      """#),
    Mistake(
      "each span of the day and each circumstance that is none is told",
      "[quiet]\nhours = [\"23:00-07:00\", 5, \"12:00..25:00\", \"22:00..23:00\"]\n"
        + "when = [\"lockd\", \"idel\"]\n",
      #"""
      r.toml:2:10: quiet.hours: invalid span of the day "23:00-07:00"; accepted: spans of the day such as "23:00..07:00", or [] for none
        hours = ["23:00-07:00", 5, "12:00..25:00", "22:00..23:00"]
                 ^
      r.toml:2:25: quiet.hours: this is an integer; accepted: spans of the day such as "23:00..07:00", or [] for none
        hours = ["23:00-07:00", 5, "12:00..25:00", "22:00..23:00"]
                                ^
      r.toml:2:28: quiet.hours: invalid span of the day "12:00..25:00"; accepted: spans of the day such as "23:00..07:00", or [] for none
        hours = ["23:00-07:00", 5, "12:00..25:00", "22:00..23:00"]
                                   ^
      r.toml:3:9: quiet.when: unknown circumstance "lockd"; accepted: a list of locked, do-not-disturb, idle, screen-shared, or [] for none; did you mean "locked"?
        when = ["lockd", "idel"]
                ^
      r.toml:3:18: quiet.when: unknown circumstance "idel"; accepted: a list of locked, do-not-disturb, idle, screen-shared, or [] for none; did you mean "idle"?
        when = ["lockd", "idel"]
                         ^
      """#),
    Mistake(
      "letters of several bytes before it count once",
      "[ritual.a]\ntitle = \"A\"\nschedule = \"é 25:00\"\n",
      #"""
      r.toml:3:13: ritual.a.schedule: "é" is not expected here; accepted: a number, or *
        schedule = "é 25:00"
                    ^
      """#),
    Mistake(
      "with an escape before it the value's start is shown",
      "[ritual.a]\ntitle = \"A\"\nschedule = \"\\u004Don 25:00\"\n",
      #"""
      r.toml:3:12: ritual.a.schedule: there is no such hour; accepted: hours from 0 to 23
        schedule = "\u004Don 25:00"
                   ^
      """#),
    Mistake(
      "and in a string of several lines",
      "[ritual.a]\ntitle = \"A\"\nschedule = \"\"\"Mon 25:00\"\"\"\n",
      #"""
      r.toml:3:12: ritual.a.schedule: there is no such hour; accepted: hours from 0 to 23
        schedule = """Mon 25:00"""
                   ^
      """#),
    Mistake(
      "a recurrence rule is pointed into",
      "[ritual.a]\ntitle = \"A\"\nschedule = \"RRULE:FREQ=DAILY;BYDAY=XX\"\n",
      #"""
      r.toml:3:36: ritual.a.schedule: XX is not a weekday; accepted: MO, TU, WE, TH, FR, SA, SU
        schedule = "RRULE:FREQ=DAILY;BYDAY=XX"
                                           ^
      """#),
    Mistake(
      "a rule that counts from a start, without one",
      "[ritual.a]\ntitle = \"A\"\nschedule = \"FREQ=WEEKLY;INTERVAL=2;BYDAY=FR\"\n",
      #"""
      r.toml:3:13: ritual.a.schedule: the rule counts from a start, and there is none; accepted: a DTSTART line such as DTSTART:20261127T193000 before it, or start = 2026-11-27T19:30:00 beside it
        schedule = "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"
                    ^
      """#),
    Mistake(
      "a start with an offset",
      "[ritual.a]\ntitle = \"A\"\nschedule = \"08:05\"\nstart = 2026-11-27T19:30:00+01:00\n",
      #"""
      r.toml:4:9: ritual.a.start: a rule cannot follow a fixed offset; accepted: a date such as 2026-11-27, or a local time such as 2026-11-27T19:30:00, with timezone = "Europe/Berlin" beside it
        start = 2026-11-27T19:30:00+01:00
                ^
      """#),
    Mistake(
      "a word for a date",
      "[ritual.a]\ntitle = \"A\"\nschedule = \"08:05\"\nexcept = [\"Christmas\"]\n",
      #"""
      r.toml:4:11: ritual.a.except: this is a string; accepted: a date such as 2026-12-25, a time such as 2026-12-25T19:30:00, or a list of them
        except = ["Christmas"]
                  ^
      """#),
    Mistake(
      "a schedule of the wrong kind",
      "[ritual.a]\ntitle = \"A\"\nschedule = 08:05:00\n",
      #"""
      r.toml:3:12: ritual.a.schedule: this is a time; accepted: a schedule such as "Mon..Fri 08:05", a list of them, or [] for on demand
        schedule = 08:05:00
                   ^
      """#),
    Mistake(
      "a list with an element of the wrong kind",
      "[ritual.a]\ntitle = \"A\"\nschedule = [\"08:05\", 9]\n",
      #"""
      r.toml:3:22: ritual.a.schedule: this is an integer; accepted: a schedule such as "Mon..Fri 08:05", a list of them, or [] for on demand
        schedule = ["08:05", 9]
                             ^
      """#),
    Mistake(
      "title and schedule are needed",
      "[ritual.a]\nmessage = \"M\"\n",
      #"""
      r.toml:1:9: ritual.a: title is missing; accepted: title = "…"
        [ritual.a]
                ^
      r.toml:1:9: ritual.a: schedule is missing; accepted: schedule = "Mon..Fri 08:05", for example
        [ritual.a]
                ^
      """#),
    Mistake(
      "a title of blanks is none",
      "[ritual.a]\ntitle = \" \"\nschedule = \"08:05\"\n",
      #"""
      r.toml:2:9: ritual.a.title: it is empty; accepted: a text of one line, 1 to 200 characters
        title = " "
                ^
      """#),
    Mistake(
      "a title that is a number",
      "[ritual.a]\ntitle = 6\nschedule = \"08:05\"\n",
      #"""
      r.toml:2:9: ritual.a.title: this is an integer; accepted: a text of one line, 1 to 200 characters
        title = 6
                ^
      """#),
    Mistake(
      "a title as long as a letter",
      "[ritual.a]\ntitle = \"" + String(repeating: "x", count: 201) + "\"\nschedule = \"08:05\"\n",
      #"""
      r.toml:2:9: ritual.a.title: it is 201 characters long; accepted: a text of one line, 1 to 200 characters
        title = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
                ^
      """#),
    Mistake(
      "a message with a bell in it",
      "[ritual.a]\ntitle = \"A\"\nschedule = \"08:05\"\nmessage = \"И\\u0007\"\n",
      #"""
      r.toml:4:13: ritual.a.message: it has a control character or a line break; accepted: a text of one line, 0 to 1000 characters
        message = "И\u0007"
                    ^
      """#),
    Mistake(
      "a misspelt key",
      "[ritual.a]\ntitle = \"A\"\nschedule = \"08:05\"\nsnoze = \"5m\"\n",
      #"""
      r.toml:4:1: warning: ritual.a.snoze: unknown key, ignored; accepted: title, message, schedule, start, except, also, timezone, urgency, missed, snooze, nudge, lead, quiet, private, enabled, deck, guide, reply, takes; did you mean "snooze"?
        snoze = "5m"
        ^
      """#),
    Mistake(
      "a key that is like no other",
      "[ritual.a]\ntitle = \"A\"\nschedule = \"08:05\"\ncolour = \"red\"\n",
      #"""
      r.toml:4:1: warning: ritual.a.colour: unknown key, ignored; accepted: title, message, schedule, start, except, also, timezone, urgency, missed, snooze, nudge, lead, quiet, private, enabled, deck, guide, reply, takes
        colour = "red"
        ^
      """#),
    Mistake(
      "a deck that is no name",
      "[ritual.a]\ntitle = \"A\"\nschedule = \"08:05\"\ndeck = \"My love\"\n",
      #"""
      r.toml:4:8: ritual.a.deck: invalid name "My love"; accepted: 1 to 64 of a-z, 0-9 and '-'
        deck = "My love"
               ^
      """#),
    Mistake(
      "a misspelt table",
      "[defalts]\n",
      #"""
      r.toml:1:2: warning: defalts: unknown table, ignored; accepted: [defaults], [quiet], [discreet], [journal], [calendar.NAME], [ritual.ID]; did you mean "defaults"?
        [defalts]
         ^
      """#),
    Mistake(
      "the title of a ritual where tables stand",
      "[goodbye]\ntitle = \"Goodbye\"\n",
      #"""
      r.toml:1:2: warning: goodbye: unknown table, ignored; accepted: [defaults], [quiet], [discreet], [journal], [calendar.NAME], [ritual.ID]
        [goodbye]
         ^
      """#),
    Mistake(
      "a reply that is kept as nothing",
      "[ritual.a]\ntitle = \"A\"\nschedule = \"08:05\"\nreply = \"warm\"\ntakes = \"an hour\"\n",
      #"""
      r.toml:4:9: ritual.a.reply: unknown kind of note "warm"; accepted: appreciation or note
        reply = "warm"
                ^
      r.toml:5:10: ritual.a.takes: a number is missing here; accepted: a length of time such as "20m", or "0"
        takes = "an hour"
                 ^
      """#),
    Mistake(
      "a misspelt urgency",
      "[ritual.a]\ntitle = \"A\"\nschedule = \"08:05\"\nurgency = \"critcal\"\n",
      #"""
      r.toml:4:11: ritual.a.urgency: unknown urgency "critcal"; accepted: low, normal, critical; did you mean "critical"?
        urgency = "critcal"
                  ^
      """#),
    Mistake(
      "a missed that is nearly a word",
      "[ritual.a]\ntitle = \"A\"\nschedule = \"08:05\"\nmissed = \"nevr\"\n",
      #"""
      r.toml:4:10: ritual.a.missed: unknown word "nevr"; accepted: "never", "always" or a length of time such as "2h"; did you mean "never"?
        missed = "nevr"
                 ^
      """#),
    Mistake(
      "a missed with an unknown unit",
      "[ritual.a]\ntitle = \"A\"\nschedule = \"08:05\"\nmissed = \"2 hourz\"\n",
      #"""
      r.toml:4:13: ritual.a.missed: hourz is not a unit of time; accepted: "never", "always" or a length of time such as "2h"
        missed = "2 hourz"
                    ^
      """#),
    Mistake(
      "a missed of the wrong kind",
      "[ritual.a]\ntitle = \"A\"\nschedule = \"08:05\"\nmissed = 2\n",
      #"""
      r.toml:4:10: ritual.a.missed: this is an integer; accepted: "never", "always" or a length of time such as "2h"
        missed = 2
                 ^
      """#),
    Mistake(
      "a zone without its capitals",
      "[ritual.a]\ntitle = \"A\"\nschedule = \"08:05\"\ntimezone = \"europe/berlin\"\n",
      #"""
      r.toml:4:12: ritual.a.timezone: there is no time zone "europe/berlin"; accepted: "local" or an IANA name such as "Europe/Berlin"; did you mean "Europe/Berlin"?
        timezone = "europe/berlin"
                   ^
      """#),
    Mistake(
      "a zone that is nowhere",
      "[ritual.a]\ntitle = \"A\"\nschedule = \"08:05\"\ntimezone = \"Mars/Olympus\"\n",
      #"""
      r.toml:4:12: ritual.a.timezone: there is no time zone "Mars/Olympus"; accepted: "local" or an IANA name such as "Europe/Berlin"
        timezone = "Mars/Olympus"
                   ^
      """#),
    Mistake(
      "no snooze at all",
      "[ritual.a]\ntitle = \"A\"\nschedule = \"08:05\"\nsnooze = []\n",
      #"""
      r.toml:4:10: ritual.a.snooze: the list is empty; accepted: a length of time such as "10m", or a list of them
        snooze = []
                 ^
      """#),
    Mistake(
      "more buttons than anybody presses",
      "[ritual.a]\ntitle = \"A\"\nschedule = \"08:05\"\nsnooze = [1,2,3,4,5,6,7,8,9,10,11]\n",
      #"""
      r.toml:4:10: ritual.a.snooze: the list has 11 elements; accepted: a list of up to 10
        snooze = [1,2,3,4,5,6,7,8,9,10,11]
                 ^
      """#),
    Mistake(
      "a snooze of no time",
      "[ritual.a]\ntitle = \"A\"\nschedule = \"08:05\"\nsnooze = [\"10m\", \"0\"]\n",
      #"""
      r.toml:4:18: ritual.a.snooze: the length is zero; accepted: a length of time such as "10m", or a list of them
        snooze = ["10m", "0"]
                         ^
      """#),
    Mistake(
      "an enabled that is a word",
      "[ritual.a]\ntitle = \"A\"\nschedule = \"08:05\"\nenabled = \"yes\"\n",
      #"""
      r.toml:4:11: ritual.a.enabled: this is a string; accepted: true or false
        enabled = "yes"
                  ^
      """#),
    Mistake(
      "an id with capitals",
      "[ritual.Good_Bye]\ntitle = \"A\"\nschedule = \"08:05\"\n",
      #"""
      r.toml:1:9: ritual.Good_Bye: invalid id; accepted: 1 to 64 of a-z, 0-9 and '-'; did you mean "good-bye"?
        [ritual.Good_Bye]
                ^
      """#),
    Mistake(
      "an id as only calendars give",
      "[ritual.\"us/a\"]\ntitle = \"A\"\nschedule = \"08:05\"\n",
      #"""
      r.toml:1:9: ritual."us/a": invalid id; accepted: 1 to 64 of a-z, 0-9 and '-'; did you mean "us-a"?
        [ritual."us/a"]
                ^
      """#),
    Mistake(
      "an id that must be quoted",
      "[ritual.\"a b\\u0007\"]\ntitle = \"A\"\nschedule = \"08:05\"\n",
      #"""
      r.toml:1:9: ritual."a b�": invalid id; accepted: 1 to 64 of a-z, 0-9 and '-'; did you mean "a-b"?
        [ritual."a b\u0007"]
                ^
      """#),
    Mistake(
      "a ritual that is a value",
      "[ritual]\na = 1\n",
      #"""
      r.toml:2:5: ritual.a: this is an integer; accepted: a table, [ritual.a]
        a = 1
            ^
      """#),
    Mistake(
      "rituals as a list",
      "[[ritual]]\n",
      #"""
      r.toml:1:1: ritual: this is an array; accepted: tables with an id each, [ritual.ID]
        [[ritual]]
        ^
      """#),
    Mistake(
      "defaults of the wrong kind",
      "defaults = []\n",
      #"""
      r.toml:1:12: defaults: this is an array; accepted: a table, [defaults]
        defaults = []
                   ^
      """#),
    Mistake(
      "mistakes in the defaults",
      "[defaults]\ntimezone = \"locl\"\nmissed = true\nsnooze = \"x\"\nurgency = \"low\"\n",
      #"""
      r.toml:2:12: defaults.timezone: there is no time zone "locl"; accepted: "local" or an IANA name such as "Europe/Berlin"; did you mean "local"?
        timezone = "locl"
                   ^
      r.toml:3:10: defaults.missed: this is a boolean; accepted: "never", "always" or a length of time such as "2h"
        missed = true
                 ^
      r.toml:4:11: defaults.snooze: a number is missing here; accepted: a length of time such as "10m", or a list of them
        snooze = "x"
                  ^
      r.toml:5:1: warning: defaults.urgency: unknown key, ignored; accepted: timezone, missed, snooze, nudge
        urgency = "low"
        ^
      """#),
    Mistake(
      "every mistake of a file, in its order",
      "[ritual.a]\nurgency = 1\ntitle = \"\"\n\n[defaults]\nmissed = \"\"\n\n[ritual.b]\nenabled = 0\n",
      #"""
      r.toml:1:9: ritual.a: schedule is missing; accepted: schedule = "Mon..Fri 08:05", for example
        [ritual.a]
                ^
      r.toml:2:11: ritual.a.urgency: this is an integer; accepted: low, normal, critical
        urgency = 1
                  ^
      r.toml:3:9: ritual.a.title: it is empty; accepted: a text of one line, 1 to 200 characters
        title = ""
                ^
      r.toml:6:11: defaults.missed: it is empty; accepted: "never", "always" or a length of time such as "2h"
        missed = ""
                  ^
      r.toml:8:9: ritual.b: title is missing; accepted: title = "…"
        [ritual.b]
                ^
      r.toml:8:9: ritual.b: schedule is missing; accepted: schedule = "Mon..Fri 08:05", for example
        [ritual.b]
                ^
      r.toml:9:11: ritual.b.enabled: this is an integer; accepted: true or false
        enabled = 0
                  ^
      """#),
    Mistake(
      "a tab before the place",
      "[ritual.a]\n\ttitle = \"A\"\n\tschedule = \"x\"\n",
      #"""
      r.toml:3:14: ritual.a.schedule: x is not a weekday; accepted: Mon, Tue, Wed, Thu, Fri, Sat, Sun, whole or short, in lists (,) and ranges (..)
        	schedule = "x"
        	            ^
      """#),
    Mistake(
      "a key twice",
      "[ritual.a]\ntitle = \"A\"\ntitle = \"B\"\n",
      #"""
      r.toml:3:9: this is not TOML: while parsing key-value pair: cannot redefine existing string 'title'
        title = "B"
                ^
      """#),
    Mistake(
      "a table twice",
      "[ritual.a]\n[ritual.a]\n",
      #"""
      r.toml:2:1: this is not TOML: while parsing table header: cannot redefine existing table 'ritual.a'
        [ritual.a]
        ^
      """#),
    Mistake(
      "a string that is not closed",
      "[ritual.a]\ntitle = \"A\nschedule = \"08:05\"\n",
      #"""
      r.toml:2:11: this is not TOML: a string is not closed on its line
        title = "A
                  ^
      """#),
    Mistake(
      "a value that is missing",
      "title =\n",
      #"""
      r.toml:1:8: this is not TOML: while parsing key-value pair: expected value, saw '\n'
        title =
               ^
      """#),
    Mistake(
      "a letter that is not ASCII outside quotes",
      "título = 1\n",
      #"""
      r.toml:1:2: this is not TOML: while parsing key-value pair: expected '=', saw 'í'
        título = 1
         ^
      """#),
    Mistake(
      "a header that toml++ trips over",
      "# fine\n[=ritual.a]\n",
      #"""
      r.toml:2:2: this is not TOML: a key, a value or a table header is malformed
        [=ritual.a]
         ^
      """#),
    Mistake(
      "a NUL, a byte order mark and CRLF",
      "\u{FEFF}[ritual.a]\r\ntitle = \u{0}\r\n",
      #"""
      r.toml:2:9: this is not TOML: while parsing value: unexpected control character
        title = �
                ^
      """#),
    Mistake(
      "a thousand open brackets",
      "a = " + String(repeating: "[", count: 1000) + "",
      #"""
      r.toml:1:37: this is not TOML: while parsing value: exceeded maximum nested value depth of 32
        a = [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[…
                                            ^
      """#),
    Mistake(
      "what happened today is not to be gone tomorrow",
      "[journal]\nkeep = \"1h\"\n",
      #"""
      r.toml:2:8: journal.keep: it is less than a day; accepted: "always", or a length of time of a day or more, such as "1y"
        keep = "1h"
               ^
      """#),
    Mistake(
      "a header of a thousand brackets",
      "" + String(repeating: "[", count: 1000) + "",
      #"""
      r.toml:1:3: this is not TOML: a key, a value or a table header is malformed
        [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[…
          ^
      """#),
    Mistake(
      "a key of too many parts",
      "a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a = 1\n",
      #"""
      r.toml:1:32: this is not TOML: a key of more than 16 parts
        a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a = 1
                                       ^
      """#),
  ]
}
