import DesktopRig
import Glibc
import Testing

/// `ritualctl`, and sockets of other users: in a runtime folder that others may write in, any user can create
/// one.
@Suite("A stranger's socket")
struct StrangerTests {
  let home: Home

  init() throws { home = try Home() }

  /// A program that listens at a path, as a user and with an owner and a mode of the folder, and prints its
  /// input. It answers `List` and `Status` with ids that a shell would run.
  static let listener = """
    import json, os, socket, sys
    path, folder, user, owner, mode, marker = sys.argv[1:]
    words = ['$(touch %s)' % marker, '`touch %s`' % marker, 'two words', 'two\\nlines', 'A', 'good-one']
    reply = {
        'rituals': [{'id': word} for word in words],
        'state': {'reminders': [{'ritual': word} for word in words]},
    }
    os.makedirs(folder, exist_ok=True)
    server = socket.socket(socket.AF_UNIX); server.bind(path)
    if os.getuid() == 0: os.chown(folder, int(owner), int(owner))
    os.chmod(path, 0o777); os.chmod(folder, int(mode, 8))
    if user != str(os.getuid()): os.setgid(int(user)); os.setuid(int(user))
    server.listen(8); print('Listening', flush=True)
    while True:
        peer = server.accept()[0]; heard = b''
        while not heard.endswith(bytes(1)):
            part = peer.recv(65536)
            if not part: break
            heard += part
        print('Heard %d bytes' % len(heard), flush=True)
        if heard: peer.sendall(json.dumps({'parameters': reply}).encode() + bytes(1))
        peer.close()
    """

  struct Listener {
    let process: ChildProcess
    let lines: LineReader
  }

  /// A listener in place of the daemon.
  func listen(user: UInt32, owner: UInt32, mode: String) async throws -> Listener {
    let lines = try LineReader("the listener")
    let path = home.folder.path("run/ritual/control.sock")
    let process = try ChildProcess(
      "python3",
      [
        "-c", Self.listener, path, home.folder.path("run/ritual"), "\(user)", "\(owner)", mode,
        home.folder.path("ran"),
      ],
      environment: home.environment, output: lines.writing)
    lines.closeWritingEnd()
    _ = try await lines.next { $0 == "Listening" }
    return Listener(process: process, lines: lines)
  }

  static let nobody: UInt32 = 65534

  @Test(
    "Nothing is sent to a socket of another user's, or in a folder that others may write in, and it says why",
    arguments: [
      (true, false, "700", "another user listens there (uid 65534); nothing was sent"),
      (false, true, "755", "this folder must belong to you and be writable by you alone (mode 0700)"),
      (true, true, "777", "this folder must belong to you and be writable by you alone (mode 0700)"),
      (false, false, "770", "this folder must belong to you and be writable by you alone (mode 0700)"),
      (false, false, "707", "this folder must belong to you and be writable by you alone (mode 0700)"),
    ])
  func nothingIsSent(isForeign: Bool, isForeignFolder: Bool, mode: String, reason: String) async throws {
    guard getuid() == 0 || !isForeign && !isForeignFolder else {
      return print("Not root: nobody to be another user, \(reason) was not tried")
    }
    let listener = try await listen(
      user: isForeign ? Self.nobody : getuid(), owner: isForeignFolder ? Self.nobody : getuid(), mode: mode)
    for words in [
      ["appreciate", "The coffee you brought."], ["list"], ["watch"], ["bar"],
      ["---completion", "why", "--", "positional@0", "2", "0", "ritualctl", "why", ""],
    ] {
      let output = try await ChildProcess.run(built("ritualctl"), words, environment: home.environment)
      #expect(output.output == "" || words == ["bar"], "\(words): \(output.output)")
      guard words.count < 3, words != ["bar"] else { continue }
      #expect(output.status == EX_UNAVAILABLE, "\(words)")
      #expect(
        output.errors.hasPrefix("ritualctl: cannot talk to rituald: \(home.folder.path("run/ritual"))"))
      #expect(output.errors.hasSuffix("\(reason)\n"), "\(words): \(output.errors)")
    }
    // The listener prints nothing about a program that does not connect, and a line about one that sends
    // nothing.
    let own = try RawSocket(home.folder.path("run/ritual/control.sock"))
    own.send([UInt8](repeating: UInt8(ascii: "x"), count: 7) + [0])
    let heard = try await listener.lines.next { $0 == "Heard 8 bytes" }
    #expect(listener.lines.all.allSatisfy { ["Listening", "Heard 0 bytes", heard].contains($0) })
    withExtendedLifetime(listener) {}
  }

  @Test("Of what a socket of one's own says, a shell is offered the ids alone", arguments: ["why", "done"])
  func idsAlone(command: String) async throws {
    let listener = try await listen(user: getuid(), owner: getuid(), mode: "700")
    let output = try await home.ctl(
      "---completion", command, "--", "positional@0", "2", "0", "ritualctl", command, "")
    #expect(output.output == "good-one\n", "\(output.errors)")
    withExtendedLifetime(listener) {}
  }
}
