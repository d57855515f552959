import CivilTime
import Control
import InterfaceRig
import Rituals
import Testing
import Varlink

/// The journal's words on the wire, and words of a later version in what a client reads.
@Suite("Words that the other side does not know")
struct UnknownWordsTests {
  private static let at = Instant(seconds: 1_795_807_800)

  private func entry(_ happening: Happening) throws -> LogEntry {
    let occurrence = Occurrence(ritual: try #require(RitualID("kiss")), scheduled: Self.at)
    return LogEntry(Entry(occurrence, title: "Kiss", at: Self.at, happening), in: .utc)
  }

  @Test("A happening that the daemon does not know is passed on with all of its words")
  func happening() throws {
    let told = try entry(
      .unknown(
        RecordedWords("celebrated", answerer: "phone", reason: "why", until: Self.at, count: 2)))
    #expect(told.what == "unknown" && told.word == "celebrated")
    #expect(told.by == "phone" && told.reason == "why" && told.count == 2)
    #expect(told.until == Moment(Self.at, in: .utc))
    #expect(told.title == "Kiss" && told.ritual == "kiss")
  }

  @Test(
    "Of one that it knows, the word that it does not know stands in its own field",
    arguments: Happening.Word.allCases)
  func part(word: Happening.Word) throws {
    let told = try entry(.unknown(RecordedWords(word.rawValue, answerer: "phone", reason: "swiped")))
    #expect(told.what == word.rawValue && told.word == nil)
    #expect(told.by == "phone" && told.reason == "swiped" && told.count == 1)
  }

  @Test("A note of a kind that the daemon does not know keeps its words")
  func note() {
    let note = Note(.note, "the sea", at: Self.at)
    let told = NoteInfo(KeptNote(id: 7, note, unknownKind: "dream"), in: .utc)
    #expect(told.kind == "unknown" && told.word == "dream" && told.text == "the sea" && told.id == 7)
    let known = NoteInfo(KeptNote(id: 7, Note(.warm, "", at: Self.at)), in: .utc)
    #expect(known.kind == "warm" && known.word == nil)
  }

  @Test("The interface file lists the words of this version, and the one for all others")
  func listed() throws {
    let file = try InterfaceDefinition(parsing: controlInterface)
    func choices(_ type: String, _ field: String) throws -> Set<String> {
      guard case .structure(let fields) = try #require(file.types[type]),
        case .choice(let words) = fields.first(where: { $0.name == field })?.shape
      else { return [] }
      return Set(words)
    }
    #expect(try choices("Entry", "what") == Set(Happening.Word.allCases.map(\.rawValue) + ["unknown"]))
    #expect(try choices("Note", "kind") == Set(Note.Kind.allCases.map(\.rawValue) + ["unknown"]))
  }

  @Test("A reply with new words in every choice is read, and so is one with new fields")
  func newer() throws {
    let file = try InterfaceDefinition(parsing: controlInterface)
    for exchange in Exchange.all {
      let method = try #require(file.methods.first { $0.name == exchange.method })
      let reply = Self.newer(.structure(file.resolved(method.reply)))
      #expect(throws: Never.self, "\(exchange.method)") { try exchange.read(reply) }
    }
  }

  /// A value of a shape, as a daemon of a later version may reply it.
  private static func newer(_ shape: Shape) -> JSONValue {
    switch shape {
    case .boolean: .boolean(true)
    case .integer, .number: .number(1)
    case .string, .choice: .string("a-word-of-a-later-version")
    case .array(let element): .array([newer(element)])
    case .map(let element): .object(["key": newer(element)])
    case .optional(let inner): newer(inner)
    case .structure(let fields):
      .object(
        Dictionary(uniqueKeysWithValues: fields.map { ($0.name, newer($0.shape)) })
          .merging(["aLaterField": .string("x")]) { $1 })
    case .object, .named: .null
    }
  }
}
