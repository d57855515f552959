import DesktopRig
import Files
import Glibc
import SimulationRig
import Testing

/// An editor saves while a program changes the same file, again and again.
@Suite("An editor beside a change")
struct SavingTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("No save is lost, and no change is half", arguments: Saving.allCases)
  func race(saving: Saving) async throws {
    let seed = UInt64.random(in: .min ... .max)
    var generator = SeededGenerator(seed: seed)
    let path = folder.path("file")
    var changes = 0
    // A process that another test starts has the files of this one open for a moment.
    let others = Task.detached {
      while !Task.isCancelled {
        _ = try? await ChildProcess.run("true", environment: ["PATH": searchPath])
      }
    }
    defer { others.cancel() }
    for round in 1...150 {
      try folder.write("saved 0\nchanged 0\n", to: "file")
      // Rounds in which the two do not meet prove nothing: the change takes about a millisecond.
      let delay = useconds_t.random(in: 0...2000, using: &generator)
      let pause = useconds_t.random(in: 0...500, using: &generator)
      let editor = Task.detached {
        usleep(delay)
        saving.save("saved \(round)\nchanged 0\n", to: path, pause: pause)
      }
      let change = Task.detached {
        try AtomicFile.update(path, upTo: 100, patience: 60_000) { bytes in
          let text = String(decoding: bytes, as: UTF8.self)
          // The file is whole at each moment, or else empty or not there yet: the editor is saving it.
          guard text.hasPrefix("saved "), text.hasSuffix("changed 0\n") else { return nil }
          return Array(text.replacing("changed 0", with: "changed \(round)").utf8)
        }
      }
      await editor.value
      let isChanged = (try? await change.value) ?? false
      let text = folder.read("file")
      #expect(
        ["saved \(round)\nchanged 0\n", "saved \(round)\nchanged \(round)\n"].contains(text),
        "seed \(seed), round \(round): \(text ?? "no file")")
      if isChanged { changes += 1 }
      #expect(folder.names(in: ".") == ["file"], "seed \(seed), round \(round)")
    }
    #expect(changes > 0, "seed \(seed)")
  }
}
