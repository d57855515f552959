/// The command line of rituald.
nonisolated enum Options: Equatable {
  case run
  case help
  case version
  /// For other processes of this program: see `CalendarTrial`.
  case tryCalendar
  /// For other processes of this program: see `FilterProcess`.
  case filterBuses
  /// For other processes of this program: see `GuideProcess`.
  case openGuide
  /// For a daemon whose program file was replaced: see `TakeoverTrial`.
  case takeOver(format: Int)
  /// For the process that such a daemon starts with its own program: see `TakeoverTrial.ask`.
  case askTakeover(program: String, format: Int)

  static let helpText = """
    rituald: reminds you of your rituals of connection.

    Usage: rituald [--help | --version]

    It is a user service: `systemctl --user enable --now rituald.socket rituald` starts it with the session,
    and `ritualctl` talks to it. Started by hand it runs in the foreground and logs to standard error.
    RITUALD_LOG=debug says more; at that level the log may have private words in it.

    Files:
      $XDG_CONFIG_HOME/ritual/ritual.toml, ritual.d/*.toml   rituals; `ritualctl check` looks them over
      $XDG_STATE_HOME/ritual/journal.sqlite                  what happened
      $XDG_RUNTIME_DIR/ritual/control.sock                   where ritualctl reaches it

    Signals: SIGHUP reloads the configuration, SIGTERM ends the daemon; notifications stay on the screen.

    """

  /// Nil for an unknown command line.
  init?(_ arguments: some Collection<String>) {
    switch Array(arguments) {
    case []: self = .run
    case ["--help"], ["-h"]: self = .help
    case ["--version"]: self = .version
    case [CalendarTrial.option]: self = .tryCalendar
    case [FilterProcess.option]: self = .filterBuses
    case [GuideProcess.option]: self = .openGuide
    case let words where words.count == 2 && words[0] == TakeoverTrial.option:
      guard let format = Int(words[1]) else { return nil }
      self = .takeOver(format: format)
    case let words where words.count == 3 && words[0] == TakeoverTrial.askingOption:
      guard let format = Int(words[2]) else { return nil }
      self = .askTakeover(program: words[1], format: format)
    default: return nil
    }
  }
}
