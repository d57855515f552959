import Control
import DesktopRig
import FoundationEssentials
import InterfaceLanguage
import InterfaceRig
import Testing
import Varlink

/// The real daemon, and a Varlink client that knows nothing of it.
@Suite("Any Varlink client works")
struct VarlinkToolTests {
  let home: Home
  var address: String { "unix:" + home.folder.path("run/ritual/control.sock") }

  init() async throws {
    home = try Home()
    try home.configure(dueIn: 3600)
    try await home.start()
  }

  @Test("info and help tell what the daemon offers")
  func info() async throws {
    let info = try await PythonVarlink.run("cli", "info", address)
    #expect(info.status == 0, "\(info.errors)")
    #expect(info.output.contains("Product: rituald\nVersion: \(ritualVersion)\n"))
    #expect(info.output.contains("URL: \(ritualHomepage)\n"))
    #expect(info.output.hasSuffix("org.varlink.service\n   io.ritual.Control\n"), "\(info.output)")
    let help = try await PythonVarlink.run("cli", "help", address + "/io.ritual.Control")
    #expect(help.output == controlInterface + "\n", "\(help.errors)")
  }

  @Test("call sends its flags also where they are false, and is answered")
  func call() async throws {
    let output = try await PythonVarlink.run("cli", "call", address + "/io.ritual.Control.Status")
    let status = try JSONDecoder().decode(StatusReply.self, from: Data(output.output.utf8))
    #expect(status.state.pid == home.daemon.map { Int($0.pid) })
    #expect(status.state.next?.ritual == "goodbye-kiss")
    let added = try await PythonVarlink.run(
      "cli", "call", address + "/io.ritual.Control.Add", #"{"title": "Long hug", "schedule": ["18:15"]}"#)
    #expect(try JSONDecoder().decode(AddReply.self, from: Data(added.output.utf8)).id == "long-hug")
  }

  @Test("Errors come with their names and parameters")
  func errors() async throws {
    let why = try await PythonVarlink.run(
      "cli", "call", address + "/io.ritual.Control.Why", #"{"ritual": "goodby-kiss"}"#)
    #expect(why.output == "")
    for part in ["io.ritual.Control.NoSuchRitual", "goodby-kiss", "didYouMean", "goodbye-kiss"] {
      #expect(why.errors.contains(part), "\(why.errors)")
    }
    let watch = try await PythonVarlink.run("cli", "call", address + "/io.ritual.Control.Watch")
    #expect(watch.errors.contains("org.varlink.service.ExpectedMore"), "\(watch.errors)")
  }

  @Test("A client that checks every value by the interface file is content with what is asked most")
  func checks() async throws {
    let script = """
      import sys, varlink
      with varlink.Client.new_with_address(sys.argv[1]).open('io.ritual.Control') as con:
        assert con.List()['rituals'][0]['id'] == 'goodbye-kiss'
        assert con.Next(3)['coming'][0]['scheduled']['unix'] > 1700000000
        assert con.Status()['state']['rituals'] == 1
        assert con.Today() is not None
        assert con.Why('goodbye-kiss')['why']['enabled'] is True
        con.Pause([], '1h')
        assert con.Resume([])['orders'][0]['what'] == 'paused'
        con.Discreet(True)
        assert con.Log()['entries'] == []
        watch = con.Watch(_more=True)
        next(watch)
        with varlink.Client.new_with_address(sys.argv[1]).open('io.ritual.Control') as other:
          other.Reload()
        assert next(watch)['rituals'] == 1
      print('content')
      """
    let output = try await PythonVarlink.run(script: script, address)
    #expect(output.output == "content\n", "\(output.errors)")
  }

  @Test("A parameter that a method does not know is refused by its name, and nothing is done")
  func unknownParameters() async throws {
    let file = try InterfaceDefinition(parsing: controlInterface)
    let own = ["GetInfo", "GetInterfaceDescription"].map { "org.varlink.service." + $0 }
    for method in file.methods.map({ Method.name($0.name) }) + own {
      let request = #"{"method":"\#(method)","more":true,"parameters":{"untill":"2h"}}"#
      let reply = try await self.reply(to: request)
      #expect(reply?["error"] == "org.varlink.service.InvalidParameter", "\(method)")
      #expect(reply?["parameters"] == ["parameter": "untill"], "\(method)")
    }
    let pause = try await PythonVarlink.run(
      "cli", "call", address + "/io.ritual.Control.Pause", #"{"rituals": [], "untill": "2h"}"#)
    #expect(pause.errors.contains("InvalidParameter") && pause.errors.contains("untill"), "\(pause.errors)")
    #expect(try await home.ask(State.self, "status").orders == [])
  }

  @Test("A text that is too long is refused with the bound, in every parameter, and is not in the log")
  func longTexts() async throws {
    let file = try InterfaceDefinition(parsing: controlInterface)
    let most = String(repeating: "a", count: 16_384)
    for method in file.methods where method.name != "Rewrite" {
      let fields = method.parameters.map { Field(name: $0.name, shape: file.resolved($0.shape)) }
      for (parameters, path) in Shape.structure(fields).sample.withOneText(most + "b") {
        let text = String(decoding: try JSONCoding.encode(parameters), as: UTF8.self)
        let reply = try await reply(to: #"{"method":"\#(Method.name(method.name))","parameters":\#(text)}"#)
        #expect(reply?["error"] == "io.ritual.Control.InvalidValue", "\(method.name) \(path)")
        #expect(
          reply?["parameters"]
            == ["name": .string(path), "text": "16385 bytes", "accepted": "at most 16384 bytes"])
      }
    }
    let note = String(repeating: "ä€", count: 2000)
    #expect(try await home.ctl("appreciate", note).status == 0)
    let title = try await home.ctl("add", most + "b", "--at", "08:05")
    #expect(title.errors == "ritualctl: title: 16385 bytes: not understood; accepted: at most 16384 bytes\n")
    #expect(home.log?.all.contains { $0.contains("aaaa") } == false)
  }

  @Test("A list that is too long is refused, and a ritual that is named many times counts once")
  func longLists() async throws {
    #expect(try await home.ctl("add", "Kiss", "--at", "08:05").status == 0)
    func pause(_ count: Int) -> String {
      let names = Array(repeating: "\"kiss\"", count: count).joined(separator: ",")
      return #"{"method":"io.ritual.Control.Pause","parameters":{"rituals":[\#(names)],"until":"1h"}}"#
    }
    let refusal = try await reply(to: pause(1001))
    #expect(refusal?["error"] == "org.varlink.service.InvalidParameter")
    #expect(refusal?["parameters"] == ["parameter": "rituals"])
    #expect(try await home.ask(State.self, "status").orders == [])
    #expect(try await reply(to: pause(1000))?["error"] == nil)
    #expect(try await home.ask(State.self, "status").orders.map(\.ritual) == ["kiss"])
  }

  @Test("A malformed request closes the connection; the log has the reason without its contents")
  func noRequests() async throws {
    let pause = #""method":"io.ritual.Control.Pause","parameters":{"rituals":[]}"#
    for (rest, reason) in [
      (#""more":true,"oneway":true"#, "a request with both 'more' and 'oneway'"),
      (#""upgrade":true"#, "a request with 'upgrade', which is not offered"),
      (#""parameters":{"rituals":[],"until":"2h"}"#, "a request that has 'parameters' twice"),
      (
        #""secret":"2h""#,
        "a request with a member that is none of 'method', 'parameters', 'more', 'oneway' and 'upgrade'"
      ),
    ] {
      #expect(try await reply(to: "{\(pause),\(rest)}") == nil, "\(rest)")
      let line = try await home.log?.next { $0.contains("Closed the connection") }
      #expect(line?.hasSuffix(": " + reason) == true, "\(line ?? "")")
    }
    let status = try await home.ask(State.self, "status")
    #expect(status.orders == [])
  }

  /// The reply to a request on a connection of its own; nil if the connection is closed instead.
  private func reply(to request: String) async throws -> JSONValue? {
    let socket = try RawSocket(home.folder.path("run/ritual/control.sock"))
    socket.send(Array(request.utf8) + [0])
    return try await socket.next().map { try JSONDecoder().decode(JSONValue.self, from: Data($0.utf8)) }
  }

  @Test("Every method of the interface file is handled, and only with what it takes")
  func handled() async throws {
    let file = try InterfaceDefinition(parsing: controlInterface)
    let path = home.folder.path("run/ritual/control.sock")
    for method in file.methods {
      // Numbers, since most parameters are texts, lists or structures: a parameter that is not checked is not
      // refused.
      let wrong = method.parameters.first.map { "{\"\($0.name)\": \($0.shape == .integer ? "{}" : "0.5")}" }
      let request = "{\"method\":\"io.ritual.Control.\(method.name)\",\"parameters\":\(wrong ?? "{}")}"
      let socket = try RawSocket(path)
      socket.send(Array(request.utf8) + [0])
      let reply = try #require(await socket.next(), "no reply to \(method.name)")
      let answer = try JSONDecoder().decode(JSONValue.self, from: Data(reply.utf8))
      let error = answer["error"]?.string
      if wrong != nil {
        #expect(error == "org.varlink.service.InvalidParameter", "\(method.name): \(reply)")
      } else {
        #expect(error?.contains("NotImplemented") != true && error?.contains("NotFound") != true, "\(reply)")
      }
    }
  }
}

extension JSONValue {
  /// The values with another text in place of one of the strings, for each string in turn, and its path.
  fileprivate func withOneText(_ text: String) -> [(value: JSONValue, path: String)] {
    switch self {
    case .string: [(.string(text), "")]
    case .object(let members):
      members.flatMap { key, value in
        value.withOneText(text).map { changed, path in
          let isPlain = path.isEmpty || path.hasPrefix("[")
          return (.object(members.merging([key: changed]) { $1 }), isPlain ? key + path : "\(key).\(path)")
        }
      }
    case .array(let elements):
      elements.indices.flatMap { index in
        elements[index].withOneText(text).map { changed, path in
          var elements = elements
          elements[index] = changed
          return (.array(elements), "[\(index)]" + (path.isEmpty ? "" : ".\(path)"))
        }
      }
    case .null, .boolean, .integer, .number: []
    }
  }
}
