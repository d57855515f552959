import Control
import Rituals
import Settings
import Varlink

/// The daemon's part in a guide: prompts that do not come again, and the journal for notes. A guide goes on
/// without it.
struct GuideHelper {
  let socket: String
  let library: Library
  let guide: Guide

  /// Prompts for a step. Without the daemon they are drawn here, and are none of those that this walk had.
  func prompts(for drawing: GuideStep.Drawing, besides drawn: [String]) -> [String] {
    let request = DrawRequest(
      deck: drawing.deck.text, count: drawing.count, depth: drawing.depth, tags: drawing.tags)
    if let reply = try? VarlinkClient(path: socket).call(
      Method.name("Draw"), request, as: DrawReply.self, within: 5)
    {
      return reply.prompts.map(\.text)
    }
    let all = library.deck(drawing.deck).value?.prompts(depth: drawing.depth, tags: drawing.tags) ?? []
    let texts = all.map(\.text).filter { !drawn.contains($0) }
    return Array(texts.shuffled().prefix(drawing.count))
  }

  /// Keeps a note in the private journal. Returns the reason where that fails.
  func keepNote(_ text: String) -> String? {
    do {
      let request = WriteRequest(text: text, guide: guide.head.id.text)
      _ = try VarlinkClient(path: socket).call(Method.name("Write"), request, as: WriteReply.self, within: 5)
      return nil
    } catch let error as RemoteError {
      return Refusal.text(of: error)
    } catch let failure as VarlinkClient.Failure {
      if case .unreachable = failure { return "rituald is not running" }
      return "cannot talk to rituald: \(failure)"
    } catch {
      return "rituald is not running"
    }
  }

  /// Plays a sound of the notification server because a step's time is over. A failure is not reported.
  func playSound(_ sound: String) {
    let request = RingRequest(title: guide.head.title, sound: sound)
    _ = try? VarlinkClient(path: socket).call(Method.name("Ring"), request, as: NoParameters.self, within: 2)
  }

  /// Answers the reminders of the guide's rituals: they are done.
  func answerReminders(of rituals: [RitualID]) {
    for id in rituals {
      _ = try? VarlinkClient(path: socket).call(
        Method.name("Done"), DoneRequest(ritual: id.text), as: DoneReply.self, within: 5)
    }
  }
}
