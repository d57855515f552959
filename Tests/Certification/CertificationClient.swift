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
        try client.callOneway(name(step.name), values)
        values = Values()
      }
    }
    guard values.allOK == true else { throw NotCertified() }
  }
}
