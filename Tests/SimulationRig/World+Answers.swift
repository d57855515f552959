import CivilTime
import Engine
import Rituals
import Schedules

/// The user presses, types, puts away, or says something on the command line; what was meant comes true.
extension World {
  mutating func use() {
    if let number = screen.keys.sorted().randomElement(using: &random), !toss(4), isServerThere {
      if toss(4) {
        putAway(number)
        if toss(2) { press(.done, on: number, isThere: false) }
      } else {
        let button: Button = toss(3) ? .skip : toss(2) ? .snooze(0) : toss(8) ? .begin : .done
        if screen[number]?.reply != nil, Bool.random(using: &others) { return reply(to: number) }
        press(Int.random(in: 0..<6, using: &others) == 0 ? .body : button, on: number, isThere: true)
      }
    } else if let open = journal.open.randomElement(using: &random) {
      let until = now.advanced(byMicroseconds: microseconds(upTo: 80_000) + 1)
      let answer: Answer = toss(3) ? .skip : toss(2) ? .snooze(until: until) : .done
      mean([open.occurrence: answer], isOwed: true) { $0.apply(.answered(open.occurrence.ritual, answer)) }
    }
  }

  /// The user puts a notification away, or the server does so by itself.
  private mutating func putAway(_ number: UInt32) {
    lastPutAway = shown(on: number)
    putAway.formUnion(lastPutAway)
    screen[number] = nil
    orphans.remove(number)
    let closing: Closing = Int.random(in: 0..<4, using: &others) == 0 ? .timedOut : .dismissed
    apply(.closed(NotificationID(server: server, number: number), closing))
  }

  /// A button is pressed. Some servers tell of the closing before the click that caused it.
  private mutating func press(_ button: Button, on number: UInt32, isThere: Bool) {
    let isOwed =
      isThere && isCalm && refused.isEmpty && heard.contains(number) && !orphans.contains(number)
    let snoozes = screen[number]?.snoozes ?? []
    let answers = answers(
      to: isThere ? shown(on: number) : lastPutAway, by: button, snoozes, heard.contains(number))
    let isAboutGuide = answers.keys.contains { guides.contains($0.ritual) }
    mean(answers, isOwed: isOwed && !isAboutGuide) { world in
      world.begun = nil
      world.apply(.pressed(NotificationID(server: world.server, number: number), button))
      world.openGuide()
    }
  }

  /// Opens the guide that is to open: there is a terminal, or there is none, and then nothing is done.
  private mutating func openGuide() {
    guard let occurrence = begun, specimen != nil, violations.isEmpty else { return }
    if record.end(of: occurrence) != nil { return violate("\(occurrence) has ended before its guide began") }
    let isOpen = Int.random(in: 0..<4, using: &others) > 0
    if !isOpen { meant = [:] }
    apply(.guideBegan(occurrence, isOpen: isOpen))
    guard specimen != nil, violations.isEmpty, isOpen == (record.end(of: occurrence) == nil) else { return }
    violate("\(occurrence) was begun, which ended it: \(!isOpen)")
  }

  /// The reminders that a notification shows. Until it is sent again, a new daemon knows of it what the last
  /// one wrote down.
  private func shown(on number: UInt32) -> Set<Occurrence> {
    guard let reminder = screen[number], reminder.kind != .lead else { return [] }
    let shown = Set(reminder.items.map(\.occurrence))
    guard !heard.contains(number) else { return shown }
    let notification = NotificationID(server: server, number: number)
    return shown.union(journal.open.filter { $0.phase == .shown(notification) }.map(\.occurrence))
  }

  /// The answer that a button gives to reminders shown together.
  private func answers(
    to shown: Set<Occurrence>, by button: Button, _ snoozes: [TimeSpan], _ isHeard: Bool
  ) -> [Occurrence: Answer] {
    let answer: Answer
    switch button {
    case .done: answer = .done
    case .skip: answer = .skip
    // A new daemon may take for one what is on the screen as several.
    case .body where shown.count == 1 || !isHeard: answer = .done
    case .snooze(let index) where snoozes.indices.contains(index):
      answer = .snooze(until: now.advanced(byMicroseconds: snoozes[index].microseconds))
    case .begin where shown.count == 1 && shown.allSatisfy({ guides.contains($0.ritual) }): answer = .done
    case .body, .begin, .snooze: return [:]
    }
    return Dictionary(uniqueKeysWithValues: shown.map { ($0, answer) })
  }

  /// Something is typed into a notification: it is kept, once, and answers the reminder.
  private mutating func reply(to number: UInt32) {
    guard let reminder = screen[number], let item = reminder.items.first else { return }
    let before = journal.notes.count
    let answers = Dictionary(uniqueKeysWithValues: shown(on: number).map { ($0, Answer.done) })
    let isOwed = isCalm && refused.isEmpty && heard.contains(number) && !orphans.contains(number)
    mean(answers, isOwed: isOwed) { world in
      world.apply(.replied(NotificationID(server: world.server, number: number), "Words \(world.steps)"))
    }
    guard specimen != nil, violations.isEmpty, isOwed else { return }
    let kept = journal.notes.dropFirst(before)
    if kept.map(\.text) != ["Words \(steps)"] || kept.first?.ritual != item.occurrence.ritual {
      violate("what was typed at \(item.occurrence) is kept \(kept.count) times")
    }
  }

  /// Does what the user means by these answers. Where they are owed, they come true.
  private mutating func mean(
    _ answers: [Occurrence: Answer], isOwed: Bool, _ act: (inout World) -> Void
  ) {
    let owed = isOwed ? answers.filter { journal.open($0.key) != nil } : [:]
    meant = answers
    act(&self)
    meant = [:]
    guard specimen != nil, violations.isEmpty else { return }
    for (occurrence, answer) in owed.sorted(by: { $0.key.ritual < $1.key.ritual }) {
      let isDone =
        switch (answer, record.end(of: occurrence), journal.open(occurrence)?.phase) {
        case (.done, .done, nil), (.skip, .skipped, nil): true
        case (.snooze(let until), nil, .snoozed(let last)): until == last
        default: false
        }
      if !isDone { violate("\(occurrence) was answered with \(answer), and is not") }
    }
  }
}
