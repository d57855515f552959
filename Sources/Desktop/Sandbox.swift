import Glibc

/// The sandboxes of application formats, from which the session's services are reached through portals.
package enum Sandbox {
  /// True in a Flatpak (flatpak-metadata(5), "/.flatpak-info") and in a snap, which sets `SNAP`.
  package static var isAround: Bool { access("/.flatpak-info", F_OK) == 0 || getenv("SNAP") != nil }
}
