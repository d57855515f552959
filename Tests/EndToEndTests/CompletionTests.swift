import DesktopRig
import Glibc
import Testing

/// The completions of real shells, with a real daemon.
@Suite("Completions")
struct CompletionTests {
  let home: Home

  init() throws {
    home = try Home()
    try home.configure(
      """
      [ritual.goodbye-kiss]
      title = "Goodbye kiss"
      schedule = "Mon..Fri 08:05"
      [ritual.long-hug]
      title = "Long hug"
      schedule = "18:15"
      """)
  }

  /// The typed line, and the line after the Tab key.
  static let lines = [
    ("ritualctl pau", "ritualctl pause"),
    ("ritualctl schedule ex", "ritualctl schedule explain"),
    ("ritualctl why go", "ritualctl why goodbye-kiss"),
    ("ritualctl pause goodbye-kiss lo", "ritualctl pause goodbye-kiss long-hug"),
    ("ritualctl next --js", "ritualctl next --json"),
    ("ritualctl add Kiss --urgency cr", "ritualctl add Kiss --urgency critical"),
    ("ritualctl add Kiss --timezone Europe/Berl", "ritualctl add Kiss --timezone Europe/Berlin"),
    ("ritualctl add Kiss --deck apprec", "ritualctl add Kiss --deck appreciation"),
    ("ritualctl discreet of", "ritualctl discreet off"),
    ("ritualctl show go", "ritualctl show goodbye-kiss"),
    ("ritualctl export --ritual lo", "ritualctl export --ritual long-hug"),
    ("ritualctl export --words fu", "ritualctl export --words full"),
    ("ritualctl import FOLDER/us", "ritualctl import FOLDER/us.ics"),
    ("ritualctl export FOLDER/us", "ritualctl export FOLDER/us.ics"),
    ("ritualctl merge FOLDER/us", "ritualctl merge FOLDER/us.ics"),
    ("ritualctl merge a.ics FOLDER/us", "ritualctl merge a.ics FOLDER/us.ics"),
    ("ritualctl export --vdir FOLDER/sha", "ritualctl export --vdir FOLDER/shared/"),
    // No reminder waits for an answer.
    ("ritualctl done go", "ritualctl done go"),
  ]

  /// Scripts that make a shell on a terminal load the completions, and write its line at Ctrl-T.
  static let setups = [
    "bash": """
    source FOLDER/bash; bind -x '"\\C-t": printf "%s\\n" "$READLINE_LINE" >>FOLDER/lines; READLINE_LINE=; \
    READLINE_POINT=0; echo writ""ten'; echo liste""ning
    """,
    "zsh": """
    PROMPT=; fpath=(FOLDER $fpath); autoload -Uz compinit; compinit -u -d FOLDER/compdump; \
    written() { print -r -- $BUFFER >>FOLDER/lines; BUFFER=; print -r -- writ""ten }; zle -N written; \
    bindkey "^T" written; print liste""ning
    """,
    "fish": """
    source FOLDER/fish; bind \\ct 'commandline >>FOLDER/lines; commandline ""; echo writ""ten'; echo liste""ning
    """,
  ]

  static let arguments = [
    "bash": ["--norc", "--noprofile", "-i"], "zsh": ["-f", "-i"], "fish": ["--no-config", "-i"],
  ]

  /// A program that types lines, each followed by Tab, into a shell on its own terminal.
  static let typist = """
    import os, pty, select, sys

    def until(marker):
        seen = b''
        while marker not in seen:
            if not select.select([terminal], [], [], 60)[0]:
                sys.exit('waited in vain for %r; there is %r' % (marker, seen))
            seen += os.read(terminal, 65536)

    setup, lines, shell = sys.argv[1], sys.argv[2].split('\\n'), sys.argv[3:]
    process, terminal = pty.fork()
    if process == 0: os.execvp(shell[0], shell)
    os.write(terminal, setup.encode() + b'\\n')
    until(b'listening')
    for line in lines:
        os.write(terminal, line.encode() + b'\\t\\x14')
        until(b'written')
    """

