/// The owners of names on the bus.
extension Bus {
  /// The name of the bus itself, which no program can have.
  static let driver = "org.freedesktop.DBus"
  private static let driverPath = "/org/freedesktop/DBus"

  /// Calls a method of the bus itself and reads the answer.
  func askBus<Answer>(
    _ member: String, timeout: Duration = defaultTimeout,
    _ write: (borrowing BusMessage) throws(BusError) -> Void = { _ in },
    read: @escaping (borrowing BusMessage) throws(BusError) -> Answer,
    completion: @escaping (Result<Answer, BusError>) -> Void
  ) throws(BusError) {
    try ask(
      member, of: Self.driver, at: Self.driverPath, to: Self.driver, timeout: timeout, write, read: read,
      completion: completion)
  }

  /// Asks the bus to start the service with a name; `completion` is called in any case.
  func startService(_ name: String, completion: @escaping () -> Void = {}) throws(BusError) {
    try askBus(
      "StartServiceByName",
      { message throws(BusError) in
        try message.append(name)
        try message.append(UInt32(0))
      }, read: { message throws(BusError) in try message.readUInt32() }, completion: { _ in completion() })
  }

  /// Calls the handler at each change of a name's owner while the caller keeps the slot: with the new owner's
  /// unique name, or an empty text if the name has no owner any more. The bus keeps order: a question sent
  /// after this call misses no change.
  func ownerChanges(
    of name: String, _ handler: @escaping (_ owner: String) -> Void
  ) throws(BusError) -> BusSlot {
    try match(
      """
      type='signal',sender='\(Self.driver)',path='\(Self.driverPath)',\
      interface='\(Self.driver)',member='NameOwnerChanged',arg0='\(name)'
      """
    ) { message in
      // The rule filters broadcasts, but not messages sent to this connection alone: libsystemd accepts any
      // sender that may own the rule's name (sd-bus/bus-match.c).
      guard message.sender == Self.driver else { return }
      do throws(BusError) {
        _ = (try message.readString(), try message.readString())
        handler(try message.readString())
      } catch {
        // Only the bus itself sends this signal, with these arguments.
      }
    }
  }
}
