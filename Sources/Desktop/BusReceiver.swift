import CSystemd

/// What libsystemd's C callbacks lead to: a closure that lives as long as its slot.
final class BusReceiver {
  private let handler: (borrowing BusMessage) -> Void

  init(_ handler: @escaping (borrowing BusMessage) -> Void) {
    self.handler = handler
  }

  /// What to hand to libsystemd beside `receive`; valid while this receiver lives.
  var userdata: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  /// Lives from now on until the slot is gone.
  func keep(with slot: OpaquePointer) {
    _ = Unmanaged.passRetained(self)
    sd_bus_slot_set_destroy_callback(slot) { userdata in
      guard let userdata else { return }
      Unmanaged<BusReceiver>.fromOpaque(userdata).release()
    }
  }

  /// Libsystemd runs it only within `sd_bus_process`, so on the main queue. Returns 0, so that other matches
  /// of the same message get it too.
  static let receive: sd_bus_message_handler_t = { raw, userdata, _ in
    guard let raw, let userdata else { return 0 }
    // Held here: the handler may let go of its own slot.
    let receiver = Unmanaged<BusReceiver>.fromOpaque(userdata).takeUnretainedValue()
    receiver.handler(BusMessage(sharing: raw))
    return 0
  }
}
