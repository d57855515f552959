/// A library for `LD_PRELOAD` by which a file may end the process that opens it, and a folder may not answer
/// (Tests/StubbornFiles); made here by the C compiler.
package enum StubbornFiles {
  /// The environment that a program is started with.
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
