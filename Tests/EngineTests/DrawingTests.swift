import CivilTime
import Engine
import Rituals
import SimulationRig
import Testing

/// Prompts of decks in place of messages.
struct DrawingTests {
  private func name(_ text: String) throws -> ContentID { try #require(ContentID(text)) }

  private func deck() throws -> [DrawablePrompt] { try ["a", "b", "c"].map { DrawablePrompt(try name($0)) } }

  /// A scene with a deck of three, and a ritual that draws from it.
  private func scene(at now: Instant = time(7), rules: GlobalRules = .standard) throws -> Scene {
    var scene = Scene([], at: now, rules: rules)
    scene.play(.decks([try name("d"): try deck()]))
    scene.configure([try ritual("kiss", "08:05", deck: "d")])
    return scene
  }

  private func drawn(_ scene: Scene) -> [ContentID] { scene.journal.draws.all.map(\.prompt) }

  @Test func isRecordedBeforeItIsSeenAndNoneComesTwice() throws {
    var scene = try scene()
    var prompts: [ContentID] = []
    for day in 0..<3 {
      scene.play(.timePassed, at: time(8, 5, day: day))
      let prompt = try #require(scene.shown.first?.items.first?.prompt)
      #expect(drawn(scene).contains(prompt.id) && prompt.deck.text == "d")
      prompts.append(prompt.id)
      scene.acknowledge()
      scene.play(.answered(try id("kiss"), .done))
    }
    #expect(Set(prompts).count == 3)
  }

  @Test func aCrashRepeatsNoneAndLosesNone() throws {
    var scene = try scene()
    scene.play(.timePassed, at: time(8, 5))
    let prompt = try #require(scene.shown.first?.items.first?.prompt)
    // Killed between the record and the screen: it says the same when it is shown.
    scene.restart(at: time(8, 6), server: nil)
    scene.play(.decks([try name("d"): try deck()]))
    scene.play(.serverAppeared("bus/:1.1"))
    #expect(scene.shown.first?.items.first?.prompt == prompt)
    #expect(drawn(scene) == [prompt.id])
  }

  @Test func saysTheSameAfterASnooze() throws {
    var scene = try scene()
    scene.play(.timePassed, at: time(8, 5))
    let prompt = try #require(scene.shown.first?.items.first?.prompt)
    scene.acknowledge()
    scene.play(.answered(try id("kiss"), .snooze(until: time(9))))
    scene.play(.timePassed, at: time(9))
    #expect(scene.shown.first?.items.first?.prompt == prompt)
    #expect(drawn(scene) == [prompt.id])
  }

  @Test func isNotDrawnWhileItsWordsAreNotForEveryonesEyes() throws {
    var scene = try scene()
    scene.play(.ordered(Order(.discretion, since: time(7))))
    scene.play(.timePassed, at: time(8, 5))
    #expect(scene.shown.first?.items.first?.prompt == nil && drawn(scene).isEmpty)
    scene.acknowledge()
    scene.play(.revoked(.discretion))
    let prompt = try #require(scene.shown.first?.items.first?.prompt)
    #expect(drawn(scene) == [prompt.id])
  }

  @Test func isNotDrawnWhileItIsKeptBack() throws {
    var scene = try scene()
    scene.play(.circumstances([.locked]))
    scene.play(.timePassed, at: time(8, 5))
    #expect(scene.shown.isEmpty && drawn(scene).isEmpty)
    scene.play(.circumstances([]))
    #expect(scene.shown.first?.items.first?.prompt != nil && drawn(scene).count == 1)
  }

  @Test func aRitualWhoseDeckIsNotThereShowsItsMessage() throws {
    var scene = Scene([try ritual("kiss", "08:05", deck: "gone")])
    scene.play(.timePassed, at: time(8, 5))
    #expect(scene.shown.count == 1 && scene.shown[0].items[0].prompt == nil)
  }

  @Test func whatSomebodyAskedForDoesNotComeAgain() throws {
    var scene = try scene()
    let deck = try deck()
    let asked = scene.engine.drawing(2, from: try name("d"), among: deck)
    #expect(asked.count == 2 && drawn(scene).isEmpty)
    scene.play(.drew(asked))
    scene.play(.timePassed, at: time(8, 5))
    let prompt = try #require(scene.shown.first?.items.first?.prompt)
    #expect(!asked.map(\.prompt).contains(prompt.id) && drawn(scene).count == 3)
    #expect(scene.engine.drawing(9, from: try name("d"), among: deck).count == 3)
  }
}
