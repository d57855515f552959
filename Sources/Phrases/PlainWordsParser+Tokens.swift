import Schedules

/// The steps along the tokens, and the errors.
extension PlainWordsParser {
  var peek: PlainToken.Kind? { tokens.indices.contains(index) ? tokens[index].kind : nil }

  mutating func skip(_ keyword: PlainToken.Keyword) -> Bool {
    guard peek == .keyword(keyword) else { return false }
    index += 1
    return true
  }

  /// Skips `on` and `the`, which have no meaning.
  mutating func skipFillers() {
    while skip(.on) || skip(.the) {}
  }

  /// Skips a comma, `and` or both, if another item of the list follows.
  mutating func skipAnd(before isMore: (PlainToken.Kind) -> Bool) -> Bool {
    let start = index
    while peek == .and, index < start + 2 { index += 1 }
    guard index > start, let peek, isMore(peek) else {
      index = start
      return false
    }
    return true
  }

  mutating func number() -> Int? {
    guard case .number(let number) = peek else { return nil }
    index += 1
    return number
  }

  mutating func unit() -> PlainToken.Unit? {
    guard case .unit(let unit) = peek else { return nil }
    index += 1
    return unit
  }

  func finish() throws(ScheduleError) {
    guard peek == nil else { throw expected("the end here, or " + PlainWords.accepted) }
  }

  // MARK: Errors

  func unknown(_ token: PlainToken) -> ScheduleError {
    let near = PlainToken.nearest(to: token.text).map { "; did you mean \"\($0)\"?" } ?? ""
    return ScheduleError(
      range: token.range, reason: "\"\(token.text)\" is not a word that is understood here" + near,
      accepted: PlainWords.accepted)
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
    let last = max(place, index - 1)
    guard tokens.indices.contains(place), tokens.indices.contains(last) else {
      return error(reason, accepted)
    }
    return ScheduleError(
      range: tokens[place].range.lowerBound..<tokens[last].range.upperBound, reason: reason,
      accepted: accepted)
  }
}
