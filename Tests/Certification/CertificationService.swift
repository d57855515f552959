import Varlink

/// Answers `org.varlink.certification`, and reports each wrong call to the client.
@MainActor
final class CertificationService {
  nonisolated static let interface = "org.varlink.certification"

  struct ClientIDError: VarlinkError {
    static let name = interface + ".ClientIdError"
  }

  struct CertificationError: VarlinkError {
    static let name = interface + ".CertificationError"
    var wants: Called
    var got: Called
  }

  /// A call as it is on the wire.
  struct Called: Codable, Equatable, Sendable {
    var method: String
    var parameters: Values
    var more: Bool
    var oneway: Bool
  }

  private let service = VarlinkService(
    .init(vendor: "Ritual", product: "certification", version: "1", url: "https://varlink.org"))
  /// The step that each client has to call next.
  private var expected: [String: Int] = [:]
  private var clients = 0

  init() throws {
    let text = String(decoding: PackageResources.org_varlink_certification_varlink, as: UTF8.self)
    service.add(try InterfaceDescription(parsing: text))
    service.handle(Self.interface + ".Start") { [unowned self] call in
      clients += 1
      let id = "client-\(clients)"
      expected[id] = 0
      try call.reply(Values(clientID: id))
    }
    for (index, step) in Step.all.enumerated() {
      service.handle("\(Self.interface).\(step.name)", as: Values.self) { [unowned self] values, call in
        try check(values, call, is: index)
        try reply(to: call, with: step)
      }
    }
  }

  func listen(at path: String) throws {
    try service.listen(on: ListeningSocket(at: path))
  }

  private func check(_ values: Values, _ call: Call, is index: Int) throws {
    guard let id = values.clientID, let next = expected[id] else { throw ClientIDError() }
    var parameters = next > 0 ? Step.all[next - 1].reply : Values()
    parameters.clientID = id
    let step = Step.all[next]
    let wants = Called(
      method: "\(Self.interface).\(step.name)", parameters: parameters, more: step.kind == .more,
      oneway: step.kind == .oneway)
    let got = Called(method: call.method, parameters: values, more: call.wantsMore, oneway: call.isOneway)
    guard wants == got else {
      expected[id] = nil
      throw CertificationError(wants: wants, got: got)
    }
    expected[id] = next + 1 < Step.all.count ? next + 1 : nil
  }

  private func reply(to call: Call, with step: Step) throws {
    guard step.kind == .more, let strings = step.reply.lastMoreReplies else {
      return try call.reply(step.reply)
    }
    for (number, string) in strings.enumerated() {
      try call.reply(Values(string: string), continues: number + 1 < strings.count)
    }
  }
}
