internal import Descriptors

/// From a connection to a handler.
extension VarlinkService {
  /// Takes a connection of the service's own user; others are closed at once.
  func take(_ descriptor: consuming Descriptor) {
    guard let peer = PeerCredentials(of: descriptor.raw), peer.maySpeak(to: owner) else {
      onIncident?(.dropped(reason: "it belongs to another user", process: 0))
      return
    }
    makeRoom()
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

  /// Closes the connection that has been idle longest, where there are as many as there may be.
  private func makeRoom() {
    guard connections.count >= limits.connections else { return }
    connections.values.filter(\.isIdle).min { $0.lastActive < $1.lastActive }?.close()
  }

  /// Drops the connections that hold most, until all together hold no more than they may.
  func keepWithinLimits() {
    var held = connections.values.reduce(0) { $0 + $1.held }
    while held > limits.total, let most = connections.values.max(by: { $0.held < $1.held }) {
      held -= most.held
      most.drop("all connections together hold more than \(limits.total) bytes, and it holds most")
    }
  }

  func forget(_ connection: Connection) {
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
      if let known = explain?(error, call.method) { return call.fail(known) }
      if let long = error as? TextTooLong {
        return call.fail(ServiceError.InvalidParameter(parameter: long.parameter))
      }
      onIncident?(.failed(method: call.method, error: error))
      call.abandon()
    }
  }
}
