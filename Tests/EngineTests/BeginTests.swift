import CivilTime
import Engine
import Rituals
import Testing

/// The button that opens a guide.
struct BeginTests {
  private func shown(_ rituals: [Ritual]) throws -> (scene: Scene, notification: NotificationID) {
    var scene = Scene(rituals)
    scene.play(.timePassed, at: time(8, 5))
    let number = try #require(scene.acknowledge().first)
    return (scene, NotificationID(server: "bus/:1.1", number: number))
  }

  @Test("It opens the guide and is an answer, recorded first", arguments: [Button.begin, .body])
  func opens(_ button: Button) throws {
    var (scene, notification) = try shown([try ritual(guide: "talk")])
    scene.play(.pressed(notification, button))
    #expect(scene.happenings == [.done(by: .notification)])
    #expect(scene.seen == [.begin(guide: "talk"), .close(notification)])
  }

  @Test func withoutAGuideTheBodyMeansDone() throws {
    var (scene, notification) = try shown([try ritual()])
    scene.play(.pressed(notification, .body))
    #expect(scene.happenings == [.done(by: .notification)])
    #expect(scene.seen == [.close(notification)])
  }

  @Test func doneOpensNothing() throws {
    var (scene, notification) = try shown([try ritual(guide: "talk")])
    scene.play(.pressed(notification, .done))
    #expect(scene.seen == [.close(notification)])
  }

  @Test func aPressOnSeveralMeansNothing() throws {
    let several = try (1...4).map { try ritual("r\($0)", guide: "talk") }
    var (scene, notification) = try shown(several)
    scene.play(.pressed(notification, .begin))
    #expect(scene.seen == [] && scene.happenings == [])
  }
}
