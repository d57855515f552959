import CSystemd

/// A closure that libsystemd's C callbacks call. It lives as long as its slot.
final class BusReceiver {
  private let handler: (borrowing BusMessage) -> Void

  init(_ handler: @escaping (borrowing BusMessage) -> Void) {
    self.handler = handler
  }

  /// The argument for libsystemd beside `receive`; valid while this receiver lives.
  var userdata: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  /// Keeps this receiver alive until the slot is gone.
  func attach(to slot: OpaquePointer) {
    _ = Unmanaged.passRetained(self)
    sd_bus_slot_set_destroy_callback(slot) { userdata in
      guard let userdata else { return }
      Unmanaged<BusReceiver>.fromOpaque(userdata).release()
    }
  }

  /// The callback. libsystemd calls it only within `sd_bus_process`, so on the main queue. It returns 0, so
  /// that other matches of the same message get it too.
  static let receive: sd_bus_message_handler_t = { raw, userdata, _ in
    guard let raw, let userdata else { return 0 }
    // The handler may release its own slot, and with it the receiver.
    let receiver = Unmanaged<BusReceiver>.fromOpaque(userdata).takeUnretainedValue()
    receiver.handler(BusMessage(sharing: raw))
    return 0
  }
}
