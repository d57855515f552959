package import Descriptors

/// The way from a connection to a handler.
extension VarlinkService {
  /// Serves a connected socket, accepted or one of a pair. Closes one of another user at once.
  package func serve(_ descriptor: consuming Descriptor) {
    guard let peer = PeerCredentials(of: descriptor.raw), peer.maySpeak(to: owner) else {
      onIncident?(.dropped(reason: "it belongs to another user", process: 0))
      return
    }
    closeIdlest()
    guard connections.count < limits.connections else {
      onIncident?(
        .dropped(reason: "there are \(limits.connections) connections already", process: peer.process))
      return
    }
    Descriptor.stopBlocking(descriptor.raw)
    do throws(ErrorNumber) {
      let connection = try Connection(descriptor, peer: peer, service: self)
      connections[ObjectIdentifier(connection)] = connection
    } catch {
      onIncident?(.cannotAccept(error))
    }
  }

  /// Closes the connection that has been idle longest, if the limit of connections is reached.
  private func closeIdlest() {
    guard connections.count >= limits.connections else { return }
    connections.values.filter(\.isIdle).min { $0.lastActive < $1.lastActive }?.close()
  }

  /// Drops the largest connections until all together are within the limit.
  func enforceLimits() {
    var held = connections.values.reduce(0) { $0 + $1.held }
    while held > limits.total, let most = connections.values.max(by: { $0.held < $1.held }) {
      held -= most.held
      most.drop("all connections together hold more than \(limits.total) bytes, and it holds most")
    }
  }

  func remove(_ connection: Connection) {
    connections[ObjectIdentifier(connection)] = nil
  }

  /// Finds the handler of a call and lets it answer.
  func dispatch(_ parameters: RequestParameters, to call: Call) {
    do {
      guard let dot = call.method.lastIndex(of: "."), dot != call.method.startIndex else {
        throw ServiceError.MethodNotFound(method: call.method)
      }
      guard let interface = interfaces[String(call.method[..<dot])] else {
        throw ServiceError.InterfaceNotFound(interface: String(call.method[..<dot]))
      }
      if let refusal, interface.name != ServiceInterface.name { throw refusal }
      guard let handler = handlers[call.method] else {
        let name = call.method[call.method.index(after: dot)...]
        if interface.methods.contains(String(name)) {
          throw ServiceError.MethodNotImplemented(method: call.method)
        }
        throw ServiceError.MethodNotFound(method: call.method)
      }
      try handler(parameters, call)
    } catch let error as any VarlinkError {
      call.fail(error)
    } catch {
      if let known = peerError?(error, call.method) { return call.fail(known) }
      if let long = error as? TextTooLong {
        return call.fail(ServiceError.InvalidParameter(parameter: long.parameter))
      }
      onIncident?(.failed(method: call.method, error: error))
      call.abandon()
    }
  }
}
