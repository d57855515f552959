import CivilTime
import Control
import Files
import Journal
import Rituals
import SystemZones
import Varlink

extension ControlService {
  /// The limit of bytes of entries or notes in one reply; the next reply continues. On the wire a character
  /// may take six bytes: even so a reply is far below a client's limit, and little waits in memory for a slow
  /// client.
  static let pageBytes = 1 << 18
}

/// The private journal. Its words go only to the caller.
extension ControlService {
  func addNotes() {
    handle(AppreciateRequest.self) { [unowned self] request, call in
      let note = Note(.appreciation, try words(request.text), at: SystemClock.now)
      try call.reply(AppreciateReply(note: save(note)))
    }
    handle(RememberRequest.self) { [unowned self] request, call in
      let text = try words(request.text ?? "", mayBeEmpty: true)
      let note = Note(request.warm ? .warm : .hard, text, at: SystemClock.now)
      try call.reply(RememberReply(note: save(note)))
    }
    handle(WriteRequest.self) { [unowned self] request, call in
      let ritual = try request.ritual.map { try self.ritual($0).id }
      let text = try words(request.text)
      let note = Note(.note, text, at: SystemClock.now, ritual: ritual, guide: request.guide)
      try call.reply(WriteReply(note: save(note)))
    }
    handle(NotesRequest.self) { [unowned self] request, call in
      try call.reply(try notes(request))
    }
    handle(NoteTextRequest.self) { [unowned self] request, call in
      try call.reply(try text(request))
    }
    handle(ForgetRequest.self) { [unowned self] request, call in
      try call.reply(try forget(request))
    }
  }

  /// The text without the space around it. The error for a wrong text does not repeat it.
  private func words(_ text: String, mayBeEmpty: Bool = false) throws -> String {
    let end = text.lastIndex { !$0.isWhitespace }.map { text.index(after: $0) } ?? text.startIndex
    let words = text[..<end].drop { $0.isWhitespace }
    guard words.count <= Note.longest, mayBeEmpty || !words.isEmpty else {
      throw InvalidValue(
        name: "text", text: "\(words.count) characters", accepted: "1 to \(Note.longest) characters")
    }
    return String(words)
  }

  /// Saves a note. If the disk does not take it, it waits in memory like every other change.
  private func save(_ note: Note) -> Control.Note {
    daemon.journal.record([.note(note)])
    let kept = try? daemon.journal.notes(since: nil, kind: note.kind, limit: 1).last { $0.note == note }
    return Control.Note(kept ?? KeptNote(id: nil, note), in: zone)
  }

  private func notes(_ request: NotesRequest) throws -> NotesReply {
    let kind = try request.kind.map { text in
      guard let kind = Note.Kind(rawValue: text) else {
        let accepted = Note.Kind.allCases.map(\.rawValue).joined(separator: ", ")
        throw InvalidValue(name: "kind", text: text, accepted: accepted)
      }
      return kind
    }
    let limit = request.limit ?? 1000
    guard (1...100_000).contains(limit) else {
      throw InvalidValue(name: "limit", text: "\(limit)", accepted: "1 to 100000")
    }
    let since = try request.since.map { try past($0) }
    var page = Page<KeptNote>(limit: limit, bytes: Self.pageBytes, before: request.before.map { Int64($0) })
    do throws(JournalError) {
      try daemon.journal.fill(&page, since: since, kind: kind)
    } catch {
      throw JournalUnreadable(reason: "\(error)")
    }
    return NotesReply(
      notes: page.elements.map { Control.Note($0, in: zone) }, before: page.next.map { Int($0) })
  }

  private func text(_ request: NoteTextRequest) throws -> NoteTextReply {
    let piece: TextPart?
    do throws(JournalError) {
      piece = try daemon.journal.text(ofNote: Int64(request.note), from: request.from, upTo: Self.pageBytes)
    } catch {
      throw JournalUnreadable(reason: "\(error)")
    }
    guard let piece else {
      throw InvalidValue(name: "note", text: "\(request.note)", accepted: "the number of a note")
    }
    return NoteTextReply(text: piece.text, next: piece.next)
  }

  private func forget(_ request: ForgetRequest) throws -> ForgetReply {
    let forgetting = try forgetting(request)
    let forgotten: Forgotten
    do throws(JournalError) {
      forgotten =
        request.preview
        ? try daemon.journal.count(forgetting, in: zone)
        : try daemon.journal.forget(forgetting, in: zone)
    } catch {
      throw NotForgotten(reason: "\(error)")
    }
    let files = request.everything ? try keptFiles(areErased: !request.preview) : []
    // A ritual that was removed still has a past. If there is nothing to forget, the id may be a mistake.
    if forgotten.isNothing, let text = request.ritual { _ = try ritual(text) }
    var reply = ForgetReply(
      notes: forgotten.notes, occurrences: forgotten.occurrences, files: files,
      setAside: daemon.journal.setAsides)
    if case .past(_, let since, let before) = forgetting {
      (reply.since, reply.before) = (since.map(moment), before.map(moment))
    }
    return reply
  }

  /// The files beside the journal that have private words. Erases them unless this is a preview.
  private func keptFiles(areErased: Bool) throws -> [String] {
    let files = KeptFiles(daemon.paths)
    do throws(FileError) {
      return areErased ? try files.erase() : try files.all
    } catch {
      let begin = areErased ? "the journal is erased, and this is not: " : ""
      throw NotForgotten(reason: "\(begin)\(error.path): \(error)")
    }
  }

  /// The part of the past to forget. Throws unless the request says exactly one.
  private func forgetting(_ request: ForgetRequest) throws -> Forgetting {
    let isSpan = request.ritual != nil || request.since != nil || request.before != nil
    guard [!request.notes.isEmpty, isSpan, request.everything].count(where: { $0 }) == 1 else {
      throw InvalidValue(
        name: "forget", text: "nothing, or too much at once",
        accepted: "notes; or a ritual, since, before or several of these; or everything")
    }
    if !request.notes.isEmpty { return .notes(Set(request.notes.map { Int64($0) })) }
    if request.everything { return .everything }
    let ritual = try request.ritual.map { try self.id(named: $0) }
    return .past(
      of: ritual, since: try request.since.map { try past($0) },
      before: try request.before.map { try past($0) })
  }
}
