import Dispatch

/// The owner of the notification service's name, and its capabilities.
extension NotificationServer {
  /// Asks the bus to start a notification server if none is running and the bus knows one; `onAppear` reports
  /// it. A session's server may have exited until it is needed, so call this when there is something to show.
  /// Harmless otherwise.
  package func startService() {
    guard owner == nil, !isStarting else { return }
    isStarting = true
    do throws(BusError) {
      // NameOwnerChanged reports the server that was started.
      try bus.startService(Self.name) { [weak self] in self?.isStarting = false }
    } catch {
      // The connection is gone; the bus reports that itself.
    }
  }

  func ownerChanged(to owner: String?) {
    serverVanished()
    if let owner { serverAppeared(owner) } else if !isOwnerKnown { startService() }
    isOwnerKnown = true
  }

  private func serverVanished() {
    guard current != nil else { return }
    current = nil
    onVanish?()
  }

  /// A server owns the name. It answers what it can do before `onAppear` reports it.
  private func serverAppeared(_ owner: String) {
    ask("GetServerInformation", of: owner, read: readNames) { [weak self] names in
      self?.ask("GetCapabilities", of: owner, read: { message throws(BusError) in try message.readStrings() })
      {
        self?.capabilitiesKnown(owner, names ?? ["", "", "", ""], $0 ?? [])
      }
    }
  }

  private func capabilitiesKnown(_ owner: String, _ names: [String], _ capabilities: [String]) {
    // The bus has answered, so it has an id.
    guard let id = bus.id else { return }
    let server = ServerInformation(
      identity: "\(id)/\(owner)", name: names[0], vendor: names[1], version: names[2],
      specificationVersion: names[3], capabilities: Set(capabilities.map { Capability(rawValue: $0) }))
    current = server
    onAppear?(server)
  }

  /// Reads name, vendor, version, and the specification's version, which servers of version 1.0 omit.
  private func readNames(_ message: borrowing BusMessage) throws(BusError) -> [String] {
    let names = [try message.readString(), try message.readString(), try message.readString()]
    return names + [(try? message.readString()) ?? ""]
  }

  /// Asks the server about itself, again and again while it owns the name and does not answer: at login that
  /// may take a while. One that does not know the call is asked again after a moment, because it may not be
  /// ready. `completion` gets nil if the answer says nothing.
  private func ask<Answer>(
    _ member: String, of owner: String, patience: Patience = Patience(),
    read: @escaping (borrowing BusMessage) throws(BusError) -> Answer, completion: @escaping (Answer?) -> Void
  ) {
    guard self.owner == owner else { return }
    do throws(BusError) {
      try bus.ask(member, of: Self.interface, at: Self.path, to: owner, read: read) { [weak self] result in
        guard let self, self.owner == owner else { return }
        switch result {
        case .success(let answer): completion(answer)
        case .failure(let error) where error.isUnknownCall:
          guard let (pause, rest) = patience.next else { return completion(nil) }
          DispatchQueue.main.asyncAfter(deadline: .now() + pause) { [weak self] in
            self?.ask(member, of: owner, patience: rest, read: read, completion: completion)
          }
        case .failure(.refused), .failure(.malformed): completion(nil)
        // If the server is gone and not slow, the next call fails with `serviceUnknown`.
        case .failure(.noReply):
          ask(member, of: owner, patience: patience, read: read, completion: completion)
        case .failure(.serviceUnknown), .failure(.disconnected), .failure(.failed): break
        }
      }
    } catch {
      // The connection is gone; the bus reports that itself.
    }
  }

  /// The pauses between questions to a server that does not know them yet: each twice as long as the one
  /// before, for some twelve seconds together. A server that never knows them is taken as it is.
  private struct Patience {
    private var milliseconds = 50

    var next: (pause: DispatchTimeInterval, rest: Patience)? {
      guard milliseconds <= 6400 else { return nil }
      var rest = self
      rest.milliseconds *= 2
      return (.milliseconds(milliseconds), rest)
    }
  }
}
