import CLinux
import Descriptors
import Glibc

/// A client and its connection to the bus. What the client sends passes a `ClientStream`; what the bus sends
/// goes through as it is, with the descriptors that come with it.
///
/// Each side is read only while nothing waits for the other one, so that no more than a message is kept.
final class Relay {
  /// Is called when the connection is over.
  var onEnd: () -> Void = {}
  /// Is called when messages were not let through.
  var onRefusal: () -> Void = {}

  private let client: Descriptor
  private let bus: Descriptor
  private var stream: ClientStream
  private var fromClient: DescriptorWatch?
  private var fromBus: DescriptorWatch?
  private var toBus: [UInt8] = []
  private var toClient: [UInt8] = []
  /// The line or message that the bus is sending at the moment.
  private var unit = BusUnit()
  /// Descriptors that go with the first byte of `toClient`.
  private var files: [Int32] = []
  private var isOver = false
  private var buffer = [UInt8](repeating: 0, count: 16384)

  /// Takes over both descriptors, which do not block.
  init(client: consuming Descriptor, bus: consuming Descriptor, _ allowed: AllowedCalls) throws(ErrorNumber) {
    self.client = client
    self.bus = bus
    stream = ClientStream(allowed)
    fromClient = try DescriptorWatch(self.client.raw, for: .reading) { [weak self] ready in
      self?.serveClient(ready)
    }
    fromBus = try DescriptorWatch(self.bus.raw, for: .reading) { [weak self] ready in self?.serveBus(ready) }
  }

  isolated deinit {
    fromClient?.cancel()
    fromBus?.cancel()
    dropFiles()
  }

  private func serveClient(_ ready: DescriptorWatch.Readiness) {
    if ready.contains(.writing) { sendToClient() }
    if ready.contains(.reading), !isOver { readClient() }
    rearm()
  }

  private func serveBus(_ ready: DescriptorWatch.Readiness) {
    if ready.contains(.writing) { sendToBus() }
    if ready.contains(.reading), !isOver { readBus() }
    rearm()
  }

  private func readClient() {
    // read(2) leaves descriptors that are sent along where they are, and the kernel closes them.
    let count = uninterrupted { read(client.raw, &buffer, buffer.count) }
    guard count > 0 else { return endUnlessEmpty(count) }
    let before = stream.refused
    do throws(ClientStream.Refusal) {
      toBus += try stream.take(buffer[..<count])
    } catch {
      onRefusal()
      return end()
    }
    if stream.refused > before { onRefusal() }
    sendToBus()
  }

  /// Reads one line or message, or the next part of one.
  private func readBus() {
    repeat {
      var taken = [Int32](repeating: -1, count: Int(RITUAL_MOST_FILES))
      var number: Int32 = 0
      let size = min(unit.most, buffer.count - toClient.count)
      let count = uninterrupted {
        number = Int32(taken.count)
        return ritual_receive(bus.raw, &buffer, size, &taken, &number)
      }
      files += taken[..<Int(max(0, number))]
      guard count > 0 else {
        // Once all before it is sent, the end of the stream is read again.
        if toClient.isEmpty { return endUnlessEmpty(count) }
        break
      }
      toClient += buffer[..<count]
      unit.take(buffer[..<count])
    } while unit.most > 0 && toClient.count < buffer.count
    if unit.most == 0 { unit = BusUnit() }
    sendToClient()
  }

  private func sendToBus() {
    guard !toBus.isEmpty else { return }
    let count = uninterrupted { ritual_send(bus.raw, toBus, toBus.count, nil, 0) }
    guard count >= 0 else { return endUnlessEmpty(count) }
    toBus.removeFirst(count)
  }

  private func sendToClient() {
    guard !toClient.isEmpty else { return }
    let count = uninterrupted {
      ritual_send(client.raw, toClient, toClient.count, files, Int32(files.count))
    }
    guard count >= 0 else { return endUnlessEmpty(count) }
    toClient.removeFirst(count)
    dropFiles()
  }

  /// Ends the connection at the end of a stream and at every error but "not now".
  private func endUnlessEmpty(_ result: Int) {
    if result < 0, errno == EAGAIN { return }
    end()
  }

  private func rearm() {
    guard !isOver else { return }
    var ofClient: DescriptorWatch.Readiness = []
    var ofBus: DescriptorWatch.Readiness = []
    if toBus.isEmpty { ofClient.insert(.reading) } else { ofBus.insert(.writing) }
    if toClient.isEmpty { ofBus.insert(.reading) } else { ofClient.insert(.writing) }
    fromClient?.interest = ofClient
    fromBus?.interest = ofBus
  }

  /// Closes the descriptors that were on their way to the client.
  private func dropFiles() {
    for file in files { close(file) }
    files = []
  }

  private func end() {
    guard !isOver else { return }
    isOver = true
    fromClient?.cancel()
    fromBus?.cancel()
    // Both ends hear of it now; the descriptors are closed with this relay.
    shutdown(client.raw, Int32(SHUT_RDWR))
    shutdown(bus.raw, Int32(SHUT_RDWR))
    onEnd()
  }
}
