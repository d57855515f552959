import DesktopRig
import Glibc

/// PyPI's `varlink`: another implementation of the wire, to try ours with. `make deps-test` installs it.
enum PythonVarlink {
  /// Runs one of its modules to its end.
  static func run(_ module: String, _ arguments: String...) async throws -> Output {
    try await ChildProcess.run(
      "python3", ["-m", "varlink.\(module)"] + arguments, environment: try environment)
  }

  /// Runs a script that may import it.
  static func run(script: String, _ arguments: String...) async throws -> Output {
    try await ChildProcess.run("python3", ["-c", script] + arguments, environment: try environment)
  }

  static var environment: [String: String] {
    get throws {
      let folder = Repository.root + "/.build/python"
      guard access(folder + "/varlink", F_OK) == 0 else {
        throw RigError.waitedInVain("\(folder)/varlink, which make deps-test brings")
      }
      return [
        "PATH": searchPath, "PYTHONPATH": folder, "PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1",
      ]
    }
  }
}
