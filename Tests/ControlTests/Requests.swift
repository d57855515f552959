import Control
import Varlink

/// The requests of all methods. A new method of the interface file gets its place here.
let requests: [any VarlinkRequest.Type] = [
  StatusRequest.self, ListRequest.self, NextRequest.self, TodayRequest.self, WeekRequest.self,
  ShowRequest.self, AddRequest.self, AddPresetRequest.self, RemoveRequest.self, SetRequest.self,
  EnableRequest.self, SourceRequest.self, RewriteRequest.self, DoneRequest.self, SkipRequest.self,
  SnoozeRequest.self, PauseRequest.self, ResumeRequest.self, DiscreetRequest.self, TimeoutRequest.self,
  EndTimeoutRequest.self, WhyRequest.self, WatchRequest.self, LogRequest.self, AppreciateRequest.self,
  RememberRequest.self, WriteRequest.self, NotesRequest.self, NoteTextRequest.self, ReportRequest.self,
  ForgetRequest.self, DrawRequest.self, RingRequest.self, TestRequest.self, ReloadRequest.self,
]

extension VarlinkRequest {
  /// Lets a service take the request and reply nothing.
  @MainActor
  static func acceptCalls(on service: VarlinkService) {
    service.handle(Self.self) { _, call in try call.reply(NoParameters()) }
  }

  /// Reads a reply as a client does, and writes it again.
  static func reread(_ reply: JSONValue) throws -> JSONValue {
    let decoded = try JSONCoding.decode(Reply.self, from: JSONCoding.encode(reply))
    return try JSONCoding.decode(JSONValue.self, from: JSONCoding.encode(decoded))
  }
}
