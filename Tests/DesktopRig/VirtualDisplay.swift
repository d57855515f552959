import Glibc

/// An invisible display (Xvfb).
package final class VirtualDisplay {
  /// As in `DISPLAY`.
  package let name: String
  private let process: ChildProcess

  package init(width: Int = 800, height: Int = 600) throws(RigError) {
    let program = try find("Xvfb", package: "xvfb")
    let pipe = try Pipe()
    process = try ChildProcess(
      program,
      ["-displayfd", "3", "-screen", "0", "\(width)x\(height)x24", "-nolisten", "tcp", "-noreset"],
      environment: ["PATH": searchPath], descriptors: [pipe.writing])
    close(pipe.writing)
    defer { close(pipe.reading) }
    guard let number = Pipe.readLine(pipe.reading) else { throw .waitedInVain("Xvfb's display") }
    name = ":\(number)"
  }

  /// Saves a picture of the screen; the path's suffix gives the format, such as `.png`.
  package func capture(to path: String) async throws {
    let program = try find("import", package: "imagemagick")
    let output = try await ChildProcess.run(
      program, ["-display", name, "-window", "root", path], environment: ["PATH": searchPath])
    guard output.status == 0 else { throw RigError.waitedInVain("a picture of the screen: \(output.errors)") }
  }
}
