/// Where the programs keep and look for things (XDG Base Directory Specification 0.8). Relative values of the
/// environment are ignored, as the specification says.
package struct Paths: Hashable, Sendable {
  /// The user's home, which `~/` stands for.
  package let home: String
  /// `ritual.toml` and `ritual.d/` lie here.
  package let configuration: String
  /// The journal's file.
  package let journal: String
  /// What is being written in an editor lies here until the daemon has taken it.
  package let drafts: String
  /// Versions of calendars that lost to others and would be lost with their words lie here.
  package let conflicts: String
  /// How far somebody has come in guides that were left off lies here.
  package let guides: String
  /// The folder of the marks that say which file of a calendar is being read, one for each calendar.
  package let calendars: String
  /// The socket that `ritualctl` talks to the daemon on.
  package let socket: String

  /// - Parameters:
  ///   - environment: looks up a variable.
  ///   - user: the user's number, for the runtime folder where the environment names none.
  package init(environment: (String) -> String?, user: UInt32) {
    let home = environment("HOME").flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/"
    func folder(_ variable: String, _ otherwise: String) -> String {
      environment(variable).flatMap { $0.hasPrefix("/") ? $0 : nil } ?? otherwise
    }
    self.home = home
    configuration = folder("XDG_CONFIG_HOME", home + "/.config") + "/ritual"
    let state = folder("XDG_STATE_HOME", home + "/.local/state") + "/ritual"
    journal = state + "/journal.sqlite"
    drafts = state + "/drafts"
    conflicts = state + "/conflicts"
    guides = state + "/guides"
    calendars = state + "/calendars"
    socket = folder("XDG_RUNTIME_DIR", "/run/user/\(user)") + "/ritual/control.sock"
  }
}
