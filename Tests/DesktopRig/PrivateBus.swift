import Glibc

/// A message bus of a test's own, with nothing on it.
package final class PrivateBus {
  /// Where it listens, and its own id of the time, which whoever goes by the address insists on.
  package private(set) var address: String
  /// The same without the id, as sessions have it: whichever bus listens there.
  package var place: String { String(address.prefix { $0 != "," }) }
  private let environment: [String: String]
  private let configuration: String
  private var process: ChildProcess

  /// Starts it in a folder.
  /// - Parameters:
  ///   - environment: what the services that it starts get beside `PATH` and `HOME`.
  ///   - services: commands that it starts when somebody calls their name.
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

  /// Starts it anew after `kill`, at the same socket; it is another bus.
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

  /// Ends it in one blow; everyone on it is disconnected.
  package func kill() {
    process.kill()
  }
}
