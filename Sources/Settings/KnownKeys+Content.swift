import Rituals

/// The keys of decks, guides and presets.
extension KnownKeys {
  private static let head = [
    Key("title", .line(upTo: ValueLimits.headTitle), isRequired: true, "The name for people."),
    Key("about", .line(upTo: ValueLimits.about), "One sentence on what it is for."),
    Key(
      "strategy", .choice(of: Strategy.self), isRequired: true,
      "The strategy of staying close that it belongs to."),
    Key("source", .line(upTo: ValueLimits.source), "The book or paper that it comes from."),
    Key(
      "language", .match(ValueForm.languageTag),
      "The language of its words, such as \"en\" or \"pt-BR\". \"en\" if it is not given."),
  ]

  package static let deck = Table(
    head + [
      Key(
        "extends", .match(ValueForm.contentID),
        "The deck whose prompts it includes; title and strategy may come from there."),
      Key(
        "without", .oneOrMore(.match(ValueForm.contentID), upTo: ValueLimits.prompts),
        "The ids of prompts of the extended deck that it leaves out."),
      Key(
        "prompts",
        .named(
          .either(.line(upTo: Prompt.maximumLength), or: .table(prompt)), keys: ValueForm.contentID,
          isEmptyAccepted: false),
        isRequired: true,
        "The prompts, each with an id that stays when its text changes: ID = \"a question\"."),
    ], base: "extends")

  static let prompt = Table([
    Key("text", .line(upTo: Prompt.maximumLength), isRequired: true, "A question, or something to do."),
    Key("depth", .whole(Prompt.depths), "From light (1) to deep (3)."),
    Key(
      "tags", .zeroOrMore(.match(ValueForm.contentID), upTo: ValueLimits.tags),
      "Words by which a guide's step chooses prompts."),
  ])

  package static let guide = Table(
    head + [
      Key("minutes", .whole(ValueLimits.minutes), "Its approximate length."),
      Key("ending", .line(upTo: ValueLimits.ending), "A warm line for after the last step."),
      Key(
        "step", .tables(step, upTo: ValueLimits.steps), isRequired: true, "One screen of it: [[step]]."),
    ])

  static let step = Table([
    Key("title", .line(upTo: ValueLimits.stepTitle), isRequired: true, "The heading of the step."),
    Key("text", .line(upTo: GuideStep.maximumLength), isRequired: true, "What to do, in a few sentences."),
    Key(
      "speaker", .choice(of: GuideStep.Speaker.self),
      "The person who speaks: the one who began, the other one, or both."),
    Key("timer", .expression, "The time for the step, such as \"5m\"."),
    Key("deck", .match(ValueForm.contentID), "A deck from which the step draws prompts."),
    Key("count", .whole(1...GuideStep.Drawing.maximumCount), beside: "deck", "The number of prompts."),
    Key("depth", .whole(Prompt.depths), beside: "deck", "Only prompts of this depth."),
    Key(
      "tags", .zeroOrMore(.match(ValueForm.contentID), upTo: ValueLimits.tags), beside: "deck",
      "Only prompts with all of these tags."),
    Key("note", .line(upTo: ValueLimits.note), "A question that asks for a private note."),
  ])

  package static let preset = Table(head + [rituals(areRequired: true)])
}
