/// A library for `LD_PRELOAD` that makes a file end the process that opens it, and a folder not answer
/// (Tests/StubbornFiles); compiled here.
package enum StubbornFiles {
  /// Compiles it and returns the environment for a program.
  package static func make(in folder: TemporaryFolder) async throws -> [String: String] {
    let library = folder.path("stubborn-files.so")
    let source = "\(Repository.root)/Tests/StubbornFiles/preload.c"
    let made = try await ChildProcess.run(
      find("cc", package: "gcc"), ["-Wall", "-Wextra", "-Werror", "-fPIC", "-shared", source, "-o", library],
      environment: ["PATH": searchPath])
    guard made.status == 0 else { throw RigError.waitedInVain("cc: \(made.errors)") }
    return ["LD_PRELOAD": library]
  }
}
