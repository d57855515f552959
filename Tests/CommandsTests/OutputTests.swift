import Control
import DesktopRig
import InterfaceRig
import Testing

/// Answers that cannot be written, or have no reader.
@MainActor
@Suite("Standard output")
struct OutputTests {
  let daemon: FakeDaemon

  init() throws {
    daemon = try FakeDaemon()
    daemon.answer("List", with: ListReply(rituals: []))
    daemon.answer("Notes", with: NotesReply(notes: []))
    try daemon.answer("Today", #"{"date":"2090-11-24","entries":[],"reminders":[],"coming":[]}"#)
  }

  /// Runs a line of a shell, in which `ritualctl` and `SOCKET` stand for the program and the daemon's socket.
  private func shell(_ line: String) async throws -> Output {
    let socket = daemon.folder.path("control.sock")
    let words = line.replacing("ritualctl", with: try built("ritualctl")).replacing("SOCKET", with: socket)
    return try await ChildProcess.run("sh", ["-c", words], environment: daemon.environment)
  }

  /// Runs a Python program that runs `ritualctl list`, whose words it has as arguments.
  private func list(under program: String) async throws -> Output {
    try await ChildProcess.run(
      "python3", ["-c", program, built("ritualctl"), "list", "--socket", daemon.folder.path("control.sock")],
      environment: daemon.environment)
  }

  @Test(
    "What cannot be written is said, and is no success",
    arguments: [
      ("list --socket SOCKET >/dev/full", "No space left on device"),
      ("list --json --socket SOCKET >/dev/full", "No space left on device"),
      ("notes --json --socket SOCKET >/dev/full", "No space left on device"),
      ("today --socket SOCKET >&-", "Bad file descriptor"),
      ("list --socket SOCKET 0<&- >&-", "Bad file descriptor"),
      ("export >/dev/full", "No space left on device"), ("--help >/dev/full", "No space left on device"),
      ("--version >&-", "Bad file descriptor"),
    ])
  func unwritable(line: String, reason: String) async throws {
    let output = try await shell("ritualctl \(line)")
    #expect(output.status == 1, "\(line)")
    #expect(output.errors == "ritualctl: the output cannot be written: \(reason)\n", "\(line)")
  }

  @Test("A reader that has enough is no mistake")
  func enough() async throws {
    // The pipe never has a reader. The writer gets a signal (pipe(7)), or an error where the signal is
    // ignored.
    let program =
      "import os, subprocess, sys\nr, w = os.pipe(); os.close(r)\n"
      + "for isDefault in [True, False]: subprocess.run(sys.argv[1:], stdout=w, restore_signals=isDefault)"
    let output = try await list(under: program)
    #expect(output.errors == "")
  }

  @Test("A pipe that does not wait gets all of it")
  func nonblocking() async throws {
    let title = String(repeating: "long ", count: 30_000)
    let ritual = Control.Ritual(
      id: "kiss", title: title, message: nil, schedule: [], normalized: [], timezone: "local",
      urgency: "normal", missed: "2h", snooze: [], enabled: true, next: nil, state: "scheduled", file: nil,
      nudge: Control.Nudge(every: "15min", times: 0), quiet: "respect", private: false)
    daemon.answer("List", with: ListReply(rituals: [ritual]))
    let reader =
      "import fcntl, os, struct, subprocess, sys, termios\n"
      + "r, w = os.pipe(); os.set_blocking(w, False)\n"
      + "child = subprocess.Popen(sys.argv[1:], stdout=w); os.close(w)\n"
      // The reader begins once the pipe is full.
      + "full = fcntl.fcntl(r, fcntl.F_GETPIPE_SZ)\n"
      + "held = lambda: struct.unpack('i', fcntl.ioctl(r, termios.FIONREAD, bytes(4)))[0]\n"
      + "while child.poll() is None and held() < full: pass\n"
      + "print(len(open(r, 'rb').read()), child.wait())"
    let output = try await list(under: reader)
    let count = Int(output.output.split(separator: " ").first ?? "") ?? 0
    #expect(count > title.utf8.count && output.output.hasSuffix(" 0\n"), "\(output.output) \(output.errors)")
  }
}
