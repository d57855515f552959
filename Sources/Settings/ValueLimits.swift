/// The limits of values in the configuration, in decks, guides and presets. Texts are counted in Unicode
/// scalars.
enum ValueLimits {
  static let title = 200
  static let message = 1000
  static let path = 4000
  /// More elements cost time whenever their ritual is read.
  static let snoozes = 10
  static let quietTimes = 10
  static let schedules = 100
  static let dates = 1000
  static let categories = 20
  static let published = 100
  /// The number of times that a reminder comes again.
  static let nudges = 0...20

  static let headTitle = 80
  static let about = 200
  static let source = 300
  static let tags = 20
  /// More prompts are not plausible for a deck.
  static let prompts = 2000
  /// More steps are too many for an evening.
  static let steps = 60
  static let minutes = 1...600
  static let ending = 80
  static let stepTitle = 70
  static let note = 120
}
