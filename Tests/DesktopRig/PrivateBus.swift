import Glibc

/// A message bus of a test's own, with nothing on it.
package final class PrivateBus {
  package let address: String
  private let process: ChildProcess

  /// Starts it in a folder.
  /// - Parameters:
  ///   - environment: what the services that it starts get beside `PATH` and `HOME`.
  ///   - services: commands that it starts when somebody calls their name.
  package init(
    in folder: TemporaryFolder, environment: [String: String] = [:], services: [String: String] = [:]
  ) throws(RigError) {
    let program = try find("dbus-daemon", package: "dbus-daemon")
    _ = try folder.makeFolder("services")
    for (name, command) in services {
      try folder.write(
        "[D-BUS Service]\nName=\(name)\nExec=\(command)\n", to: "services/\(name).service")
    }
    let configuration = try folder.write(
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
    let pipe = try Pipe()
    let own = ["PATH": searchPath, "HOME": folder.path]
    process = try ChildProcess(
      program, ["--config-file=\(configuration)", "--nofork", "--nopidfile", "--print-address=3"],
      environment: own.merging(environment) { $1 }, descriptors: [pipe.writing])
    close(pipe.writing)
    defer { close(pipe.reading) }
    guard let address = Pipe.readLine(pipe.reading) else { throw .waitedInVain("dbus-daemon's address") }
    self.address = address
  }

  /// Ends it in one blow; everyone on it is disconnected.
  package func kill() {
    process.kill()
  }
}
