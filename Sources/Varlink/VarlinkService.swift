package import Descriptors
internal import Dispatch
internal import Glibc

/// A Varlink service on one listening socket: accepts connections of its own user, checks messages, and calls
/// the handler of each method, in order on each connection.
///
/// Everything happens on the main queue; handlers must not block.
@MainActor
package final class VarlinkService {
  /// The program's description, for `org.varlink.service.GetInfo`.
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

  /// A problem with one peer, for a log. It contains no parameter's value.
  package enum Incident: Sendable {
    /// The service closed a connection.
    case dropped(reason: String, process: Int32)
    /// A handler threw an error that is no `VarlinkError`; the connection was closed.
    case failed(method: String, error: any Error)
    /// A connection could not be accepted. The service tries again.
    case cannotAccept(ErrorNumber)
  }

  let information: Information
  let limits: Limits

  /// Called at each incident.
  package var onIncident: (@MainActor (Incident) -> Void)?

  /// Turns an error that a handler of a method threw, and that is no `VarlinkError`, into one for the peer.
  /// The connection is closed if it returns nil or is not set.
  package var peerError: (@MainActor (any Error, _ method: String) -> (any VarlinkError)?)?

  /// If set, the reply to every call, whatever its method and parameters: the program cannot work.
  /// `org.varlink.service` still answers.
  package var refusal: (any VarlinkError)?

  var interfaces: [String: InterfaceDescription] = [:]
  var handlers: [String: @MainActor (RequestParameters, Call) throws -> Void] = [:]

  let owner: UInt32
  private var socket: ListeningSocket?
  private var acceptor: Acceptor?
  var connections: [ObjectIdentifier: Connection] = [:]

  /// A service that does not listen yet and has only the interface `org.varlink.service`.
  ///
  /// - Parameter owner: the only user who may connect; by default this process's.
  package init(_ information: Information, limits: Limits = Limits(), owner: UInt32 = geteuid()) {
    self.information = information
    self.limits = limits
    self.owner = owner
    addServiceInterface()
  }

  isolated deinit {
    stop()
  }

  /// Adds an interface by the text of its `.varlink` file. A method without a handler replies
  /// `MethodNotImplemented`.
  package func add(_ interface: InterfaceDescription) {
    interfaces[interface.name] = interface
  }

  /// Handles a method with parameters of type `Parameters`. If they do not decode, or have unknown members,
  /// the reply is `InvalidParameter` and `body` is not called.
  ///
  /// `body` replies at once or keeps the call for later; a `VarlinkError` that it throws becomes the reply.
  ///
  /// - Parameters:
  ///   - method: the full name, of an interface that was added before.
  ///   - longestText: the longest string in bytes, at any depth.
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

  /// Begins to accept connections from `socket`.
  package func listen(on socket: consuming ListeningSocket) throws(ListeningSocketError) {
    let path = socket.path ?? "the control socket"
    do throws(ErrorNumber) {
      acceptor = try Acceptor(
        socket.descriptor.raw, onFailure: { [weak self] in self?.onIncident?(.cannotAccept($0)) },
        onConnection: { [weak self] connection in self?.serve(connection) })
      self.socket = consume socket
    } catch {
      throw .failed(operation: "watch", path: path, reason: "\(error)")
    }
  }

  /// True while a call waits for its reply, or a reply for its reader. Calls with several replies do not
  /// count.
  package var isAnswering: Bool { connections.values.contains(where: \.isAnsweringOneReply) }

  /// Closes the listening socket and every connection; waiting replies are sent as far as the peers accept
  /// them at once.
  package func stop() {
    acceptor = nil
    socket = nil
    for connection in connections.values {
      connection.flush()
      connection.close()
    }
  }
}
