/// What the command line says.
nonisolated enum Options: Equatable {
  case run
  case help
  case version
  /// Not for people: see `CalendarTrial`.
  case tryCalendar
  /// Not for people: see `FilterProcess`.
  case filterBuses
  /// Not for people: see `GuideOpener`.
  case openGuide

  static let helpText = """
    rituald: reminds you of your rituals of connection.

    Usage: rituald [--help | --version]

    It is a user service: `systemctl --user enable --now rituald.socket rituald` starts it with the session, and
    `ritualctl` talks to it. Started by hand it runs in the foreground and logs to standard error.
    RITUALD_LOG=debug says more; at that level the log may have private words in it.

    Files:
      $XDG_CONFIG_HOME/ritual/ritual.toml, ritual.d/*.toml   rituals; `ritualctl check` looks them over
      $XDG_STATE_HOME/ritual/journal.sqlite                  what happened
      $XDG_RUNTIME_DIR/ritual/control.sock                   where ritualctl reaches it

    Signals: SIGHUP reads the configuration anew, SIGTERM ends it; what is showing stays on the screen.

    """

  /// Nil for words that mean nothing.
  init?(_ arguments: some Collection<String>) {
    switch Array(arguments) {
    case []: self = .run
    case ["--help"], ["-h"]: self = .help
    case ["--version"]: self = .version
    case [CalendarTrial.option]: self = .tryCalendar
    case [FilterProcess.option]: self = .filterBuses
    case [GuideOpener.option]: self = .openGuide
    default: return nil
    }
  }
}
