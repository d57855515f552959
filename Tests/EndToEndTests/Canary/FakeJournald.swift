import DesktopRig
import Dispatch
import Glibc

/// The receiving end of sd_journal_sendv(3): a datagram socket in a folder that only the daemon sees as
/// `/run/systemd/journal`.
final class FakeJournald {
  /// All fields of each entry, as received ("Native Journal Protocol").
  private(set) var entries: [String] = []
  private let folder: String
  private let news = Mailbox<String>("an entry in the system's journal")
  private let source: any DispatchSourceRead

  init(in folder: TemporaryFolder) throws {
    self.folder = try folder.makeFolder("journald")
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    let bound = withSocketAddress("\(self.folder)/socket") { bind(descriptor, $0, $1) }
    guard bound == 0 else { throw RigError.failed("bind \(self.folder)/socket", code: errno) }
    source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: .main)
    source.setEventHandler { [weak self] in
      var buffer = [UInt8](repeating: 0, count: 65536)
      let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
      guard let self, count > 0 else { return }
      let entry = String(decoding: buffer[..<count], as: UTF8.self)
      entries.append(entry)
      news.put(entry)
    }
    source.setCancelHandler { close(descriptor) }
    source.activate()
  }

  isolated deinit { source.cancel() }

  /// The command that runs a program with this as the system's journal, and standard error leading there.
  var wrapper: [String] {
    get throws {
      // The daemon may have a search path without the programs that make its place.
      let script = """
        own=$PATH; PATH='\(searchPath)'
        mount -t tmpfs none /run && mkdir -p /run/systemd/journal && mount --bind '\(folder)' /run/systemd/journal &&
        JOURNAL_STREAM=$(stat -L -c %d:%i /proc/self/fd/2) && export JOURNAL_STREAM PATH="$own" && exec "$@"
        """
      return [try find("unshare", package: "util-linux"), "--mount", "/bin/sh", "-c", script, "sh"]
    }
  }

  /// Waits for an entry with this text.
  func entry(with text: String) async throws {
    while try await !news.next().contains(text) {}
  }
}
