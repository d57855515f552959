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

  private var occurrence: Occurrence {
    get throws { Occurrence(ritual: try id("kiss"), scheduled: time(8, 5)) }
  }

  @Test("It opens the guide, and is an answer once there is a window", arguments: [Button.begin, .body])
  func opens(_ button: Button) throws {
    var (scene, notification) = try shown([try ritual(guide: "talk")])
    scene.play(.pressed(notification, button))
    #expect(scene.seen == [.begin(guide: "talk", of: try occurrence)] && scene.happenings == [])
    // Pressed twice, it opens once; and a server closes what was pressed.
    scene.play(.pressed(notification, button))
    scene.play(.closed(notification, .dismissed))
    #expect(scene.seen == [] && scene.happenings == [])
    scene.play(.guideBegan(try occurrence, isOpen: true))
    #expect(scene.happenings == [.done(by: .notification)] && scene.seen == [])
    // A late answer changes nothing.
    scene.play(.guideBegan(try occurrence, isOpen: false))
    #expect(scene.seen == [] && scene.happenings == [])
  }

  @Test("A notification that is still there is closed when there is a window")
  func closes() throws {
    var (scene, notification) = try shown([try ritual(guide: "talk")])
    scene.play(.pressed(notification, .begin))
    scene.play(.guideBegan(try occurrence, isOpen: true))
    #expect(scene.happenings == [.done(by: .notification)] && scene.seen == [.close(notification)])
  }

  @Test("Where there is no window the reminder comes again without Begin", arguments: [false, true])
  func fails(_ isClosedByServer: Bool) throws {
    var (scene, notification) = try shown([try ritual(guide: "talk")])
    #expect(scene.engine.openOccurrences.map(\.phase) == [.shown(notification)])
    scene.play(.pressed(notification, .body))
    if isClosedByServer { scene.play(.closed(notification, .dismissed)) }
    scene.play(.guideBegan(try occurrence, isOpen: false))
    #expect(scene.closed == (isClosedByServer ? [] : [notification]))
    let reminder = try #require(scene.shown.first)
    #expect(!reminder.opensGuide && reminder.replacing == nil && scene.happenings == [])
    // The server tells of the closing late: that is about the former notification.
    let number = try #require(scene.acknowledge().first)
    scene.play(.closed(notification, .dismissed))
    #expect(scene.happenings == [])
    // A click means done there.
    scene.play(.pressed(NotificationID(server: "bus/:1.1", number: number), .body))
    #expect(scene.happenings == [.done(by: .notification)])
  }

  @Test("It is offered again after a snooze")
  func snoozed() throws {
    var (scene, notification) = try shown([try ritual(guide: "talk")])
    scene.play(.pressed(notification, .begin))
    scene.play(.guideBegan(try occurrence, isOpen: false))
    scene.acknowledge()
    scene.play(.answered(try id("kiss"), .snooze(until: time(8, 30))))
    scene.play(.timePassed, at: time(8, 30))
    #expect(scene.shown.map(\.opensGuide) == [true])
  }

  @Test("A daemon that ends before it is known shows the reminder again")
  func killed() throws {
    var (scene, notification) = try shown([try ritual(guide: "talk")])
    scene.play(.pressed(notification, .begin))
    scene.restart(at: time(8, 6))
    #expect(scene.shown.map(\.replacing) == [notification] && scene.shown.map(\.opensGuide) == [true])
  }

  @Test("Where it is known that no window opens, it is not offered, and a click means done")
  func notOffered() throws {
    var scene = Scene([try ritual(guide: "talk"), try ritual("plain", "09:00")])
    scene.play(.guidesOpen(false))
    scene.play(.timePassed, at: time(8, 5))
    #expect(scene.shown.map(\.opensGuide) == [false])
    let notification = NotificationID(server: "bus/:1.1", number: try #require(scene.acknowledge().first))
    // Now a terminal is there: what is on the screen says so.
    scene.play(.guidesOpen(true))
    #expect(scene.shown.map(\.opensGuide) == [true] && scene.shown.map(\.replacing) == [notification])
    // Until that is acknowledged, a click is about what was there before.
    scene.play(.pressed(notification, .body))
    #expect(scene.happenings == [.done(by: .notification)])
    #expect(!scene.seen.contains { if case .begin = $0 { true } else { false } })
  }

  @Test("What has no guide is not sent again when a terminal comes or goes")
  func noGuide() throws {
    var (scene, _) = try shown([try ritual()])
    scene.play(.guidesOpen(false))
    #expect(scene.seen == [])
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
