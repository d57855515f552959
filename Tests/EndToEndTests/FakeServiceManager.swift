import DesktopRig
import Dispatch
import Glibc

/// The receiving end of sd_notify(3): a datagram socket that records its messages.
final class FakeServiceManager {
  let path: String
  /// Every message so far.
  private(set) var all: [String] = []
  private let messages = Mailbox<String>("a word to the service manager")
  private let source: any DispatchSourceRead

  init(in folder: TemporaryFolder) throws {
    let path = folder.path("notify")
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    let bound = withSocketAddress(path) { bind(descriptor, $0, $1) }
    self.path = path
    guard bound == 0 else { throw RigError.failed("bind \(path)", code: errno) }
    source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: .main)
    source.setEventHandler { [weak self] in
      var buffer = [UInt8](repeating: 0, count: 4096)
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard let self, count > 0 else { return }
      let message = String(decoding: buffer[..<count], as: UTF8.self)
      all.append(message)
      messages.put(message)
    }
    source.setCancelHandler { close(descriptor) }
    source.activate()
  }

  isolated deinit { source.cancel() }

  /// Waits for the next message that `isWanted`; skips those before it.
  func message(where isWanted: (String) -> Bool) async throws -> String {
    while true {
      let message = try await messages.next()
      if isWanted(message) { return message }
    }
  }
}
