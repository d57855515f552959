import DesktopRig
import Glibc
import SchemaLanguage
import Settings
import Testing

/// The schemas for editors say what the reader does, as far as a schema can.
struct SchemaTests {
  @Test(arguments: Schema.all)
  func theFilesAreMadeFromTheKnownKeys(_ schema: Schema) throws {
    let file = try Repository.read("config/schema/\(schema.name)")
    #expect(file == schema.text, "run make schema")
  }

  @Test(.enabled(if: validatorIsThere, validatorIsAbsent))
  func everyShippedFileIsGood() async throws {
    let verdicts = try await Self.verdicts(on: ["\(Repository.root)/config"])
    #expect(verdicts.filter { $0 != "" } == [])
    #expect(verdicts.count > 35)
  }

  @Test(.enabled(if: validatorIsThere, validatorIsAbsent))
  func theReaderAndTheSchemaAgree() async throws {
    let verdicts = try await Self.verdicts(on: SchemaRow.all.map { ($0.kind, $0.text) })
    for (row, verdict) in zip(SchemaRow.all, verdicts) {
      let problems = Self.problems(in: row.text, row.kind)
      #expect(problems.isEmpty == row.isGood, "the reader, \(row.why): \(problems.map(\.rendered))")
      #expect((verdict == "") == row.isGood, "the schema, \(row.why): \(verdict)")
    }
  }

  @Test(
    "Whatever a key's value is: what the reader accepts, the schema accepts; what has the wrong form, neither",
    .enabled(if: validatorIsThere, validatorIsAbsent))
  func everyValueOfEveryKey() async throws {
    let probes = SchemaProbe.all
    let verdicts = try await Self.verdicts(on: probes.map { ($0.kind, $0.text) })
    for (probe, verdict) in zip(probes, verdicts) {
      let problems = Self.problems(in: probe.text, probe.kind)
      if problems.isEmpty {
        #expect(verdict == "", "\(probe.kind), \(probe.line): only the schema refuses it")
      } else if problems.contains(where: { Self.isOfForm($0, at: probe) }) {
        #expect(
          verdict != "", "\(probe.kind), \(probe.line): only the reader refuses it, \(problems[0].what)")
      }
    }
  }

  /// True for what a schema can say: a wrong kind, a limit, a word of an enumeration, a key that is unknown
  /// or missing. It does not know the languages of texts, and JSON has texts in place of dates and times.
  private static func isOfForm(_ problem: Problem, at probe: SchemaProbe) -> Bool {
    if case .unknownKey = problem.kind { return true }
    let what = problem.what
    let kinds = ["a table", "an array", "a string", "an integer", "a float", "a boolean"]
    if kinds.contains(where: { what == "this is \($0)" }) || what.hasPrefix("the list ") { return true }
    return !probe.isLanguage
      && (["unknown ", "invalid ", "there are no "].contains { what.hasPrefix($0) }
        || ["it is empty", " characters long", " is out of range", " missing"].contains { what.hasSuffix($0) })
  }

  /// The reader's findings in a file of a kind.
  private static func problems(in text: String, _ kind: SchemaRow.Kind) -> [Problem] {
    let bytes = Array(text.utf8)
    guard kind != .configuration else {
      return Settings.load(files: [("ritual.toml", bytes)], zones: FewZones()).problems
    }
    let library = Library(folders: ["\(Repository.root)/config"])
    return library.check(path: "\(kind.rawValue)/row.toml", bytes: bytes, zones: FewZones()) ?? []
  }

  /// The findings of the schemas in each text; empty for a good one.
  private static func verdicts(on texts: [(kind: SchemaRow.Kind, text: String)]) async throws -> [String] {
    let folder = try ScratchFolder()
    defer { withExtendedLifetime(folder) {} }
    let paths = try texts.enumerated().map { number, row in
      let name = "\(row.kind.rawValue)/row-\(number).toml"
      try folder.write(row.text, to: name)
      return "\(folder.path)/\(name)"
    }
    let verdicts = try await verdicts(on: paths)
    try #require(verdicts.count == texts.count)
    return verdicts
  }

  /// The findings of the schemas in each file, or in each file of a folder; empty for a good one.
  private static func verdicts(on paths: [String]) async throws -> [String] {
    let script = "\(Repository.root)/Tests/SettingsTests/Oracles/schema.py"
    let output = try await ChildProcess.run(
      "/usr/bin/python3", [script, "\(Repository.root)/config/schema"] + paths,
      environment: ["LANG": "C.UTF-8"])
    try #require(output.status == 0, "\(output.errors)")
    return output.output.split(separator: "\n").map { line in
      String(line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false).last ?? "")
    }
  }

  static let validatorIsThere =
    access("/usr/lib/python3/dist-packages/jsonschema/__init__.py", F_OK) == 0
  static let validatorIsAbsent: Comment = "python3-jsonschema is not there: make deps-test"
}
