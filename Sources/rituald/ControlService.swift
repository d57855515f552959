import CivilTime
import Control
import Desktop
import Engine
import Logging
import Rituals
import Settings
import Texts
import Varlink

/// The daemon's side of `io.ritual.Control`: each method is a question to the daemon, or an event for it.
final class ControlService {
  let daemon: Daemon
  private let service: VarlinkService
  private let watchers = Watchers()
  /// What was in force when that was told last; nil where it was not told yet.
  private var ordered: [Control.Order]?
  /// The last answer to `List`, and the daemon's revision that it tells of: bars and scripts ask again and again.
  var list: (revision: Int, reply: EncodedReply)?

  /// A service that has the interface and no answers yet.
  static func service(_ log: Logger) throws -> VarlinkService {
    let service = VarlinkService(
      .init(vendor: "Ritual", product: "rituald", version: ritualVersion, url: "https://varlink.org"))
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

  /// Adds the answers to `service`.
  init(_ daemon: Daemon, on service: VarlinkService) {
    self.daemon = daemon
    self.service = service
    service.peerError = { error, _ in
      // The text may be private, and is long: its length is told in its place.
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
    daemon.onNews = { [unowned self] news in tell(news) }
  }

  /// Answers a method. The length of what comes in by the socket is looked at here, for all of them.
  func handle<Request: VarlinkRequest>(
    _ request: Request.Type, longestText: Int = TextBound.bytes,
    _ body: @escaping @MainActor (Request, Call) throws -> Void
  ) {
    service.handle(request, longestText: longestText, body)
  }

  /// Answers a call after its handler has returned.
  func reply(_ reply: some Encodable, to call: Call) {
    do { try call.reply(reply) } catch { daemon.log.failure(.error, call.method, error) }
  }

  var zone: Zone { daemon.engine.zone }

  func moment(_ instant: Instant) -> Moment { Moment(instant, in: zone) }

  /// The ritual of an id that a user gave, among all that are configured.
  func ritual(_ text: String) throws -> Ritual {
    let rituals = daemon.loaded.configuration.rituals
    if let ritual = rituals.first(where: { $0.id.text == text }) { return ritual }
    throw NoSuchRitual(ritual: text, didYouMean: daemon.nearestID(to: text))
  }

  private func tell(_ news: Daemon.News) {
    if case .ordered = news { return tellOrders() }
    guard !watchers.isEmpty else { return }
    switch news {
    case .entry(let entry): watchers.tell(WatchReply(entry: Control.Entry(entry, in: zone)))
    case .configured(let loaded):
      watchers.tell(WatchReply(rituals: loaded.configuration.rituals.count, problems: loaded.problems.count))
    case .server(let server): watchers.tell(WatchReply(server: server?.name ?? ""))
    case .ordered: break
    }
  }

  /// A timeout changes in ways that are none of an order's, such as where its question is on the screen.
  private func tellOrders() {
    let orders = daemon.engine.standingOrders.map(info) + timeoutOrder
    guard orders != ordered else { return }
    ordered = orders
    if !watchers.isEmpty { watchers.tell(WatchReply(orders: orders)) }
  }
}
