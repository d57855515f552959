import Control
import DesktopRig
import Glibc
import Testing

/// The commands that write words into a file that the user names, or into a new one.
@MainActor
@Suite("Files that ritualctl writes")
struct WrittenFilesTests {
  let daemon: FakeDaemon
  var folder: TemporaryFolder { daemon.folder }

  init() throws {
    daemon = try FakeDaemon()
    for name in ["config", "config/ritual"] { _ = try folder.makeFolder(name) }
    let ritual = "[ritual.kiss]\ntitle = \"Kiss\"\nschedule = \"08:05\"\n"
    try folder.write(ritual, to: "config/ritual/ritual.toml")
    daemon.answer("Report", with: ReportReply(summary: try ReportTests.summary))
    daemon.answer("Notes", with: NotesReply(notes: try ReportTests.summary.appreciations))
  }

  /// Runs the real program under a umask.
  private func ctl(_ words: [String], umask: String = "022", home: String = "config") async throws -> Output {
    let isAlone = ["export", "merge", "init", "check"].contains(words.first)
    let more = isAlone ? [] : ["--socket", folder.path("control.sock")]
    return try await ChildProcess.run(
      "sh", ["-c", "umask \(umask); exec \"$0\" \"$@\"", built("ritualctl")] + words + more,
      environment: daemon.environment.merging(
        [
          "XDG_CONFIG_HOME": folder.path(home), "XDG_STATE_HOME": folder.path("state-\(umask)"),
          "XDG_RUNTIME_DIR": folder.path("run"), "TZ": "UTC",
        ]) { $1 })
  }

  private func mode(_ name: String) -> mode_t? {
    var status = stat()
    return lstat(folder.path(name), &status) == 0 ? status.st_mode & 0o7777 : nil
  }

  @Test("New files are their user's alone, whatever the umask", arguments: ["000", "022", "777"])
  func newFiles(umask: String) async throws {
    for words in [["export", "a.ics"], ["notes", "--export", "a.md"], ["report", "--html", "a.html"]] {
      let name = words.last ?? ""
      let output = try await ctl(words.dropLast() + [folder.path(name)], umask: umask)
      #expect(output.status == 0 && mode(name) == 0o600, "\(words): \(output.errors)")
    }
    let folders = try await ctl(["export", "--vdir", folder.path("deep/vdir")], umask: umask)
    #expect(folders.status == 0, "\(folders.errors)")
    #expect(mode("deep") == 0o700 && mode("deep/vdir") == 0o700)
    let events = folder.names(in: "deep/vdir")
    #expect(events.count == 1 && events.allSatisfy { mode("deep/vdir/\($0)") == 0o600 })
    let start = try await ctl(["init", "--preset", "connection", "--yes"], umask: umask, home: "fresh")
    #expect(start.status == 0, "\(start.errors)")
    #expect(mode("fresh") == 0o700 && mode("fresh/ritual") == 0o700)
    #expect(mode("fresh/ritual/ritual.toml") == 0o600)
  }

  @Test("What merge saves is its user's alone; what it changes keeps its mode", arguments: ["000", "777"])
  func merge(umask: String) async throws {
    for (name, title) in [("a.ics", "One"), ("b.ics", "Other")] {
      try folder.write(
        """
        BEGIN:VCALENDAR\r
        VERSION:2.0\r
        PRODID:x\r
        BEGIN:VEVENT\r
        UID:1\r
        DTSTAMP:20261127T080000Z\r
        LAST-MODIFIED:20261127T08000\(title.count)Z\r
        DTSTART:20261127T080500Z\r
        SUMMARY:\(title)\r
        END:VEVENT\r
        END:VCALENDAR\r

        """, to: name, mode: 0o640)
    }
    let output = try await ctl(["merge", folder.path("a.ics"), folder.path("b.ics")], umask: umask)
    #expect(output.status == 0, "\(output.errors)")
    #expect(mode("a.ics") == 0o640 && mode("b.ics") == 0o640)
    let state = "state-\(umask)/ritual/conflicts"
    let saved = folder.names(in: state)
    #expect(saved.count == 1 && saved.allSatisfy { mode("\(state)/\($0)") == 0o600 }, "\(output.output)")
    #expect(mode("state-\(umask)") == 0o700 && mode(state) == 0o700)
  }

  @Test("A file that is there keeps its mode", arguments: [0o644, 0o600, 0o664] as [mode_t])
  func keptMode(mode wanted: mode_t) async throws {
    for words in [["export", "b.ics"], ["notes", "--export", "b.md"], ["report", "--html", "b.html"]] {
      let name = words.last ?? ""
      let text = name == "b.ics" ? "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n" : "old"
      try folder.write(text, to: name)
      chmod(folder.path(name), wanted)
      let output = try await ctl(words.dropLast() + [folder.path(name)], umask: "077")
      #expect(output.status == 0 && mode(name) == wanted, "\(words): \(output.errors)")
      #expect(folder.read(name) != text, "\(words)")
      let warning = "ritualctl: others may read \(folder.path(name)) (mode 0\(String(wanted, radix: 8)))\n"
      #expect(output.errors == (words.count > 2 && wanted != 0o600 ? warning : ""))
    }
  }

