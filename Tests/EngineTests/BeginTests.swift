import CivilTime
import Engine
import Rituals
import Testing

/// The button that opens a guide.
struct BeginTests {
  private func shown(_ rituals: [Ritual]) throws -> (scene: Scene, display: Display) {
    var scene = Scene(rituals)
    scene.play(.timePassed, at: time(8, 5))
    let number = try #require(scene.acknowledge().first)
    return (scene, Display(server: "bus/:1.1", number: number))
  }

  @Test("It opens the guide and is an answer, recorded first", arguments: [Button.begin, .body])
  func opens(_ button: Button) throws {
    var (scene, display) = try shown([try ritual(guide: "talk")])
    scene.play(.pressed(display, button))
    #expect(scene.happenings == [.done(by: .notification)])
    #expect(scene.seen == [.begin(guide: "talk"), .close(display)])
  }

  @Test func withoutAGuideTheBodyMeansDone() throws {
    var (scene, display) = try shown([try ritual()])
    scene.play(.pressed(display, .body))
    #expect(scene.happenings == [.done(by: .notification)])
    #expect(scene.seen == [.close(display)])
  }

  @Test func doneOpensNothing() throws {
    var (scene, display) = try shown([try ritual(guide: "talk")])
    scene.play(.pressed(display, .done))
    #expect(scene.seen == [.close(display)])
  }

  @Test func aPressOnSeveralMeansNothing() throws {
    let several = try (1...4).map { try ritual("r\($0)", guide: "talk") }
    var (scene, display) = try shown(several)
    scene.play(.pressed(display, .begin))
    #expect(scene.seen == [] && scene.happenings == [])
  }
}
