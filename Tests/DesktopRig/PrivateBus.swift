import Glibc

/// A message bus for one test, without any service.
package final class PrivateBus {
  /// The address with the id that the bus has now; clients of this address insist on that id.
  package private(set) var address: String
  /// The address without the id, as sessions have it: it fits any bus that listens there.
  package var place: String { String(address.prefix { $0 != "," }) }
  private let environment: [String: String]
  private let configuration: String
  private var process: ChildProcess

  /// Starts it in a folder.
  /// - Parameters:
  ///   - environment: the environment of services that it starts, beside `PATH` and `HOME`.
  ///   - services: the commands of services that it starts at a call to their name.
  package init(
    in folder: TemporaryFolder, environment: [String: String] = [:], services: [String: String] = [:]
  ) throws(RigError) {
    _ = try folder.makeFolder("services")
    for (name, command) in services {
      try folder.write(
        "[D-BUS Service]\nName=\(name)\nExec=\(command)\n", to: "services/\(name).service")
    }
    configuration = try folder.write(
      """
      <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
        "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
      <busconfig>
        <type>session</type>
        <keep_umask/>
        <listen>unix:path=\(folder.path("bus"))</listen>
        <auth>EXTERNAL</auth>
        <servicedir>\(folder.path("services"))</servicedir>
        <policy context="default">
          <allow send_destination="*"/>
          <allow receive_sender="*"/>
          <allow own="*"/>
        </policy>
      </busconfig>
      """, to: "bus.conf")
    self.environment = ["PATH": searchPath, "HOME": folder.path].merging(environment) { $1 }
    (process, address) = try Self.start(configuration, self.environment)
  }

  /// Starts it again after `kill`, at the same socket; it is another bus with another id.
  package func restart() throws(RigError) {
    (process, address) = try Self.start(configuration, environment)
  }

  /// Starts it, and waits until it listens.
  private static func start(
    _ configuration: String, _ environment: [String: String]
  ) throws(RigError) -> (ChildProcess, String) {
    let pipe = try Pipe()
    let process = try ChildProcess(
      find("dbus-daemon", package: "dbus-daemon"),
      ["--config-file=\(configuration)", "--nofork", "--nopidfile", "--print-address=3"],
      environment: environment, descriptors: [pipe.writing])
    close(pipe.writing)
    defer { close(pipe.reading) }
    guard let address = Pipe.readLine(pipe.reading) else { throw .waitedInVain("dbus-daemon's address") }
    return (process, address)
  }

  /// Kills it; all its clients are disconnected.
  package func kill() {
    process.kill()
  }
}
