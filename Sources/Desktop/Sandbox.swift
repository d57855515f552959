import Files
import Glibc

/// The sandboxes of application formats, from which the session's services are reached through portals.
package enum Sandbox {
  /// True in a Flatpak (flatpak-metadata(5), "/.flatpak-info") and in a confined snap: its AppArmor label
  /// begins with `snap.`. The variable `SNAP` alone says nothing: a terminal of a snap hands it to every
  /// program.
  package static var isInside: Bool {
    FileStatus.exists("/.flatpak-info") || getenv("SNAP") != nil && label.hasPrefix("snap.")
  }

  /// The AppArmor label of this process (apparmor(7)); empty if there is none.
  private static var label: String {
    let bytes = try? FileContents(of: "/proc/self/attr/current", upTo: 255).bytes
    return String(decoding: bytes ?? [], as: UTF8.self)
  }
}
