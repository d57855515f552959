import CivilTime
import Control
import Desktop
import Engine
import Logging
import Rituals
import Settings
import Texts
import Varlink

/// The daemon's side of `io.ritual.Control`: each method asks the daemon, or gives it an event.
final class ControlService {
  let daemon: Daemon
  private let service: VarlinkService
  private let watchers = Watchers()
  /// The orders that were reported last; nil if none were.
  private var reportedOrders: [Control.Order]?
  /// The last reply to `List`, and the daemon's revision that it shows. Bars and scripts ask again and again.
  var list: (revision: Int, reply: EncodedReply)?

  /// A service that has the interface and no methods yet.
  static func service(_ log: Logger) throws -> VarlinkService {
    let service = VarlinkService(
      .init(vendor: "Ritual", product: "rituald", version: ritualVersion, url: ritualHomepage))
    service.add(try InterfaceDescription(parsing: controlInterface))
    service.onIncident = { incident in
      switch incident {
      case .dropped(let reason, let process):
        log.notice("Closed the connection of process \(process): \(reason)")
      case .failed(let method, let error): log.failure(.error, method, error)
      case .cannotAccept(let error): log.error("Cannot take a connection: \(error)")
      }
    }
    return service
  }

  /// Adds the methods to `service`.
  init(_ daemon: Daemon, on service: VarlinkService) {
    self.daemon = daemon
    self.service = service
    service.peerError = { error, _ in
      // The text may be private, and is long: the error has its length instead.
      (error as? TextTooLong).map {
        InvalidValue(name: $0.parameter, text: "\($0.length) bytes", accepted: "at most \($0.limit) bytes")
      }
    }
    addQueries()
    addAnswers()
    addChanges()
    addOrders()
    addNotes()
    addDecks()
    addTimeout()
    addReport()
    addPresets()
    handle(WatchRequest.self) { [watchers] _, call in try watchers.add(call) }
    daemon.onWatchedEvent = { [unowned self] event in report(event) }
  }

  /// Adds a method. The length of texts in requests is checked here, for all methods.
  func handle<Request: VarlinkRequest>(
    _ request: Request.Type, longestText: Int = TextBound.bytes,
    _ body: @escaping @MainActor (Request, Call) throws -> Void
  ) {
    service.handle(request, longestText: longestText, body)
  }

  /// Replies to a call whose handler has returned.
  func reply(_ reply: some Encodable, to call: Call) {
    do { try call.reply(reply) } catch { daemon.log.failure(.error, call.method, error) }
  }

  var zone: Zone { daemon.engine.zone }

  func moment(_ instant: Instant) -> Moment { Moment(instant, in: zone) }

  /// The configured ritual that the user named: by its id, or by its title.
  func ritual(_ text: String) throws -> Ritual {
    if let ritual = try configured(text) { return ritual }
    throw NoSuchRitual(ritual: text, didYouMean: daemon.nearestID(to: text))
  }

  /// The id that the user meant: of a configured ritual, or one as it is written. A ritual that was removed
  /// still has a past, and one with a mistake a section in a file.
  func id(named text: String) throws -> RitualID {
    if let ritual = try configured(text) { return ritual.id }
    guard let id = RitualID(text) else {
      throw NoSuchRitual(ritual: text, didYouMean: daemon.nearestID(to: text))
    }
    return id
  }

  /// The configured ritual with this id, or with this title; nil if none has it. Throws where several have
  /// the title.
  private func configured(_ text: String) throws -> Ritual? {
    let rituals = daemon.loaded.configuration.rituals
    if let ritual = rituals.first(where: { $0.id.text == text }) { return ritual }
    let title = text.lowercased()
    let titled = rituals.filter { $0.title.lowercased() == title }
    guard titled.count > 1 else {
      return titled.first
    }
    throw InvalidValue(
      name: "ritual", text: text,
      accepted: "an id, since several have this title: "
        + titled.map(\.id.text).sorted().joined(separator: ", "))
  }

  private func report(_ event: Daemon.WatchedEvent) {
    if case .ordered = event { return reportOrders() }
    guard !watchers.isEmpty else { return }
    switch event {
    case .entry(let entry): watchers.tell(WatchReply(entry: Control.Entry(entry, in: zone)))
    case .configured(let loaded):
      watchers.tell(WatchReply(rituals: loaded.configuration.rituals.count, problems: loaded.problems.count))
    case .server(let server): watchers.tell(WatchReply(server: server?.name ?? ""))
    case .ordered: break
    }
  }

  /// Reports the orders, if they have changed: not every change of a timeout is one of its order.
  private func reportOrders() {
    let orders = daemon.engine.standingOrders.map(info) + timeoutOrder
    guard orders != reportedOrders else { return }
    reportedOrders = orders
    if !watchers.isEmpty { watchers.tell(WatchReply(orders: orders)) }
  }
}
