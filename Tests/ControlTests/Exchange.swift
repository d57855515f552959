import Control
import InterfaceRig
import Varlink

/// A method of `io.ritual.Control`, and the Swift types of its parameters and its reply.
struct Exchange: Sendable {
  let method: String
  let parameters: @Sendable () throws -> [Field]
  let reply: @Sendable () throws -> [Field]
  /// Reads a reply as a client does.
  let read: @Sendable (JSONValue) throws -> Void
  /// Has a service take the method, and answer it with nothing.
  let handle: @MainActor @Sendable (VarlinkService) -> Void

  init<Parameters: Decodable & Sendable, Reply: Decodable & Sendable>(
    _ method: String, _ parameters: Parameters.Type, _ reply: Reply.Type
  ) {
    self.method = method
    self.parameters = { try ShapeReader.fields(of: parameters) }
    self.reply = { try ShapeReader.fields(of: reply) }
    read = { _ = try JSONCoding.decode(reply, from: JSONCoding.encode($0)) }
    handle = { service in
      service.handle(Method.name(method), as: parameters) { _, call in try call.reply(NoParameters()) }
    }
  }

  /// A new method of the interface file gets its line here.
  static let all = [
    Exchange("Status", NoParameters.self, StatusReply.self),
    Exchange("List", NoParameters.self, ListReply.self),
    Exchange("Next", NextRequest.self, NextReply.self),
    Exchange("Today", NoParameters.self, TodayReply.self),
    Exchange("Week", WeekRequest.self, WeekReply.self),
    Exchange("Show", RitualRequest.self, ShowReply.self),
    Exchange("Add", AddRequest.self, AddReply.self),
    Exchange("AddPreset", PresetRequest.self, PresetReply.self),
    Exchange("Remove", RitualRequest.self, RemoveReply.self),
    Exchange("Set", SetRequest.self, SetReply.self),
    Exchange("Enable", EnableRequest.self, EnableReply.self),
    Exchange("Source", RitualRequest.self, SourceReply.self),
    Exchange("Rewrite", RewriteRequest.self, RewriteReply.self),
    Exchange("Done", AnswerRequest.self, AnswerReply.self),
    Exchange("Skip", AnswerRequest.self, AnswerReply.self),
    Exchange("Snooze", SnoozeRequest.self, SnoozeReply.self),
    Exchange("Pause", PauseRequest.self, PauseReply.self),
    Exchange("Resume", ResumeRequest.self, ResumeReply.self),
    Exchange("Timeout", TimeoutRequest.self, TimeoutReply.self),
    Exchange("EndTimeout", NoParameters.self, NoParameters.self),
    Exchange("Discreet", DiscreetRequest.self, NoParameters.self),
    Exchange("Why", RitualRequest.self, WhyReply.self),
    Exchange("Watch", NoParameters.self, News.self),
    Exchange("Log", LogRequest.self, LogReply.self),
    Exchange("Appreciate", AppreciateRequest.self, NoteReply.self),
    Exchange("Remember", RememberRequest.self, NoteReply.self),
    Exchange("Write", WriteRequest.self, NoteReply.self),
    Exchange("Notes", NotesRequest.self, NotesReply.self),
    Exchange("NoteText", NoteTextRequest.self, NoteTextReply.self),
    Exchange("Report", ReportRequest.self, ReportReply.self),
    Exchange("Forget", ForgetRequest.self, ForgetReply.self),
    Exchange("Draw", DrawRequest.self, DrawReply.self),
    Exchange("Ring", RingRequest.self, NoParameters.self),
    Exchange("Test", RitualRequest.self, NoParameters.self),
    Exchange("Reload", NoParameters.self, ReloadReply.self),
  ]

  /// A new error of the interface file gets its place here.
  static let errors: [any VarlinkError.Type] = [
    NoSuchRitual.self, RitualExists.self, NothingToAnswer.self, SeveralWaiting.self, InvalidSchedule.self,
    InvalidValue.self, NotWritable.self, NoNotificationServer.self, JournalUnreadable.self,
    NotForgotten.self, NotWorking.self, NoTimeout.self, NoSuchKey.self, InvalidConfiguration.self,
    UnreadableConfiguration.self,
    FileChanged.self, NoSuchDeck.self, NoSuchPreset.self,
  ]
}
