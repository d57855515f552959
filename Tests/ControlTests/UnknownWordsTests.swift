import CivilTime
import Control
import InterfaceLanguage
import InterfaceRig
import Rituals
import Testing
import Varlink

/// The journal's words on the wire, and words of a later version in a reply.
@Suite("Words of a later version")
struct UnknownWordsTests {
  private static let at = Instant(seconds: 1_795_807_800)

  private func entry(_ happening: Happening) throws -> Control.Entry {
    let occurrence = Occurrence(ritual: try #require(RitualID("kiss")), scheduled: Self.at)
    return Control.Entry(Rituals.Entry(occurrence, title: "Kiss", at: Self.at, happening), in: .utc)
  }

  @Test("A happening that the daemon does not know reaches the client with all of its words")
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
    "A known happening keeps an unknown word in the word's own field",
    arguments: Happening.Word.allCases)
  func part(word: Happening.Word) throws {
    let told = try entry(.unknown(RecordedWords(word.rawValue, answerer: "phone", reason: "swiped")))
    #expect(told.what.rawValue == word.rawValue && told.word == nil)
    #expect(told.by == "phone" && told.reason == "swiped" && told.count == 1)
  }

  @Test("A note of a kind that the daemon does not know keeps its words")
  func note() {
    let note = Rituals.Note(.note, "the sea", at: Self.at)
    let told = Control.Note(KeptNote(id: 7, note, unknownKind: "dream"), in: .utc)
    #expect(told.kind == "unknown" && told.word == "dream" && told.text == "the sea" && told.id == 7)
    let known = Control.Note(KeptNote(id: 7, Rituals.Note(.warm, "", at: Self.at)), in: .utc)
    #expect(known.kind == "warm" && known.word == nil)
  }

  @Test("The interface file lists the words of this version, and the one for all others")
  func listed() throws {
    let file = try InterfaceDefinition(parsing: controlInterface)
    func choices(_ type: String, _ field: String) throws -> Set<String> {
      guard case .structure(let fields) = try #require(file.type(named: type)),
        case .choice(let words) = fields.first(where: { $0.name == field })?.shape
      else { return [] }
      return Set(words.map(\.name))
    }
    #expect(try choices("Entry", "what") == Set(Happening.Word.allCases.map(\.rawValue) + ["unknown"]))
    #expect(try choices("Note", "kind") == Set(Rituals.Note.Kind.allCases.map(\.rawValue) + ["unknown"]))
  }

  @Test("A client passes on new words in every choice as they are, and passes over new fields")
  func newer() throws {
    let file = try InterfaceDefinition(parsing: controlInterface)
    for request in requests {
      let method = try #require(file.methods.first { Method.name($0.name) == request.method })
      let reply = Shape.structure(file.resolved(method.reply))
      let reread = try request.reread(Self.newer(reply, hasNewFields: true))
      #expect(reread == Self.newer(reply, hasNewFields: false), "\(method)")
    }
  }

  /// A value of a shape, as a daemon of a later version may reply it.
  private static func newer(_ shape: Shape, hasNewFields: Bool) -> JSONValue {
    switch shape {
    case .boolean: .boolean(true)
    case .integer: .integer(1)
    case .number: .number(1.5)
    case .string, .choice: .string("a-word-of-a-later-version")
    case .array(let element): .array([newer(element, hasNewFields: hasNewFields)])
    case .map(let element): .object(["key": newer(element, hasNewFields: hasNewFields)])
    case .optional(let inner): newer(inner, hasNewFields: hasNewFields)
    case .structure(let fields):
      .object(
        Dictionary(
          uniqueKeysWithValues: fields.map { ($0.name, newer($0.shape, hasNewFields: hasNewFields)) }
        )
        .merging(hasNewFields ? ["aLaterField": .string("x")] : [:]) { $1 })
    case .object, .named: .null
    }
  }
}
