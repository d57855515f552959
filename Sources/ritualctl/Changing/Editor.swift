import ArgumentParser
import Descriptors
import Files
import Glibc

/// The user's editor.
struct Editor {
  /// A command for the shell, as `VISUAL` and `EDITOR` are by custom (environ(7)).
  let command: String
  /// The program's own name.
  private let program: String

  /// Takes the editor that the environment names, or else a usual one.
  ///
  /// - Parameter otherwise: a command that does without an editor, for the message.
  /// - Throws: `Failure` without a terminal or an editor.
  init(insteadOf otherwise: String) throws {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
      throw Failure("an editor needs a terminal; without one: \(otherwise)")
    }
    let named = ["VISUAL", "EDITOR"].compactMap { (variable: String) in
      getenv(variable).map { String(cString: $0) }
    }
    if let command = named.first(where: { !$0.allSatisfy(\.isWhitespace) }) {
      self.command = command
      program = Self.name(command.split(separator: " ").first ?? "")
    } else if let (command, path) = Self.usual {
      self.command = command
      program = Self.name(path[...])
    } else {
      throw Failure(
        """
        neither VISUAL nor EDITOR names an editor, and there is neither editor, nano nor vi; set one of them, as in \
        EDITOR=nano, or use: \(otherwise)
        """)
    }
  }

  /// The first usual editor that is installed, in the order of Debian's sensible-editor(1), and the path of
  /// the program that it is: Debian's `editor` is a link to one.
  private static var usual: (command: String, path: String)? {
    let search = getenv("PATH").map { String(cString: $0) } ?? ""
    for name in ["editor", "nano", "vi"] {
      guard let path = Programs.path(of: name, in: search) else { continue }
      if let end = try? PathWalk.end(of: path) { return (name, end.path) }
    }
    return nil
  }

  private static func name(_ path: Substring) -> String {
    path.split(separator: "/").last.map(String.init) ?? ""
  }

  /// Opens a file, at a line where the editor is known to understand that, and waits until the editor is
  /// left. Returns how it ended where it did not end well.
  func open(_ path: String, line: Int) -> String? {
    let position = understandsLines && line > 1 ? ["+\(line)"] : []
    let words = ["sh", "-c", command + " \"$@\"", command] + position + [path]
    // Ctrl-C and Ctrl-\ in the editor are not meant for this program (system(3)).
    let interrupt = signal(SIGINT, SIG_IGN)
    let quit = signal(SIGQUIT, SIG_IGN)
    defer {
      signal(SIGINT, interrupt)
      signal(SIGQUIT, quit)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var usual = sigset_t()
    sigemptyset(&usual)
    sigaddset(&usual, SIGINT)
    sigaddset(&usual, SIGQUIT)
    posix_spawnattr_setsigdefault(&attributes, &usual)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    var arguments = words.map { strdup($0) } + [nil]
    defer { arguments.forEach { free($0) } }
    var pid: pid_t = 0
    let number = posix_spawn(&pid, "/bin/sh", nil, &attributes, &arguments, environ)
    guard number == 0 else { return "cannot start /bin/sh: \(ErrorNumber(number))" }
    var status: Int32 = 0
    _ = uninterrupted { waitpid(pid, &status, 0) }
    if status & 0x7f != 0 { return "\(command) was ended by signal \(status & 0x7f)" }
    return status == 0 ? nil : "\(command) ended with status \((status >> 8) & 0xff)"
  }

  /// Editors that take `+LINE` before a file.
  private var understandsLines: Bool {
    [
      "vi", "vim", "nvim", "vim.tiny", "vim.basic", "nano", "pico", "emacs", "emacsclient", "micro", "kak",
      "joe", "jed",
      "ne", "mg", "mcedit",
    ].contains(program)
  }
}
