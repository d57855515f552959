import Files

extension Library {
  /// The user's own folder, then the program's folder.
  ///
  /// - Parameters:
  ///   - environment: looks up a variable: `XDG_DATA_HOME` and `HOME` for the user's folder (XDG Base
  ///     Directory Specification 0.8), `RITUAL_SHARE` instead of the program's.
  ///   - executable: the path of the program. Its folder is beside it as `../share/ritual`; for a program
  ///     that was built and not installed it is `config` of the checkout, some folders above.
  package init(environment: (String) -> String?, executable: String?) {
    func absolute(_ name: String) -> String? { environment(name).flatMap { $0.hasPrefix("/") ? $0 : nil } }
    let data = absolute("XDG_DATA_HOME") ?? (absolute("HOME") ?? "") + "/.local/share"
    let shipped = absolute("RITUAL_SHARE") ?? executable.flatMap(Self.shipped)
    self.init(folders: [data + "/ritual"] + (shipped.map { [$0] } ?? []))
  }

  /// The running program's file (proc(5)); nil if the system does not say.
  package static var executable: String? {
    try? SymbolicLink.target(of: "/proc/self/exe")
  }

  private static func shipped(with executable: String) -> String? {
    var folder = Folders.parent(of: executable)
    let installed = Folders.join(Folders.parent(of: folder), "share/ritual")
    if FileStatus.exists(installed + "/decks") { return installed }
    while folder != "/", folder != "." {
      folder = Folders.parent(of: folder)
      let built = Folders.join(folder, "config")
      if FileStatus.exists(built + "/decks") { return built }
    }
    return nil
  }
}
