import Control
import DesktopRig
import Glibc
import SimulationRig
import Testing
import Varlink

/// An editor saves the configuration while the daemon changes the same file.
@Suite("An editor beside the command line")
struct SavingTests {
  enum Change: CaseIterable { case set, edit, remove }

  private static let text = """
    [ritual.kiss]
    title = "Kiss"
    schedule = "Mon..Fri 08:05"

    [ritual.hug]
    title = "Long hug"
    schedule = "18:15"

    """

  @Test("No save is lost to set, edit or remove, however the editor saves", arguments: Change.allCases)
  func race(change: Change) async throws {
    let seed = UInt64.random(in: .min ... .max)
    var generator = SeededGenerator(seed: seed)
    let home = try await ChangesTests.home(Self.text)
    let path = home.folder.path("config/ritual/ritual.toml")
    let client = try VarlinkClient(path: home.folder.path("run/ritual/control.sock"))
    var changes = 0
    // On a busy machine the editor wins more often, so that enough races take more rounds.
    for round in 1...1500 where round <= 150 || changes <= 50 {
      try home.configure(Self.text)
      _ = try client.call(Method.name("Reload"), as: ReloadReply.self)
      let saved = Self.text + "# saved \(round)\n"
      let delay = useconds_t.random(in: 0...6000, using: &generator)
      let pause = useconds_t.random(in: 0...1000, using: &generator)
      let saving = Saving.allCases[round % Saving.allCases.count]
      let editor = Task.detached {
        usleep(delay)
        saving.save(saved, to: path, pause: pause)
      }
      // Refused if the editor's save came first, or between two steps of an edit.
      if (try? make(change, round, client)) != nil { changes += 1 }
      await editor.value
      let text = ChangesTests.file(home) ?? ""
      #expect(text.hasSuffix("# saved \(round)\n"), "seed \(seed), round \(round), \(saving): \(text)")
      #expect(
        home.folder.names(in: "config/ritual") == ["ritual.toml"], "seed \(seed), round \(round), \(saving)")
    }
    #expect(changes > 50, "seed \(seed)")
  }

  private func make(_ change: Change, _ round: Int, _ client: VarlinkClient) throws {
    switch change {
    case .set:
      let request = SetRequest(
        ritual: "kiss", changes: [Control.Change(key: "message", values: ["Round \(round)"])])
      _ = try client.call(Method.name("Set"), request, as: SetReply.self)
    case .edit:
      let source = try client.call(
        Method.name("Source"), SourceRequest(ritual: "kiss"), as: SourceReply.self)
      let text = source.text.replacing("08:05", with: "08:\(10 + round % 50)")
      _ = try client.call(
        Method.name("Rewrite"), RewriteRequest(file: source.file, text: text, revision: source.revision),
        as: RewriteReply.self)
    case .remove:
      _ = try client.call(Method.name("Remove"), RemoveRequest(ritual: "hug"), as: RemoveReply.self)
    }
  }

  @Test("The daemon waits for a file that an editor is writing; one that is never closed is reported")
  func waits() async throws {
    let home = try await ChangesTests.home(Self.text)
    let path = home.folder.path("config/ritual/ritual.toml")
    let writer = open(path, O_WRONLY | O_CLOEXEC)
    let refused = try await home.ctl("set", "kiss", "message=x")
    #expect(refused.status == 1)
    #expect(
      refused.errors
        == "ritualctl: cannot write \(path): another program is writing it at the moment; try again\n")
    let editor = Task.detached {
      usleep(100_000)
      close(writer)
    }
    let changed = try await home.ctl("set", "kiss", "message=x")
    await editor.value
    #expect(changed.status == 0, "\(changed.errors)")
    #expect(ChangesTests.file(home)?.contains("message = \"x\"") == true)
  }
}
