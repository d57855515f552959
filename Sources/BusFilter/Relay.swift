import CLinux
import Descriptors
import Glibc

/// One client and its connection to the bus: what the client sends is judged, what the bus sends goes through as it is,
/// with the descriptors that come with it.
///
/// Each side is read only while nothing waits for the other one, so that no more than a message is kept.
final class Relay {
  /// The connection is over.
  var onEnd: () -> Void = {}
  /// Messages were not let through.
  var onRefusal: () -> Void = {}

  private let client: Int32
  private let bus: Int32
  private var stream: ClientStream
  private var fromClient: DescriptorWatch?
  private var fromBus: DescriptorWatch?
  private var toBus: [UInt8] = []
  private var toClient: [UInt8] = []
  /// The line or message that the bus is sending.
  private var unit = BusUnit()
  /// Descriptors that go with the first byte of `toClient`.
  private var files: [Int32] = []
  private var isOver = false
  private var buffer = [UInt8](repeating: 0, count: 16384)

  /// Takes over both descriptors, which do not block.
  init(client: Int32, bus: Int32, _ allowed: AllowedCalls) throws(WatchError) {
    self.client = client
    self.bus = bus
    stream = ClientStream(allowed)
    do throws(WatchError) {
      fromClient = try DescriptorWatch(client, for: .reading) { [weak self] ready in self?.serveClient(ready)
      }
      fromBus = try DescriptorWatch(bus, for: .reading) { [weak self] ready in self?.serveBus(ready) }
    } catch {
      fromClient?.cancel()
      close(client)
      close(bus)
      throw error
    }
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
    // Descriptors that are sent along are not taken, and so nobody's.
    let count = read(client, &buffer, buffer.count)
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
      var number = Int32(taken.count)
      let size = min(unit.most, buffer.count - toClient.count)
      let count = ritual_receive(bus, &buffer, size, &taken, &number)
      files += taken[..<Int(max(0, number))]
      guard count > 0 else {
        // An end of the stream is met again once all before it is sent.
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
    let count = ritual_send(bus, toBus, toBus.count, nil, 0)
    guard count >= 0 else { return endUnlessEmpty(count) }
    toBus.removeFirst(count)
  }

  private func sendToClient() {
    guard !toClient.isEmpty else { return }
    let count = ritual_send(client, toClient, toClient.count, files, Int32(files.count))
    guard count >= 0 else { return endUnlessEmpty(count) }
    toClient.removeFirst(count)
    dropFiles()
  }

  /// The end of a stream and every error but "not now" end the connection.
  private func endUnlessEmpty(_ result: Int) {
    if result < 0, errno == EAGAIN || errno == EINTR { return }
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

  private func dropFiles() {
    for file in files { close(file) }
    files = []
  }

  private func end() {
    guard !isOver else { return }
    isOver = true
    fromClient?.cancel()
    fromBus?.cancel()
    dropFiles()
    close(client)
    close(bus)
    onEnd()
  }
}
