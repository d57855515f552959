import Dispatch
import Files

/// A connection to a bus that is made again whenever it fails or ends: after growing delays, and at once when
/// the bus's socket appears. It wakes nothing while it is connected or while the socket is missing.
package final class BusConnection {
  /// The bus is connected and has answered. Objects made for an earlier bus cannot be used any more.
  package var onConnect: (Bus) -> Void = { _ in }
  /// The bus is gone, or the first try failed. Called once until the next `onConnect`.
  package var onLoss: (BusError) -> Void = { _ in }

  /// The state of the connection.
  package enum State {
    /// Not started, or stopped.
    case idle
    /// During the first try.
    case connecting
    case connected(Bus)
    /// The error of the last try.
    case lost(BusError)
  }
  package private(set) var state = State.idle

  /// The bus while it is connected.
  package var bus: Bus? { if case .connected(let bus) = state { bus } else { nil } }

  private let address: BusAddress
  private let first: Duration
  private let longest: Duration
  private let answerTimeout: Duration
  private let isSandboxed: Bool
  /// The bus that has not answered yet.
  private var candidate: Bus?
  private var failures = 0
  private var timer: (any DispatchSourceTimer)?
  private var socketWatch: FileWatch?

  /// - Parameters:
  ///   - first: the delay after the first failure; it doubles with each failure.
  ///   - longest: the longest delay.
  ///   - answerTimeout: the time in which a bus that accepted the connection must answer.
  ///   - isSandboxed: true if a proxy may be before the bus that has to be greeted word by word.
  package init(
    to address: BusAddress, first: Duration = .seconds(1), longest: Duration = .seconds(60),
    answerTimeout: Duration = Bus.defaultTimeout, isSandboxed: Bool = Sandbox.isInside
  ) {
    self.address = address
    self.isSandboxed = isSandboxed
    self.answerTimeout = answerTimeout
    self.first = first
    self.longest = longest
  }

  isolated deinit {
    timer?.cancel()
  }

  /// Begins to connect. The callbacks run later, never within this call.
  package func start() {
    guard case .idle = state else { return }
    state = .connecting
    schedule(after: .zero) { [weak self] in self?.connect() }
  }

  /// Closes the bus and tries no more. Calls nothing back.
  package func stop() {
    bus?.close()
    candidate?.close()
    candidate = nil
    state = .idle
    failures = 0
    stopWaiting()
  }

  private func connect() {
    stopWaiting()
    do throws(BusError) {
      let bus = try open()
      candidate = bus
      bus.onDisconnect = { [weak self] error in self?.connectionFailed(error) }
      // Not before: Flatpak's proxy (docs/decisions/0036) mixes up the answers to calls that come earlier.
      bus.onReady = { [weak self, weak bus] in if let bus { self?.ask(bus) } }
    } catch {
      connectionFailed(error)
    }
  }

  /// Asks something: a program that accepts a connection, and even names it, may not answer afterwards.
  private func ask(_ bus: Bus) {
    do throws(BusError) {
      try bus.askBus(
        "GetId", timeout: answerTimeout, read: { message throws(BusError) in try message.readString() }
      ) { [weak self, weak bus] result in
        guard let self, let bus, candidate === bus else { return }
        switch result {
        case .success: busAnswered(bus)
        case .failure(let error): connectionFailed(error)
        }
      }
    } catch {
      connectionFailed(error)
    }
  }

  private func open() throws(BusError) -> Bus {
    if isSandboxed, let socket = address.socket { return try Bus.at(socket: socket, timeout: answerTimeout) }
    return switch address {
    case .session: try Bus.session()
    case .system: try Bus.system()
    case .at(let address): try Bus.at(address)
    }
  }

  private func busAnswered(_ bus: Bus) {
    candidate = nil
    failures = 0
    state = .connected(bus)
    onConnect(bus)
  }

  private func connectionFailed(_ error: BusError) {
    candidate?.close()
    candidate = nil
    let wasLost = if case .lost = state { true } else { false }
    state = .lost(error)
    failures += 1
    scheduleRetry()
    if !wasLost { onLoss(error) }
  }

  private func scheduleRetry() {
    watchSocket()
    if let socket = address.socket, socketWatch?.isComplete == true, !FileStatus.exists(socket) {
      // Only a new socket can change anything, and the watch reports one.
      return
    }
    let doublings = min(failures - 1, 20)
    schedule(after: min(first * (1 << doublings), longest)) { [weak self] in self?.connect() }
  }

  private func watchSocket() {
    guard socketWatch == nil, let socket = address.socket else { return }
    // A server binds its socket first and listens then; a try in between fails and is repeated.
    socketWatch = FileWatch(files: [socket], debounce: .milliseconds(20))
    socketWatch?.onChange = { [weak self] in
      guard let self, case .lost = state, candidate == nil, FileStatus.exists(socket) else { return }
      failures = 0
      connect()
    }
  }

  private func stopWaiting() {
    timer?.cancel()
    timer = nil
    socketWatch = nil
  }

  private func schedule(after time: Duration, _ action: @escaping () -> Void) {
    timer?.cancel()
    let timer = DispatchSource.makeTimerSource(queue: .main)
    timer.schedule(deadline: .now() + .microseconds(Int(time / .microseconds(1))))
    timer.setEventHandler { action() }
    timer.activate()
    self.timer = timer
  }
}
