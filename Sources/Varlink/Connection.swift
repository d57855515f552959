internal import Descriptors
internal import Dispatch
internal import Glibc

/// One peer of a service. Its requests are answered one after the other; replies that it does not read wait,
/// up to a bound.
@MainActor
final class Connection {
  let peer: PeerCredentials

  private let descriptor: Descriptor
  private weak var service: VarlinkService?
  private let limits: Limits
  private var framer: Framer
  private var output: [UInt8] = []
  /// The number of bytes of `output` that are written.
  private var written = 0
  /// Nil once the connection is closed.
  private var watch: DescriptorWatch?
  /// The current call. Weak: the handler owns it.
  private weak var current: Call?
  /// The size of the current request in bytes; nil if there is none.
  private var answering: Int?
  /// The peer sends no more.
  private var hasEnded = false
  private var isClosed = false
  private(set) var lastActive = DispatchTime.now()

  init(
    _ descriptor: consuming Descriptor, peer: PeerCredentials, service: VarlinkService
  ) throws(ErrorNumber) {
    self.peer = peer
    self.service = service
    limits = service.limits
    self.descriptor = descriptor
    framer = Framer(limit: limits.message)
    watch = try DescriptorWatch(self.descriptor.raw, for: .reading) { [weak self] ready in
      // Each of them may end the connection.
      if ready.contains(.reading) { self?.read() }
      if ready.contains(.writing) { self?.flush() }
    }
  }

  /// The memory that the connection takes, in bytes.
  var held: Int { framer.capacity + output.capacity + (answering ?? 0) }

  private var isAnswering: Bool { answering != nil }

  /// True if no request or reply is under way.
  var isIdle: Bool { !isAnswering && unread == 0 }

  /// True while a request or a reply is under way, also a request that was not read yet. Calls with several
  /// replies do not count.
  var isAnsweringOneReply: Bool {
    unread > 0 || isAnswering && current?.wantsMore != true || framer.count > 0 || hasInput
  }

  private var hasInput: Bool {
    var byte: UInt8 = 0
    return uninterrupted { recv(descriptor.raw, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT)) } > 0
  }

  private var unread: Int { output.count - written }

  // MARK: In

  private func read() {
    guard !isClosed else { return }
    lastActive = .now()
    var (result, code) = (0, Int32(0))
    let bytes = [UInt8](unsafeUninitializedCapacity: 65536) { buffer, count in
      result = uninterrupted { Glibc.read(descriptor.raw, buffer.baseAddress, buffer.count) }
      if result < 0 { code = errno }
      count = max(0, result)
    }
    if bytes.isEmpty {
      guard result == 0 || code != EAGAIN else { return }
      hasEnded = true
      waitForRequests(false)
    }
    framer.append(bytes)
    answerRequests()
    service?.enforceLimits()
  }

  /// Takes the next request, if no call is under way and the peer reads its replies.
  private func answerRequests() {
    while !isClosed, !isAnswering, unread <= limits.unreadBeforeNextRequest {
      do throws(WireError) {
        guard let message = try framer.next() else { break }
        try answer(message)
      } catch {
        return drop("\(error)")
      }
    }
    // A peer with a call under way is not read from: its requests wait in the kernel, and its send blocks.
    if !hasEnded { waitForRequests(framer.count <= limits.message) }
    if hasEnded, isIdle || current?.wantsMore == true { close() }
  }

  private func waitForRequests(_ isMeant: Bool) {
    if isMeant { watch?.interest.insert(.reading) } else { watch?.interest.remove(.reading) }
  }

  private func answer(_ message: [UInt8]) throws(WireError) {
    let head = try RequestHead(message: message)
    let call = Call(head, connection: self)
    current = call
    answering = message.count
    service?.dispatch(head.parameters, to: call)
  }

  // MARK: Out

  func send(_ bytes: [UInt8]) {
    guard !isClosed else { return }
    guard unread <= limits.unread else { return drop("it does not read its replies") }
    output += bytes
    flush()
    service?.enforceLimits()
  }

  /// The call has its last reply; the next request may follow.
  func callEnded() {
    answering = nil
    current = nil
    // Not within the handler: many waiting requests would nest as deep.
    DispatchQueue.main.async { [weak self] in self?.answerRequests() }
  }

  /// The call was released without an answer.
  func callReleased(_ method: String, isOneway: Bool) {
    answering = nil
    guard isOneway else { return drop("\(method) was not answered") }
    DispatchQueue.main.async { [weak self] in self?.answerRequests() }
  }

  /// Writes as much as the peer accepts now.
  func flush() {
    while !isClosed, unread > 0 {
      let count = uninterrupted {
        output[written...].withUnsafeBytes {
          Glibc.send(descriptor.raw, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
      }
      guard count > 0 else {
        if errno == EAGAIN { break }
        return close()
      }
      written += count
    }
    if unread == 0 {
      output.removeAll(keepingCapacity: output.capacity <= Framer.spare)
      written = 0
    } else if written > 1 << 16 {
      output.removeSubrange(..<written)
      written = 0
    }
    let isWaiting = unread > 0
    guard let watch, watch.interest.contains(.writing) != isWaiting else { return }
    watch.interest.formSymmetricDifference(.writing)
    if !isWaiting { DispatchQueue.main.async { [weak self] in self?.answerRequests() } }
  }

  // MARK: The end

  /// Closes the connection because of the peer's behaviour.
  func drop(_ reason: String) {
    guard !isClosed else { return }
    service?.onIncident?(.dropped(reason: reason, process: peer.process))
    close()
  }

  func close() {
    guard !isClosed else { return }
    isClosed = true
    // The descriptor is closed with this object.
    watch?.cancel()
    watch = nil
    service?.remove(self)
    current?.peerVanished()
  }
}
