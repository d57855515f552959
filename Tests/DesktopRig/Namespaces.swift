/// New namespaces (user_namespaces(7), mount_namespaces(7)), by unshare(1).
package enum Namespaces {
  /// The options of unshare(1), before the program that runs in them.
  nonisolated package static let options = ["--user", "--map-root-user", "--mount"]

  /// False if the system does not let this process create such namespaces or mount in them.
  nonisolated package static var arePossible: Bool {
    get async throws {
      let words = options + ["mount", "-t", "tmpfs", "none", "/mnt"]
      return try await ChildProcess.run("unshare", words, environment: ["PATH": searchPath]).status == 0
    }
  }
}
