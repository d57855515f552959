/// The paths of the programs' files (XDG Base Directory Specification 0.8). Relative values in the
/// environment are ignored, as the specification says.
package struct Paths: Hashable, Sendable {
  /// The user's home folder, which `~/` stands for.
  package let home: String
  /// The folder of `ritual.toml` and `ritual.d/`.
  package let configuration: String
  /// The file of the journal.
  package let journal: String
  /// The folder of drafts: texts from an editor that the daemon has not accepted yet.
  package let drafts: String
  /// The folder of the versions of calendar files that `ritualctl merge` replaced.
  package let conflicts: String
  /// The folder of the places at which the user left unfinished guides.
  package let guides: String
  /// The folder of the marks that say which calendar file is being read, one for each calendar.
  package let calendars: String
  /// The socket of the daemon.
  package let socket: String

  /// - Parameters:
  ///   - environment: looks up a variable.
  ///   - user: the user's number, for the runtime folder if the environment names none.
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
