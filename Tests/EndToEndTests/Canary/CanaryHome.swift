import DesktopRig
import Glibc

/// A home with a private word in every place that can have one.
extension Home {
  func plant(_ words: CanaryWords) throws {
    for name in [
      "config/ritual/ritual.d", "data/ritual", "data/ritual/decks", "data/ritual/guides",
      "data/ritual/presets", "calendar", "out", "temporary",
    ] { _ = try folder.makeFolder(name) }
    try configure(canaryConfiguration(words))
    try folder.write(
      """
      # \(words[.comment])
      [ritual.\(words[.dropInName])]
      title = "\(words[.dropInTitle].uppercased()) at night"
      schedule = "23:59"
      """, to: "config/ritual/ritual.d/\(words[.dropInName]).toml")
    try plantContent(words)
    try folder.write(canaryEvent(words), to: "calendar/\(words[.eventFile]).ics")
  }

  /// One public ritual, one private, and one with a guide; each comes every three seconds. A crowd comes with
  /// them at once, so that one notification is for all.
  func canaryConfiguration(_ words: CanaryWords, crowd: Int = 0) -> String {
    let others = (0..<crowd).map { number in
      "[ritual.crowd-\(number)]\ntitle = \"Crowd\"\nschedule = \"*:*:0/3\"\n"
    }
    return
      """
      # \(words[.comment])
      [calendar.\(words[.calendarName])]
      vdir = "~/calendar"
      publish = ["\(words[.id])"]
      [ritual.\(words[.id])]
      title = "Kiss \(words[.title].uppercased())"
      message = "Before \(words[.message])."
      schedule = "*:*:0/3"
      reply = "appreciation"
      [ritual.\(words[.privateID])]
      title = "Secret \(words[.privateTitle])"
      message = "Nobody knows \(words[.privateMessage])."
      schedule = "*:*:1/3"
      private = true
      quiet = "ignore"
      [ritual.guided]
      title = "Guided"
      schedule = "*:*:2/3"
      deck = "\(words[.deckName])"
      guide = "\(words[.guideName])"
      \(others.joined())
      """
  }

  private func plantContent(_ words: CanaryWords) throws {
    try folder.write(
      "title = \"\(words[.deckTitle])\"\nstrategy = \"curiosity\"\n[prompts]\none = \"What of \(words[.prompt])?\"\n",
      to: "data/ritual/decks/\(words[.deckName]).toml")
    try folder.write(
      "extends = \"soothing\"\n[prompts]\nown = \"Breathe, \(words[.soothing]).\"\n",
      to: "data/ritual/decks/soothing.toml")
    try folder.write(
      """
      title = "\(words[.guideTitle])"
      strategy = "growth"
      [[step]]
      title = "One"
      text = "Tell \(words[.guideText])."
      note = "What of \(words[.guideText])?"
      [[step]]
      title = "Two"
      text = "Listen."
      """, to: "data/ritual/guides/\(words[.guideName]).toml")
    try folder.write(
      """
      title = "\(words[.presetTitle])"
      strategy = "affection"
      [ritual.offered]
      title = "Offered"
      schedule = "07:00"
      """, to: "data/ritual/presets/\(words[.presetName]).toml")
  }

  private func canaryEvent(_ words: CanaryWords) -> String {
    """
    BEGIN:VCALENDAR
    VERSION:2.0
    PRODID:-//Phone//Test//EN
    BEGIN:VEVENT
    UID:\(words[.eventUID])
    DTSTAMP:20261101T080000Z
    DTSTART:20300101T080000Z
    SUMMARY:\(words[.eventSummary].uppercased()) in spring
    DESCRIPTION:\(words[.eventDescription])
    LOCATION:\(words[.eventLocation])
    BEGIN:VALARM
    ACTION:DISPLAY
    TRIGGER:PT0S
    END:VALARM
    END:VEVENT
    END:VCALENDAR

    """.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
  }

  /// Files in which everything is wrong, each with words in the wrong place.
  func plantMistakes(_ words: CanaryWords) throws {
    try configure(
      canaryConfiguration(words)
        + """

        [ritual.broken]
        title = "\(words[.mistakenValue])"
        schedule = "\(words[.mistakenValue])"
        \(words[.mistakenKey]) = "\(words[.mistakenValue])"
        deck = "\(words[.mistakenValue])"
        [ritual.mistaken]
        title = "Mistaken"
        schedule = "08:00"
        deck = "\(words[.mistakenDeck])"
        """)
    try folder.write(
      "[ritual.\(words[.dropInName])\ntitle = \(words[.mistakenValue])",
      to: "config/ritual/ritual.d/\(words[.dropInName]).toml")
    try folder.write(
      "title = \"\(words[.mistakenValue])\"\n[prompts]\none = 5\n\(words[.mistakenKey]) = 6\n",
      to: "data/ritual/decks/\(words[.mistakenDeck]).toml")
    try folder.write(
      "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:\(words[.mistakenValue])\r\n",
      to: "calendar/\(words[.mistakenValue]).ics")
  }
}
