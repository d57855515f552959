import Schedules

/// The steps along the tokens, and the errors.
extension PlainWordsParser {
  var peek: PlainToken.Kind? { kind(0) }

  /// The kind of the token some places ahead.
  func kind(_ distance: Int) -> PlainToken.Kind? { kind(at: index + distance) }

  func kind(at place: Int) -> PlainToken.Kind? { tokens.indices.contains(place) ? tokens[place].kind : nil }

  mutating func skip(_ keyword: PlainToken.Keyword) -> Bool {
    guard peek == .keyword(keyword) else { return false }
    index += 1
    return true
  }

  mutating func skip(_ kind: PlainToken.Kind) -> Bool {
    guard peek == kind else { return false }
    index += 1
    return true
  }

  /// Skips `on` and `the`, which have no meaning.
  mutating func skipFillers() {
    while skip(.on) || skip(.the) {}
  }

  /// Skips a comma, `and` or both, if another item of the list follows at the place that is passed.
  mutating func skipAnd(before isMore: (PlainWordsParser, Int) -> Bool) -> Bool {
    var next = index
    while kind(at: next) == .and, next < index + 2 { next += 1 }
    guard next > index, tokens.indices.contains(next), isMore(self, next) else { return false }
    index = next
    return true
  }

  mutating func unit() -> PlainToken.Unit? {
    guard case .unit(let unit) = peek else { return nil }
    index += 1
    return unit
  }

  /// True for the `work` of `work days`, which has no time of its own.
  func isWorkingDay(_ token: PlainToken) -> Bool {
    guard token.text == "work", let place = tokens.firstIndex(where: { $0.range == token.range }) else {
      return false
    }
    return kind(at: place + 1) == .unit(.day)
  }

  // MARK: Errors

  func unknown(_ token: PlainToken) -> ScheduleError {
    guard let near = PlainToken.nearest(to: token.text) else {
      return ScheduleError(
        range: token.range, reason: "\"\(token.text)\" is not a word that is understood here",
        accepted: accepted(for: purpose))
    }
    return ScheduleError(
      range: token.range,
      reason: "\"\(token.text)\" is not a word that is understood here; did you mean \"\(near)\"?",
      accepted: accepted(for: purpose))
  }

  /// The texts that are accepted for a purpose.
  func accepted(for purpose: Purpose) -> String {
    switch purpose {
    case .schedule: PlainWords.accepted
    case .moment: PlainWords.acceptedMoment
    case .past: PlainWords.acceptedPast
    }
  }

  func expected(_ accepted: String, isMissing: Bool = false, at place: Int? = nil) -> ScheduleError {
    let place = place ?? index
    guard tokens.indices.contains(place) else {
      return ScheduleError(
        range: end..<end, reason: isMissing ? "the time is missing" : "something is missing here",
        accepted: accepted)
    }
    return ScheduleError(
      range: tokens[place].range, reason: "\"\(tokens[place].text)\" is not expected here", accepted: accepted
    )
  }

  /// An error at one token.
  func error(_ reason: String, _ accepted: String, at place: Int? = nil) -> ScheduleError {
    let place = place ?? index
    let range = tokens.indices.contains(place) ? tokens[place].range : end..<end
    return ScheduleError(range: range, reason: reason, accepted: accepted)
  }

  /// An error at all tokens from one to the current one.
  func error(_ reason: String, _ accepted: String, from place: Int) -> ScheduleError {
    error(reason, accepted, in: place..<max(place + 1, index))
  }

  /// An error at some tokens.
  func error(_ reason: String, _ accepted: String, in places: Range<Int>) -> ScheduleError {
    guard tokens.indices.contains(places.lowerBound), !places.isEmpty else { return error(reason, accepted) }
    let last = min(places.upperBound, tokens.count) - 1
    return ScheduleError(
      range: tokens[places.lowerBound].range.lowerBound..<tokens[last].range.upperBound, reason: reason,
      accepted: accepted)
  }

  /// The text of some tokens.
  func words(_ places: Range<Int>) -> String {
    tokens[places.clamped(to: tokens.indices)].map(\.text).joined(separator: " ")
  }

  var tooFar: ScheduleError {
    ScheduleError(
      range: 0..<end, reason: "it is beyond what a schedule reaches", accepted: "up to the year 2199")
  }
}
