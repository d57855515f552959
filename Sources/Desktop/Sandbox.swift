import Glibc

/// The sandboxes of application formats, from which the session's services are reached through portals.
package enum Sandbox {
  /// True in a Flatpak (flatpak-metadata(5), "/.flatpak-info") and in a confined snap: its AppArmor label
  /// begins with `snap.`. The variable `SNAP` alone says nothing: a terminal of a snap hands it to every
  /// program.
  package static var isInside: Bool {
    access("/.flatpak-info", F_OK) == 0 || getenv("SNAP") != nil && label.hasPrefix("snap.")
  }

  /// The label of this process (apparmor(7)), empty where there is none.
  private static var label: String {
    let file = open("/proc/self/attr/current", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return "" }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = read(file, &bytes, bytes.count)
    return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : ""
  }
}
