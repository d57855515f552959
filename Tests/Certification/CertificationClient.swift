import Varlink

/// Calls `org.varlink.certification` of a service, each method with what the one before it replied.
enum CertificationClient {
  /// The service was not content, or did not say that it was.
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
        try client.follow(name(step.name), values, as: Values.self) {
          strings += $0.string.map { [$0] } ?? []
        }
        values = Values(lastMoreReplies: strings)
      case .oneway:
        try client.tell(name(step.name), values)
        values = Values()
      }
    }
    guard values.allOK == true else { throw NotCertified() }
  }
}
