package import Descriptors
internal import Dispatch
internal import Glibc

/// A Varlink service on one listening socket: takes connections of its own user, cuts and checks what comes,
/// and calls the handler of each method, in order on each connection.
///
/// Everything happens on the main queue; handlers must not block.
@MainActor
package final class VarlinkService {
  /// What `org.varlink.service.GetInfo` says of the program.
  package struct Information: Hashable, Sendable {
    package var vendor: String
    package var product: String
    package var version: String
    package var url: String

    package init(vendor: String, product: String, version: String, url: String) {
      self.vendor = vendor
      self.product = product
      self.version = version
      self.url = url
    }
  }

  /// What went wrong with one peer, for a log. No parameter's value is in it.
  package enum Incident: Sendable {
    /// A connection was closed by the service.
    case dropped(reason: String, process: Int32)
    /// A handler threw something that is no `VarlinkError`; the connection was closed.
    case failed(method: String, error: any Error)
    /// No connection could be taken. The service tries again.
    case cannotAccept(ErrorNumber)
  }

  let information: Information
  let limits: Limits

  /// Told of each incident; nil is for nobody.
  package var onIncident: (@MainActor (Incident) -> Void)?

  /// Makes of an error that a handler threw and that is no `VarlinkError` one that the peer can be told, for
  /// the method it was thrown in. Where it is nil, or returns nil, the connection is closed.
  package var explain: (@MainActor (any Error, _ method: String) -> (any VarlinkError)?)?

  /// While set, it is the reply to every call, whatever its method and parameters: the program cannot work.
  /// `org.varlink.service` is answered as ever.
  package var refusal: (any VarlinkError)?

  var interfaces: [String: InterfaceDescription] = [:]
  var handlers: [String: @MainActor (RequestParameters, Call) throws -> Void] = [:]

  let owner: UInt32
  private var socket: ListeningSocket?
  private var acceptor: Acceptor?
  var connections: [ObjectIdentifier: Connection] = [:]

  /// A service that listens nowhere yet and has the interface `org.varlink.service` alone.
  ///
  /// - Parameter owner: the one user who may connect; this process's by default.
  package init(_ information: Information, limits: Limits = Limits(), owner: UInt32 = geteuid()) {
    self.information = information
    self.limits = limits
    self.owner = owner
    addServiceInterface()
  }

  isolated deinit {
    stop()
  }

  /// Adds an interface, by the text of its `.varlink` file. A method of it without a handler replies
  /// `MethodNotImplemented`.
  package func add(_ interface: InterfaceDescription) {
    interfaces[interface.name] = interface
  }

  /// Handles a method with parameters of type `Parameters`; what does not decode as that, or has members
  /// beside, is answered with `InvalidParameter` before `body` is called.
  ///
  /// `body` replies at once or keeps the call for later; a `VarlinkError` that it throws is the reply.
  ///
  /// - Parameters:
  ///   - method: the full name, of an interface that was added before.
  ///   - longestText: the most bytes that a string of the parameters may have, at any depth.
  package func handle<Parameters: Decodable>(
    _ method: String, as parameters: Parameters.Type, longestText: Int = .max,
    _ body: @escaping @MainActor (Parameters, Call) throws -> Void
  ) {
    handlers[method] = { given, call in
      try body(try given.decoded(as: parameters, longestText: longestText), call)
    }
  }

  /// Handles a method without parameters.
  package func handle(_ method: String, _ body: @escaping @MainActor (Call) throws -> Void) {
    handle(method, as: NoParameters.self) { _, call in try body(call) }
  }

  /// Begins to take connections from `socket`.
  package func listen(on socket: consuming ListeningSocket) throws(ListeningSocketError) {
    let path = socket.path ?? "the control socket"
    do throws(ErrorNumber) {
      acceptor = try Acceptor(
        socket.descriptor.raw, onFailure: { [weak self] in self?.onIncident?(.cannotAccept($0)) },
        onConnection: { [weak self] connection in self?.take(connection) })
      self.socket = consume socket
    } catch {
      throw .failed(operation: "watch", path: path, reason: "\(error)")
    }
  }

  /// Serves a socket that is connected already, as one of a pair.
  package func serve(_ descriptor: consuming Descriptor) {
    take(descriptor)
  }

  /// How many connections there are.
  package var connectionCount: Int { connections.count }

  /// Closes the listening socket and every connection; what waits for a peer is sent as far as it takes it
  /// at once.
  package func stop() {
    acceptor = nil
    socket = nil
    for connection in connections.values {
      connection.flush()
      connection.close()
    }
  }
}