  @Test(
    "A file whose group cannot be given is written in place; where strangers write, no group gets it",
    arguments: [(0o700, 0o640), (0o770, 0o600), (0o1777, 0o600)] as [(mode_t, mode_t)])
  func foreignGroup(shared: mode_t, expected: mode_t) async throws {
    guard geteuid() == 0, try await Namespaces.arePossible else {
      return print("skipped: not root, or no namespaces, so there is no group that a file cannot be given to")
    }
    _ = try folder.makeFolder("place")
    chmod(folder.path("place"), shared)
    let path = try folder.write("old", to: "place/a.html")
    let group: gid_t = 12_345
    guard chown(path, 0, group) == 0, chmod(path, 0o640) == 0 else {
      throw RigError.failed("give a file to a group", code: errno)
    }
    // In its own namespace the process knows one group only.
    let output = try await ChildProcess.run(
      "unshare",
      Namespaces.options + [
        built("ritualctl"), "report", "--html", path, "--socket", folder.path("control.sock"),
      ],
      environment: daemon.environment.merging(
        ["XDG_CONFIG_HOME": folder.path("config"), "PATH": searchPath, "TZ": "UTC"]) { $1 })
    #expect(output.status == 0, "\(output.errors)")
    #expect(folder.read("place/a.html")?.contains("<html") == true)
    #expect(mode("place/a.html") == expected)
    var status = stat()
    #expect(lstat(path, &status) == 0 && (status.st_gid == group) == (shared == 0o700))
  }

  @Test("A stranger gets no words, and no file of one's own is harmed", arguments: SharedFolder.Trap.allCases)
  func strangers(trap: SharedFolder.Trap) async throws {
    for words in [["export"], ["notes", "--export"], ["report", "--html"]] {
      guard let shared = try SharedFolder(trap) else { return }
      let output = try await ctl(words + [shared.path])
      #expect(output.status == 1 && shared.damage == nil, "\(words): \(shared.damage ?? output.errors)")
      let reason =
        switch trap {
        case .file, .pipe: "it belongs to another user"
        case .deafPipe: "no program reads from this pipe"
        case .linkToFile, .linkToFreeName: "another user put a symbolic link there"
        }
      #expect(output.errors.contains(reason), "\(words): \(output.errors)")
      #expect(output.errors.contains(shared.path))
    }
  }

  @Test(
    "A pipe of one's own, and what the shell has opened, are written into",
    arguments: ["export", "notes --export", "report --html"])
  func pipes(command: String) async throws {
    let socket = command == "export" ? "" : "--socket '\(folder.path("control.sock"))'"
    let output = try await ChildProcess.run(
      "bash",
      [
        "-ec",
        """
        cd '\(folder.path)'
        mkfifo own; exec 8<>own
        "$0" \(command) own \(socket); read -r -n 9 first <&8; printf %s "$first" > from-pipe
        "$0" \(command) >(cat > from-shell) \(socket); wait $!
        printf 'first ' > from-descriptor; exec 7>> from-descriptor; "$0" \(command) /dev/fd/7 \(socket)
        """, built("ritualctl"),
      ],
      environment: daemon.environment.merging(["XDG_CONFIG_HOME": folder.path("config"), "TZ": "UTC"]) { $1 })
    #expect(output.status == 0, "\(output.errors)")
    let whole = folder.read("from-shell") ?? ""
    #expect(whole.utf8.count > 50 && whole.hasPrefix(folder.read("from-pipe") ?? "nothing"))
    // The texts differ in the second in which they were made.
    let appended = folder.read("from-descriptor") ?? ""
    #expect(appended.hasPrefix("first \(whole.prefix(20))") && appended.utf8.count == whole.utf8.count + 6)
  }

  @Test("check and status warn of a configuration that others can change")
  func exposed() async throws {
    let file = folder.path("config/ritual/ritual.toml")
    let fine = try await ctl(["check"])
    #expect(fine.output == "1 ritual, no mistakes\n" && fine.status == 0)
    chmod(file, 0o606)
    let warning = "\(file): warning: others may write in it (mode 0606)"
    let output = try await ctl(["check"])
    #expect(output.output.hasPrefix(warning) && output.status == 0, "\(output.output)\(output.errors)")
    #expect(try await ctl(["check", "--strict"]).status == EX_DATAERR)
    let state = State(
      version: "1", pid: 1, since: try FakeDaemon.moment("2026-11-27T08:00"), timezone: "UTC",
      configuration: folder.path("config/ritual"), rituals: 1, problems: [], journal: "j",
      journalFailure: nil, journalDisplaced: nil, waiting: 0, server: nil, serverFailure: nil, next: nil,
      reminders: [],
      orders: [], session: [], away: [])
    daemon.answer("Status", with: StatusReply(state: state))
    #expect(try await ctl(["status"]).output.contains("\n" + warning))
  }
}
