import Control

/// Lists that the daemon tells in several replies, because a reply has a bound.
extension DaemonClient {
  /// The most elements that a list can be asked for.
  private static let mostElements = 100_000

  /// The notes that a request asks for, oldest first; of a long note only the beginning of its text.
  func notes(_ request: NotesRequest) throws -> [Control.Note] {
    var request = request
    return try pages(upTo: request.limit) { limit, before in
      (request.limit, request.before) = (limit, before)
      let page = try call("Notes", request, as: NotesReply.self).value
      return (page.notes, page.before)
    }
  }

  /// The same notes with the whole text of each.
  func wholeNotes(_ request: NotesRequest) throws -> [Control.Note] {
    try notes(request).map { note in
      guard note.length != nil, let id = note.id else { return note }
      var whole = note
      whole.length = nil
      whole.text = ""
      var from: Int? = 0
      while let start = from {
        let request = NoteTextRequest(note: id, from: start)
        let piece = try call("NoteText", request, as: NoteTextReply.self).value
        whole.text += piece.text
        from = piece.next.flatMap { $0 > start ? $0 : nil }
      }
      return whole
    }
  }

  /// The entries of the log that a request asks for, oldest first.
  func entries(_ request: LogRequest) throws -> [Control.Entry] {
    var request = request
    return try pages(upTo: request.limit) { limit, before in
      (request.limit, request.before) = (limit, before)
      let page = try call("Log", request, as: LogReply.self).value
      return (page.entries, page.before)
    }
  }

  /// Asks for the newest page first, and then for the one before it, up to the limit.
  ///
  /// - Parameter page: the elements of a page of at most `limit` that ends at `before`, and where the page
  ///   before it
  ///   ends; nil where there is none.
  private func pages<Element>(
    upTo limit: Int?, _ page: (_ limit: Int, _ before: Int?) throws -> ([Element], before: Int?)
  ) throws -> [Element] {
    var pages: [[Element]] = []
    var rest = limit ?? Self.mostElements
    var before: Int?
    repeat {
      let (elements, next) = try page(rest, before)
      pages.append(elements)
      rest -= elements.count
      before = elements.isEmpty ? nil : next
    } while before != nil && rest > 0
    return pages.reversed().flatMap(\.self)
  }
}
