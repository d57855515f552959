/// The owner of a name on a bus, now and from now on. It starts no service.
final class ServicePresence {
  private let bus: Bus
  private let name: String
  private let onOwner: (String?) -> Void
  /// The unique name of the owner; nil if there is none.
  private(set) var owner: String?
  /// True once `onOwner` was called.
  private var isKnown = false
  private var match: BusSlot?

  /// Calls `onOwner` with the present owner or nil, and at each change: when one program takes the name from
  /// another, with nil in between.
  init(_ name: String, on bus: Bus, onOwner: @escaping (String?) -> Void) throws(BusError) {
    self.bus = bus
    self.name = name
    self.onOwner = onOwner
    match = try bus.ownerChanges(of: name) { [weak self] owner in self?.set(owner) }
    try bus.askBus(
      "GetNameOwner", { message throws(BusError) in try message.append(name) },
      read: { message throws(BusError) in try message.readString() }
    ) { [weak self] result in
      switch result {
      case .success(let owner): self?.set(owner)
      // NameHasNoOwner: no program has the name. A bus that does not answer counts as the same.
      case .failure: self?.setAbsent()
      }
    }
  }

  private func setAbsent() {
    if !isKnown { set("") }
  }

  private func set(_ name: String) {
    guard name != owner ?? "" || !isKnown else { return }
    if owner != nil || name.isEmpty {
      owner = nil
      isKnown = true
      onOwner(nil)
    }
    guard !name.isEmpty else { return }
    owner = name
    isKnown = true
    onOwner(name)
  }
}
