import Files
import Glibc

/// A window of the user's terminal that runs a program: by `xdg-terminal-exec`, the proposed standard of all
/// desktops, else by the program in `TERMINAL`, by Debian's `x-terminal-emulator`, or by a terminal that is
/// known here.
nonisolated package struct TerminalWindow {
  private let search: String
  private let terminal: String?

  /// - Parameter environment: looks up a variable: `PATH` and `TERMINAL`.
  package init(environment: (String) -> String?) {
    search = environment("PATH") ?? "/usr/local/bin:/usr/bin:/bin"
    terminal = environment("TERMINAL").flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The command that runs `words` in a window, with the terminal's path first; nil if no terminal is known.
  package func command(running words: [String]) -> [String]? {
    if let chooser = Programs.path(of: "xdg-terminal-exec", in: search) { return [chooser] + words }
    let named = (terminal.map { [$0] } ?? []) + ["x-terminal-emulator"] + Self.known
    for name in named {
      guard let path = Programs.path(of: name, in: search) else { continue }
      return [path] + Self.options(of: name) + words
    }
    return nil
  }

  /// Terminals of the desktops, and then those that people install beside them.
  private static let known = [
    "ptyxis", "kgx", "gnome-terminal", "konsole", "xfce4-terminal", "mate-terminal", "qterminal", "foot",
    "kitty", "alacritty", "wezterm", "xterm",
  ]

  /// The options after which a terminal takes a program and its arguments, by its manual. Nearly all take
  /// `-e`; Debian's policy asks it of `x-terminal-emulator` (11.8.3).
  private static func options(of terminal: String) -> [String] {
    switch terminal.split(separator: "/").last {
    case "gnome-terminal", "ptyxis", "kgx": ["--"]
    case "xfce4-terminal", "mate-terminal", "terminator": ["-x"]
    case "foot", "kitty": []
    case "wezterm": ["start", "--"]
    default: ["-e"]
    }
  }

  /// Starts the window as a child and does not wait for it. False if no terminal is known.
  package func open(running words: [String]) throws(SystemCallError) -> Bool {
    guard let command = command(running: words) else { return false }
    try Self.spawn(command)
    return true
  }

  /// Replaces this process by `command` (execve(2)). Returns only if that fails.
  package static func replaceProcess(with command: [String]) {
    let nowhere = Glibc.open("/dev/null", O_RDWR)
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where nowhere >= 0 {
      dup2(nowhere, descriptor)
    }
    if nowhere > STDERR_FILENO { close(nowhere) }
    var words = command.map { strdup($0) } + [nil]
    execv(command[0], &words)
    for word in words { free(word) }
  }

  private static func spawn(_ command: [String]) throws(SystemCallError) {
    // This process does not wait for the child; the system reaps it when it ends (signal(7), waitpid(2)).
    signal(SIGCHLD, SIG_IGN)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // The child starts as from a shell: no signal blocked or ignored, in a process group of its own, so that
    // keys typed at our terminal do not reach it.
    var none = sigset_t()
    sigemptyset(&none)
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
    var words = command.map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    var pid: pid_t = 0
    let result = posix_spawn(&pid, command[0], &actions, &attributes, &words, environ)
    guard result == 0 else { throw SystemCallError("start \(command[0])", code: result) }
  }
}
