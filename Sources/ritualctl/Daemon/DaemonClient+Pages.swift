import Control

/// What the daemon tells in several replies, because one has a bound, as one.
extension DaemonClient {
  /// As many as can be asked for.
  private static let most = 100_000

  /// The notes that a request asks for, oldest first, with the beginnings of long ones.
  func notes(_ request: NotesRequest) throws -> [NoteInfo] {
    var pages: [[NoteInfo]] = []
    var request = request
    var rest = request.limit ?? Self.most
    repeat {
      request.limit = rest
      let reply = try call("Notes", request, as: NotesReply.self)
      pages.append(reply.notes)
      rest -= reply.notes.count
      request.before = reply.notes.isEmpty ? nil : reply.before
    } while request.before != nil && rest > 0
    return pages.reversed().flatMap(\.self)
  }

  /// The same with all of their words.
  func wholeNotes(_ request: NotesRequest) throws -> [NoteInfo] {
    try notes(request).map { note in
      guard note.length != nil, let id = note.id else { return note }
      var whole = note
      whole.length = nil
      whole.text = ""
      var from: Int? = 0
      while let start = from {
        let piece = try call("NoteText", NoteTextRequest(note: id, from: start), as: NoteTextReply.self)
        whole.text += piece.text
        from = piece.next.flatMap { $0 > start ? $0 : nil }
      }
      return whole
    }
  }

  /// The entries that a request asks for, oldest first. What goes wrong is left to the caller to say, as with
  /// `request`.
  func entries(_ request: LogRequest) throws -> [LogEntry] {
    var pages: [[LogEntry]] = []
    var request = request
    var rest = request.limit ?? Self.most
    repeat {
      request.limit = rest
      let reply = try self.request("Log", request, as: LogReply.self)
      pages.append(reply.entries)
      rest -= reply.entries.count
      request.before = reply.entries.isEmpty ? nil : reply.before
    } while request.before != nil && rest > 0
    return pages.reversed().flatMap(\.self)
  }

  /// The same; where it fails it says why, and throws the exit status.
  func toldEntries(_ request: LogRequest) throws -> [LogEntry] {
    try told { try entries(request) }
  }
}
