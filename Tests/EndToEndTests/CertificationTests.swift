import DesktopRig
import Testing

/// The certification of Varlink implementations, with ours on either side.
@Suite("Varlink's certification")
struct CertificationTests {
  let folder: TemporaryFolder
  var path: String { folder.path("certification.sock") }

  init() throws { folder = try TemporaryFolder() }

  /// Starts a server, and waits until it listens.
  func start(
    _ program: String, _ arguments: [String], environment: [String: String]
  ) async throws -> ChildProcess {
    let lines = try LineReader("the service to listen")
    let process = try ChildProcess(program, arguments, environment: environment, output: lines.writing)
    lines.closeWritingEnd()
    _ = try await lines.next { $0.hasPrefix("Listening on") }
    return process
  }

  @Test("Another implementation's client is content with our service")
  func ourService() async throws {
    let server = try await start(built("Certification"), ["serve", path], environment: [:])
    for _ in 1...2 {
      let output = try await PythonVarlink.run(
        "tests.test_certification", "--client", "--varlink=unix:\(path)")
      #expect(output.status == 0, "\(output.errors)")
      #expect(output.output.hasSuffix("Certification passed\n"), "\(output.output)")
      #expect(output.output.contains("{'all_ok': True}"))
    }
    withExtendedLifetime(server) {}
  }

  @Test("Another implementation's service is content with our client")
  func ourClient() async throws {
    let server = try await start(
      "python3", ["-m", "varlink.tests.test_certification", "--varlink=unix:\(path)"],
      environment: try PythonVarlink.environment)
    let output = try await ChildProcess.run(built("Certification"), ["call", path], environment: [:])
    #expect(output.status == 0, "\(output.errors)")
    #expect(output.output == "Certification passed\n")
    withExtendedLifetime(server) {}
  }

  @Test("Our service is not content with a client that leaves its order or changes a value")
  func notContent() async throws {
    let server = try await start(built("Certification"), ["serve", path], environment: [:])
    let script = """
      import sys, varlink
      with varlink.Client.new_with_address(sys.argv[1]).open('org.varlink.certification') as con:
        for call in [lambda id: con.Test02(id, True), lambda id: (con.Test01(id), con.Test02(id, False)),
                     lambda id: con.Test01('nobody')]:
          try: call(con.Start()['client_id']); print('content')
          except varlink.VarlinkError as error: print(error.error())
      """
    let output = try await PythonVarlink.run(script: script, "unix:\(path)")
    #expect(
      output.output == """
        org.varlink.certification.CertificationError
        org.varlink.certification.CertificationError
        org.varlink.certification.ClientIdError

        """, "\(output.errors)")
    withExtendedLifetime(server) {}
  }
}
