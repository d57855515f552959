/// Who has a name on the bus.
extension Bus {
  /// The name of the bus itself, which no program can have.
  static let driver = "org.freedesktop.DBus"

  /// Tells of each change of a name's owner, for as long as the slot is kept: the unique name of the new one,
  /// or an empty text where nobody has it any more. The bus keeps order: whoever takes the name after a
  /// question that is sent later is heard of.
  func ownerChanges(
    of name: String, _ handler: @escaping (_ owner: String) -> Void
  ) throws(BusError) -> BusSlot {
    try match(
      """
      type='signal',sender='\(Self.driver)',path='/org/freedesktop/DBus',\
      interface='\(Self.driver)',member='NameOwnerChanged',arg0='\(name)'
      """
    ) { message in
      // The rule keeps away what others tell everyone, and not what they send to this connection alone:
      // libsystemd takes any sender for one that may have the name of the rule (sd-bus/bus-match.c).
      guard message.sender == Self.driver else { return }
      do throws(BusError) {
        _ = (try message.readString(), try message.readString())
        handler(try message.readString())
      } catch {
        // Only the bus itself sends this signal, and it knows its arguments.
      }
    }
  }
}
