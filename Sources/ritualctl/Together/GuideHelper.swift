import Control
import Rituals
import Settings
import Varlink

/// What a guide needs of the daemon: prompts that do not come again, and a place for notes. It goes on without.
struct GuideHelper {
  let socket: String
  let library: Library
  let guide: Guide

  /// Prompts for a step, those of the walk so far left out where the daemon cannot be asked.
  func prompts(for drawing: Step.Drawing, besides drawn: [String]) -> [String] {
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

  /// Keeps a note in the private journal; why not, where it is not kept.
  func keep(_ text: String) -> String? {
    do {
      let request = WriteRequest(text: text, guide: guide.head.id.text)
      _ = try VarlinkClient(path: socket).call(Method.name("Write"), request, as: NoteReply.self, within: 5)
      return nil
    } catch let error as RemoteError {
      return Refusal.text(of: error)
    } catch let failure as VarlinkClient.Failure {
      if case .unreachable = failure { return "rituald is not running" }
      return "rituald cannot be talked to: \(failure)"
    } catch {
      return "rituald is not running"
    }
  }

  /// Says by a sound of the notification server that a step's time is over; silently not, where it cannot.
  func ring(_ sound: String) {
    let request = RingRequest(title: guide.head.title, sound: sound)
    _ = try? VarlinkClient(path: socket).call(Method.name("Ring"), request, as: NoParameters.self, within: 2)
  }

  /// The guide was walked through: reminders of it that wait for an answer have one.
  func finish(_ rituals: [RitualID]) {
    for id in rituals {
      _ = try? VarlinkClient(path: socket).call(
        Method.name("Done"), AnswerRequest(ritual: id.text), as: AnswerReply.self, within: 5)
    }
  }
}
