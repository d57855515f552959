import DesktopRig
import Varlink

/// Calls `org.varlink.certification` of a service, each method with the reply to the one before.
enum CertificationClient {
  /// The service reported a mistake, or did not report success.
  struct NotCertified: Error {}

  static func run(at path: String) throws {
    let client = try VarlinkClient(path: path)
    let name = { (method: String) in "\(CertificationService.interface).\(method)" }
    var values = try client.call(name("Start"), as: Values.self)
    let id = values.clientID
    for step in Step.all {
      values.clientID = id
      switch step.kind {
      case .once: values = try client.call(name(step.name), values, as: Values.self)
      case .more:
        var strings: [String] = []
        try client.callMore(name(step.name), values, as: Values.self) {
          strings += $0.string.map { [$0] } ?? []
        }
        values = Values(lastMoreReplies: strings)
      case .oneway:
        try callOneway(name(step.name), values, at: path)
        values = Values()
      }
    }
    guard values.allOK == true else { throw NotCertified() }
  }

  /// A call whose reply is not wanted; nothing in Ritual makes one.
  private struct OnewayCall: Encodable {
    var method: String
    var parameters: Values
    let oneway = true
  }

  /// Makes such a call on a connection of its own. Returns once the service has handled it: when the next
  /// call there is answered.
  private static func callOneway(_ method: String, _ parameters: Values, at path: String) throws {
    let socket = try RawSocket(path)
    socket.send(try JSONCoding.encode(OnewayCall(method: method, parameters: parameters)) + [0])
    socket.send(Array(#"{"method":"org.varlink.service.GetInfo","parameters":{}}"#.utf8) + [0])
    guard socket.read(messages: 1).count == 1 else { throw NotCertified() }
  }
}
