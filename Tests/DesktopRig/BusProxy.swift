import Glibc

/// Flatpak's proxy before a private bus: it passes the calls to a few names (xdg-dbus-proxy(1)).
package final class BusProxy {
  /// The path of its socket.
  package let path: String
  /// The end of this pipe ends the proxy.
  private let life: Int32
  private let process: ChildProcess

  nonisolated private static let program = "xdg-dbus-proxy"

  nonisolated package static let isThere = (try? find(program, package: program)) != nil
  nonisolated package static let absence = "xdg-dbus-proxy is not there; make deps-test brings it"

  /// Starts it in a folder, and waits until it listens.
  /// - Parameter names: the names that may be called.
  package init(before bus: PrivateBus, in folder: TemporaryFolder, names: [String]) throws(RigError) {
    path = folder.path("proxy")
    let pipe = try Pipe()
    life = pipe.reading
    process = try ChildProcess(
      find(Self.program, package: Self.program),
      ["--fd=3", bus.place, path, "--filter"] + names.map { "--talk=\($0)" }, environment: [:],
      descriptors: [pipe.writing])
    close(pipe.writing)
    var byte: UInt8 = 0
    guard read(life, &byte, 1) == 1 else { throw .waitedInVain(Self.program) }
  }

  isolated deinit { close(life) }
}
