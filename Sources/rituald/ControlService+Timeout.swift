import CivilTime
import Control
import Engine
import Rituals
import Schedules
import Settings
import SystemZones
import Varlink

/// The timeout: a break in a conflict.
extension ControlService {
  func addTimeout() {
    handle(TimeoutRequest.self) { [unowned self] request, call in
      let length = try request.length.map { try self.length(of: $0) } ?? Timeout.shortest
      let soothing = soothing()
      daemon.apply(
        .timeoutBegan(until: SystemClock.now.advanced(byMicroseconds: length), soothing: soothing))
      guard let timeout = daemon.engine.timeout else { throw NoTimeout() }
      try call.reply(TimeoutReply(until: moment(timeout.until), soothing: soothing))
    }
    handle(EndTimeoutRequest.self) { [unowned self] _, call in
      guard let timeout = daemon.engine.timeout, timeout.stage != .offering else { throw NoTimeout() }
      daemon.apply(.timeoutEnded)
      try call.reply(NoParameters())
    }
  }

  /// The timeout in the form of an order; none once both are back.
  var timeoutOrder: [Control.Order] {
    guard let timeout = daemon.engine.timeout, timeout.stage != .offering else { return [] }
    return [
      Control.Order(what: .timeout, ritual: nil, since: moment(timeout.since), until: moment(timeout.until))
    ]
  }

  /// The length in microseconds; at least what a body needs to calm down.
  private func length(of text: String) throws -> Int64 {
    do throws(ScheduleError) {
      let span = try TimeSpan(parsing: text)
      guard span.microseconds <= Timeout.longest else {
        throw ScheduleError(range: 0..<0, reason: "it is too long", accepted: TimeSpan.accepted)
      }
      return max(span.microseconds, Timeout.shortest)
    } catch {
      throw InvalidValue(name: "length", text: text, accepted: "\(error.accepted), up to a day")
    }
  }

  /// The next line of the deck `soothing`; a built-in line without that deck.
  private func soothing() -> String {
    guard let id = ContentID("soothing"), let deck = daemon.content.library.deck(id).value,
      let draw = daemon.engine.drawing(1, from: id, among: deck.prompts.map(DrawablePrompt.init)).first,
      let prompt = deck.prompt(draw.prompt)
    else { return "Breathe out slowly, longer than you breathe in." }
    daemon.apply(.drew([draw]))
    return prompt.text
  }
}
