/// Who is the notification server, and what it can do.
extension NotificationServer {
  /// Has the bus start a notification server, where there is none and the bus knows one to start: `onAppear`
  /// tells when it is there. A session's server may have ended in silence to be started when it is needed, so
  /// this is for when there is something to show. Harmless otherwise.
  package func summon() {
    guard owner == nil, !isSummoning else { return }
    isSummoning = true
    askBus(
      "StartServiceByName", { message throws(BusError) in try message.append(UInt32(0)) },
      read: { message throws(BusError) in try message.readUInt32() }
    ) { [weak self] _ in
      // The one that was started is told of by NameOwnerChanged; else there is none to be had.
      self?.isSummoning = false
    }
  }

  /// Asks the bus who is the server at the start.
  func findOwner() {
    askBus("GetNameOwner", read: { message throws(BusError) in try message.readString() }) {
      [weak self] result in
      guard let self, owner == nil else { return }
      switch result {
      case .success(let owner): adopt(owner)
      case .failure: summon()
      }
    }
  }

  /// Another program has the service's name; an empty text is none.
  func ownerChanged(to new: String) {
    guard new != owner else { return }
    forget()
    if !new.isEmpty { adopt(new) }
  }

  private func forget() {
    owner = nil
    guard current != nil else { return }
    current = nil
    onVanish?()
  }

  /// A server has the name; before it is told of, it says what it can do.
  private func adopt(_ owner: String) {
    self.owner = owner
    ask("GetServerInformation", of: owner, read: readNames) { [weak self] names in
      self?.ask("GetCapabilities", of: owner, read: { message throws(BusError) in try message.readStrings() })
      {
        self?.greet(owner, names ?? ["", "", "", ""], $0 ?? [])
      }
    }
  }

  private func greet(_ owner: String, _ names: [String], _ capabilities: [String]) {
    // The bus has answered, so it has an id.
    guard let id = bus.id else { return }
    let server = ServerInformation(
      identity: "\(id)/\(owner)", name: names[0], vendor: names[1], version: names[2],
      specificationVersion: names[3], capabilities: Set(capabilities.map { Capability(rawValue: $0) }))
    current = server
    onAppear?(server)
  }

  /// Name, vendor, version, and the specification's version, which servers of version 1.0 do not tell.
  private func readNames(_ message: borrowing BusMessage) throws(BusError) -> [String] {
    let names = [try message.readString(), try message.readString(), try message.readString()]
    return names + [(try? message.readString()) ?? ""]
  }

  /// Asks the server for something about itself, for as long as it is the owner and does not answer: at login
  /// it may take a while. An answer that says nothing is nil.
  private func ask<Answer>(
    _ member: String, of owner: String, read: @escaping (borrowing BusMessage) throws(BusError) -> Answer,
    completion: @escaping (Answer?) -> Void
  ) {
    call(member, of: Self.interface, at: Self.path, to: owner, read: read) { [weak self] result in
      guard let self, self.owner == owner else { return }
      switch result {
      case .success(let answer): completion(answer)
      case .failure(.refused), .failure(.malformed): completion(nil)
      // Where the server is gone and not slow, the next call is answered by `serviceUnknown`.
      case .failure(.noReply): ask(member, of: owner, read: read, completion: completion)
      case .failure(.serviceUnknown), .failure(.disconnected), .failure(.failed): break
      }
    }
  }

  /// Asks the bus itself about the service's name.
  private func askBus<Answer>(
    _ member: String, _ write: (borrowing BusMessage) throws(BusError) -> Void = { _ in },
    read: @escaping (borrowing BusMessage) throws(BusError) -> Answer,
    completion: @escaping (Result<Answer, BusError>) -> Void
  ) {
    call(
      member, of: "org.freedesktop.DBus", at: "/org/freedesktop/DBus", to: "org.freedesktop.DBus",
      { message throws(BusError) in
        try message.append(Self.name)
        try write(message)
      }, read: read, completion: completion)
  }

  private func call<Answer>(
    _ member: String, of interface: String, at path: String, to destination: String,
    _ write: (borrowing BusMessage) throws(BusError) -> Void = { _ in },
    read: @escaping (borrowing BusMessage) throws(BusError) -> Answer,
    completion: @escaping (Result<Answer, BusError>) -> Void
  ) {
    do {
      let call = try bus.methodCall(member, of: interface, at: path, to: destination)
      try write(call)
      try bus.call(call, timeout: .seconds(25), read: read, completion: completion)
    } catch {
      // The connection is gone, and the bus says so itself.
    }
  }
}
