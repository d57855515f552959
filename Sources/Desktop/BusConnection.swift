import Dispatch
import Files

/// A bus that is connected to as often as it takes. Where it is not there, or goes away, it is tried again, less and
/// less often, and at once when its socket appears. While it is connected, or has no socket to try, it wakes nobody.
package final class BusConnection {
  /// A bus is there and has answered; what was made for an earlier one is of no use any more.
  package var onConnect: (Bus) -> Void = { _ in }
  /// The bus is gone, or was not there at the first try: told once until the next `onConnect`.
  package var onLoss: (BusError) -> Void = { _ in }

  /// How it stands.
  package enum State {
    /// Not started, or stopped.
    case idle
    /// It is being tried for the first time.
    case connecting
    case connected(Bus)
    /// Why it is not there, as of the last try.
    case lost(BusError)
  }
  package private(set) var state = State.idle

  /// The bus, while it is there.
  package var bus: Bus? { if case .connected(let bus) = state { bus } else { nil } }

  private let address: BusAddress
  private let first: Duration
  private let longest: Duration
  private let patience: Duration
  /// The bus that has not answered yet.
  private var candidate: Bus?
  private var failures = 0
  private var timer: (any DispatchSourceTimer)?
  private var socketWatch: FileWatch?

  /// - Parameters:
  ///   - first: how long after the first failure it is tried again; twice as long each time.
  ///   - longest: and never longer than this.
  ///   - patience: how long a bus that took the connection may take to answer.
  package init(
    to address: BusAddress, first: Duration = .seconds(1), longest: Duration = .seconds(60),
    patience: Duration = Bus.patience
  ) {
    self.address = address
    self.patience = patience
    self.first = first
    self.longest = longest
  }

  isolated deinit {
    timer?.cancel()
  }

  /// Begins. What comes of it is told later, never from within this call.
  package func start() {
    guard case .idle = state else { return }
    state = .connecting
    after(.zero) { [weak self] in self?.connect() }
  }

  /// Lets go of the bus and tries no more. Tells nothing.
  package func stop() {
    bus?.close()
    candidate?.close()
    candidate = nil
    state = .idle
    failures = 0
    quieten()
  }

  private func connect() {
    quieten()
    do throws(BusError) {
      let bus = try open()
      candidate = bus
      bus.onDisconnect = { [weak self] error in self?.lose(error) }
      // That somebody took the call at the socket is not yet a bus.
      try bus.ask(
        "GetId", of: "org.freedesktop.DBus", at: "/org/freedesktop/DBus", to: "org.freedesktop.DBus",
        timeout: patience, read: { message throws(BusError) in try message.readString() }
      ) { [weak self, weak bus] result in
        guard let self, let bus, candidate === bus else { return }
        switch result {
        case .success: adopt(bus)
        case .failure(let error): lose(error)
        }
      }
    } catch {
      lose(error)
    }
  }

  private func open() throws(BusError) -> Bus {
    switch address {
    case .session: try Bus.session()
    case .system: try Bus.system()
    case .at(let address): try Bus.at(address)
    }
  }

  private func adopt(_ bus: Bus) {
    candidate = nil
    failures = 0
    state = .connected(bus)
    onConnect(bus)
  }

  private func lose(_ error: BusError) {
    candidate?.close()
    candidate = nil
    let wasLost = if case .lost = state { true } else { false }
    state = .lost(error)
    failures += 1
    retry()
    if !wasLost { onLoss(error) }
  }

  private func retry() {
    watchSocket()
    if let socket = address.socket, socketWatch?.isComplete == true, !FileStatus.exists(socket) {
      // Only a socket that appears can change anything, and that is told of.
      return
    }
    let doublings = min(failures - 1, 20)
    after(min(first * (1 << doublings), longest)) { [weak self] in self?.connect() }
  }

  private func watchSocket() {
    guard socketWatch == nil, let socket = address.socket else { return }
    // Who makes a socket binds it first and listens then; what comes in between is tried again.
    socketWatch = FileWatch(files: [socket], quiet: .milliseconds(20))
    socketWatch?.onChange = { [weak self] in
      guard let self, case .lost = state, candidate == nil, FileStatus.exists(socket) else { return }
      failures = 0
      connect()
    }
  }

  private func quieten() {
    timer?.cancel()
    timer = nil
    socketWatch = nil
  }

  private func after(_ time: Duration, _ action: @escaping () -> Void) {
    timer?.cancel()
    let timer = DispatchSource.makeTimerSource(queue: .main)
    timer.schedule(deadline: .now() + .microseconds(Int(time / .microseconds(1))))
    timer.setEventHandler { action() }
    timer.activate()
    self.timer = timer
  }
}
