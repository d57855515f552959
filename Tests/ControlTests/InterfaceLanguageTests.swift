import InterfaceLanguage
import Testing

@Suite("Reading interface files")
struct InterfaceLanguageTests {
  @Test("A comment belongs to what is directly below it")
  func comments() throws {
    let file = try InterfaceDefinition(
      parsing: """
        # Of the interface.
        interface a.b-c.D

        # Of nothing.

        # Of A,
        # with (signs: in it)
        type A (
          # Of x.
          x: int, # of nothing
          y: (
            # Of on.
            on,
            off
          )
        )
        method M(a: A) -> ()
        # Of E.
        error E ()
        """)
    #expect(file.name == "a.b-c.D")
    let type = try #require(file.types.first)
    #expect(type.comment == ["Of A,", "with (signs: in it)"])
    guard case .structure(let fields) = type.shape, case .choice(let words) = fields.last?.shape else {
      Issue.record("\(type.shape)")
      return
    }
    #expect(fields.map(\.comment) == [["Of x."], []])
    #expect(words.map(\.comment) == [["Of on."], []])
    #expect(file.methods.map(\.comment) == [[]])
    #expect(file.errors.map(\.comment) == [["Of E."]])
  }

  @Test(
    "A file with a mistake is refused with its line",
    arguments: [
      ("type A ()", "line 1: 'type' where 'interface' was expected"),
      ("interface a.b\n\nmethod M() > ()", "line 3: '>' where '->' was expected"),
      ("interface a.b\nthing X ()", "line 2: 'thing' where 'type', 'method' or 'error' was expected"),
      ("interface a.b\ntype", "line 2: 'the end' where a name behind 'type' was expected"),
      ("interface a.b\ntype A (x: strin)", "line 2: 'strin' where a type was expected"),
      ("interface a.b\ntype A (x: int, y)", "line 2: 'y' is a field without a type"),
      ("interface a.b\ntype A (\n  x: []Bee\n)", "line 3: there is no type 'Bee'"),
      ("interface a.b\ntype A ()\nmethod A() -> ()", "line 3: 'A' is declared twice"),
      ("interface a.b\nmethod M() -> []int", "line 2: fields in parentheses were expected"),
    ])
  func refused(text: String, message: String) {
    let error = #expect(throws: InterfaceError.self) { try InterfaceDefinition(parsing: text) }
    #expect(error?.description == message)
  }
}

@Suite("Writing interface files as Swift")
struct SwiftWriterTests {
  private func files(_ text: String) throws -> [String: String] {
    let writer = SwiftWriter(
      try InterfaceDefinition(parsing: text), from: "a.b.varlink", command: "make it")
    return Dictionary(uniqueKeysWithValues: try writer.files().map { ($0.name, $0.text) })
  }

  @Test("Types become structures and enumerations with the comments of the file")
  func types() throws {
    let files = try files(
      """
      interface a.b

      # A light.
      #
      # It shines.
      type Light (
        # Its colours.
        private: [](red, default),
        note: ?string,
        map: [string]?Place,
        any: object
      )
      type Place (
        share: float
      )
      type Side (
        # To the left.
        left,
        right
      )
      type Lights []Light
      """)
    #expect(
      files["Types.swift"] == """
        // Follows a.b.varlink: change that, then run `make it`.

        package import Varlink

        /// A light.
        ///
        /// It shines.
        package struct Light: Codable, Hashable, Sendable {
          /// Its colours.
          package var `private`: [Private]
          package var note: String?
          package var map: [String: Place?]
          package var any: JSONValue

          package init(private: [Private], note: String? = nil, map: [String: Place?], any: JSONValue) {
            self.private = `private`
            self.note = note
            self.map = map
            self.any = any
          }

          /// A value of `private`.
          package enum Private: Choice {
            case red, `default`
            /// A word of a later version.
            case other(String)

            package init(rawValue: String) {
              switch rawValue {
              case "red": self = .red
              case "default": self = .default
              default: self = .other(rawValue)
              }
            }

            package var rawValue: String {
              switch self {
              case .red: "red"
              case .default: "default"
              case .other(let word): word
              }
            }
          }
        }

        package struct Place: Codable, Hashable, Sendable {
          package var share: Double

          package init(share: Double) {
            self.share = share
          }
        }

        package enum Side: Choice {
          /// To the left.
          case left
          case right
          /// A word of a later version.
          case other(String)

          package init(rawValue: String) {
            switch rawValue {
            case "left": self = .left
            case "right": self = .right
            default: self = .other(rawValue)
            }
          }

          package var rawValue: String {
            switch self {
            case .left: "left"
            case .right: "right"
            case .other(let word): word
            }
          }
        }

        package typealias Lights = [Light]

        """)
  }

  @Test("Methods become requests with their replies")
  func methods() throws {
    let files = try files(
      """
      interface a.b
      # Does it.
      method Do(
        # The number of times.
        count: int
      ) -> (isDone: bool)
      method Rest() -> ()
      """)
    #expect(
      files["Methods.swift"] == """
        // Follows a.b.varlink: change that, then run `make it`.

        package import Varlink

        /// Does it.
        package struct DoRequest: VarlinkRequest {
          package typealias Reply = DoReply
          package static let method = "a.b.Do"

          /// The number of times.
          package var count: Int

          package init(count: Int) {
            self.count = count
          }
        }

        /// The reply to `DoRequest`.
        package struct DoReply: Codable, Hashable, Sendable {
          package var isDone: Bool

          package init(isDone: Bool) {
            self.isDone = isDone
          }
        }

        package struct RestRequest: EmptyVarlinkRequest {
          package typealias Reply = NoParameters
          package static let method = "a.b.Rest"

          package init() {}
        }

        """)
  }

  @Test("Errors become errors, and many parameters stand on several lines")
  func errors() throws {
    let files = try files(
      """
      interface a.b
      # It went wrong.
      error Wrong (whereItWent: string, whatWasFound: ?string, whatWasExpected: []string, whatToDo: string)
      """)
    #expect(
      files["Errors.swift"] == """
        // Follows a.b.varlink: change that, then run `make it`.

        import Varlink

        /// It went wrong.
        package struct Wrong: VarlinkError, Hashable {
          package static let name = "a.b.Wrong"

          package var whereItWent: String
          package var whatWasFound: String?
          package var whatWasExpected: [String]
          package var whatToDo: String

          package init(
            whereItWent: String, whatWasFound: String? = nil, whatWasExpected: [String], whatToDo: String
          ) {
            self.whereItWent = whereItWent
            self.whatWasFound = whatWasFound
            self.whatWasExpected = whatWasExpected
            self.whatToDo = whatToDo
          }
        }

        """)
  }

  @Test("A structure in a field needs a name")
  func unnamed() {
    let error = #expect(throws: UnnamedStructure.self) {
      try files("interface a.b\ntype A (days: [](date: string))")
    }
    #expect(
      error?.description == "'days' is a structure without a name; declare a type for it and name that")
  }
}
