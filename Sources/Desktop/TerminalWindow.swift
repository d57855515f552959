import Files
import Glibc

/// A window of the user's terminal, to run a program in: by `xdg-terminal-exec`, the proposed way of all
/// desktops, else by the program that `TERMINAL` names, with `-e` as nearly all take it.
nonisolated package struct TerminalWindow {
  private let search: String
  private let terminal: String?

  /// - Parameter environment: looks up a variable: `PATH` and `TERMINAL`.
  package init(environment: (String) -> String?) {
    search = environment("PATH") ?? "/usr/local/bin:/usr/bin:/bin"
    terminal = environment("TERMINAL").flatMap { $0.isEmpty ? nil : $0 }
  }

  /// What is started to run a command in a window, the path of the program first; nil where no terminal is
  /// known.
  package func command(running words: [String]) -> [String]? {
    if let chooser = Programs.path(of: "xdg-terminal-exec", in: search) { return [chooser] + words }
    return terminal.flatMap { Programs.path(of: $0, in: search) }.map { [$0, "-e"] + words }
  }

  /// Starts it as a child. False where no terminal is known; what becomes of the window is not waited for.
  package func open(running words: [String]) throws(SystemCallError) -> Bool {
    guard let command = command(running: words) else { return false }
    try Self.spawn(command)
    return true
  }

  /// Makes this process the program of a window, as `command` says it (execve(2)). Comes back where that
  /// fails.
  package static func become(_ command: [String]) {
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
    // Nobody waits for it; the system takes it away when it ends (signal(7), waitpid(2)).
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
    // It starts as from a shell: nothing blocked, nothing ignored, and what is typed at our own is not meant
    // for it.
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
