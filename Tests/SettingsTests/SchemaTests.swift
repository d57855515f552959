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
    let folder = try ScratchFolder()
    var paths: [String] = []
    for (number, row) in SchemaRow.all.enumerated() {
      let name = "\(row.kind.rawValue)/row-\(number).toml"
      try folder.write(row.text, to: name)
      paths.append("\(folder.path)/\(name)")
    }
    let verdicts = try await Self.verdicts(on: paths)
    try #require(verdicts.count == SchemaRow.all.count)
    let library = Library(folders: ["\(Repository.root)/config"])
    for (row, verdict) in zip(SchemaRow.all, verdicts) {
      let bytes = Array(row.text.utf8)
      let problems =
        row.kind == .configuration
        ? Settings.load(files: [("ritual.toml", bytes)], zones: FewZones()).problems
        : library.check(path: "\(row.kind.rawValue)/row.toml", bytes: bytes, zones: FewZones()) ?? []
      #expect(problems.isEmpty == row.isGood, "the reader, \(row.why): \(problems.map(\.rendered))")
      #expect((verdict == "") == row.isGood, "the schema, \(row.why): \(verdict)")
    }
  }

  /// The first mistake that the schemas find in each file, or in each file of a folder; empty for a good one.
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
