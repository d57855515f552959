import Glibc

extension Library {
  /// The user's own folder, then the one that came with the program.
  ///
  /// - Parameters:
  ///   - environment: looks up a variable: `XDG_DATA_HOME` and `HOME` for the user's folder (XDG Base
  ///     Directory Specification 0.8), `RITUAL_SHARE` in place of the program's.
  ///   - executable: where the program is. Its folder is found beside it as `../share/ritual`; for a program
  ///     that was built and not installed it is `config` of the checkout, some folders above.
  package init(environment: (String) -> String?, executable: String?) {
    func absolute(_ name: String) -> String? { environment(name).flatMap { $0.hasPrefix("/") ? $0 : nil } }
    let data = absolute("XDG_DATA_HOME") ?? (absolute("HOME") ?? "") + "/.local/share"
    let shipped = absolute("RITUAL_SHARE") ?? executable.flatMap(Self.shipped)
    self.init(folders: [data + "/ritual"] + (shipped.map { [$0] } ?? []))
  }

  /// The running program's file (proc(5)); nil where the system does not say.
  package static var executable: String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    guard count > 0 else { return nil }
    return String(decoding: buffer[..<count].map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
  }

  private static func shipped(with executable: String) -> String? {
    var folder = parent(of: executable)
    let installed = parent(of: folder) + "/share/ritual"
    if Library.isThere(installed + "/decks") { return installed }
    while !folder.isEmpty {
      folder = parent(of: folder)
      if Library.isThere(folder + "/config/decks") { return folder + "/config" }
    }
    return nil
  }

  private static func parent(of path: String) -> String {
    String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
  }
}
