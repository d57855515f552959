import BusFilter
import Descriptors
import DesktopRig
import Glibc

/// A private bus with a filter before it.
final class FilteredBus {
  let folder: TemporaryFolder
  let bus: PrivateBus
  /// The address that the filter listens at.
  let address: String
  let notices = Mailbox<String>("a notice of the filter")
  let idle = Mailbox<Void>("the end of all connections")

  private let filter = BusFilter()
  private let listener: Int32

  init(_ allowed: AllowedCalls) throws {
    folder = try TemporaryFolder()
    bus = try PrivateBus(in: folder)
    let path = folder.path("filtered")
    address = "unix:path=\(path)"
    listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    guard withSocketAddress(path, { bind(listener, $0, $1) }) == 0, listen(listener, 8) == 0 else {
      throw RigError.failed("listen on \(path)", code: errno)
    }
    _ = fcntl(listener, F_SETFL, O_NONBLOCK)
    let place = bus.place
    try filter.serve(listener, to: { SocketAddress.all(inBusAddresses: place) }, allowed)
    filter.onNotice = { [notices] in notices.put($0) }
    filter.onIdle = { [idle] in idle.put(()) }
  }

  isolated deinit { close(listener) }
}