  /// Completes lines in a shell; if a folder is given, with the `ritualctl` in it.
  func completed(_ lines: [String], in shell: String, by folder: String? = nil) async throws -> [String] {
    let script = try await home.ctl("--generate-completion-script", shell)
    #expect(script.status == 0, "\(script.errors)")
    try home.folder.write(script.output, to: shell == "zsh" ? "_ritualctl" : shell)
    let setup = try #require(Self.setups[shell])
      .split(separator: "FOLDER", omittingEmptySubsequences: false).joined(separator: home.folder.path)
    let program = try find(shell, package: shell)
    let folder =
      try folder ?? "/" + built("ritualctl").split(separator: "/").dropLast().joined(separator: "/")
    let output = try await ChildProcess.run(
      "python3",
      ["-c", Self.typist, setup, lines.joined(separator: "\n"), program] + (Self.arguments[shell] ?? []),
      environment: home.environment.merging(["PATH": "\(folder):\(searchPath)", "TERM": "xterm"]) { $1 })
    #expect(output.status == 0, "\(output.errors)")
    // A complete word has a blank after it.
    return (home.folder.read("lines") ?? "").split(separator: "\n").map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  @Test(
    "Commands, options, values, and the rituals of the daemon are completed",
    arguments: ["bash", "zsh", "fish"])
  func completes(shell: String) async throws {
    try await home.start()
    for name in ["us.ics", "us.txt", "shared.txt"] { try home.folder.write("", to: name) }
    _ = try home.folder.makeFolder("shared")
    let lines = Self.lines.map { [$0.0, $0.1].map { $0.replacing("FOLDER", with: home.folder.path) } }
    #expect(try await completed(lines.map { $0[0] }, in: shell) == lines.map { $0[1] })
  }

  @Test("Without a daemon nothing is offered, and nothing is said", arguments: ["bash", "zsh", "fish"])
  func noDaemon(shell: String) async throws {
    #expect(try await completed(["ritualctl why go"], in: shell) == ["ritualctl why go"])
    let output = try await home.ctl(
      "---completion", "why", "--", "positional@0", "2", "0", "ritualctl", "why", "")
    #expect(output.output + output.errors == "")
  }

  /// Words that no id is and that a shell would run, expand or split if it did not quote them; each would
  /// create the file `ran`.
  static let hostile = [
    "x$(touch RAN)", "x`touch RAN`", "x${y:=$(touch RAN)}", "x;touch RAN;", "x|touch RAN", "x<(touch RAN)",
    "x\" $(touch RAN) \"", "x' $(touch RAN) '", "x && touch RAN", "x\t$(touch RAN)", "x(touch RAN)",
    "x$[$(touch RAN)]",
    "x{a,b}>RAN",
  ]

  @Test(
    "A shell runs and expands nothing of what it is offered, neither at the tabulator nor on the line",
    arguments: ["bash", "zsh", "fish"])
  func expandsNothing(shell: String) async throws {
    let ran = home.folder.path("ran")
    let words = Self.hostile.map { $0.replacing("RAN", with: ran) }
    // A ritualctl that offers one of them, by the number in the line.
    let program = """
      #!/usr/bin/python3
      import os, sys
      words = \(words)
      if '---completion' in sys.argv: print(words[int(sys.argv[-1 if sys.argv[-1].isdigit() else -2])])
      # What the parser's own programs say at the end to zsh.
      if os.environ.get('SAP_SHELL') == 'zsh': print(' ')
      """
    _ = try home.folder.makeFolder("bin")
    try home.folder.write(program, to: "bin/ritualctl")
    chmod(home.folder.path("bin/ritualctl"), 0o700)
    let lines = words.indices.map { "ritualctl pause \($0) x" }
    let completed = try await completed(lines, in: shell, by: home.folder.path("bin"))
    #expect(home.folder.read("ran") == nil, "at the tabulator")
    #expect(completed.count == lines.count)
    for line in completed {
      _ = try await ChildProcess.run(
        find(shell, package: shell), ["-c", line],
        environment: home.environment.merging(["PATH": "\(home.folder.path("bin")):\(searchPath)"]) { $1 })
      #expect(home.folder.read("ran") == nil, "\(line)")
    }
  }

  @Test("All rituals are offered where several may be meant")
  func several() async throws {
    try await home.start()
    let output = try await home.ctl(
      "---completion", "why", "--", "positional@0", "2", "0", "ritualctl", "why", "")
    #expect(output.output == "goodbye-kiss\nlong-hug\n", "\(output.errors)")
  }
}
