import CSystemd
import Glibc

/// Owns one connection of libsystemd.
struct BusHandle: ~Copyable {
  let raw: OpaquePointer

  init(owning raw: OpaquePointer) {
    self.raw = raw
  }

  /// Opens a connection by one of libsystemd's ways to find the address.
  init(
    _ operation: String, by open: (UnsafeMutablePointer<OpaquePointer?>) -> Int32
  ) throws(BusError) {
    var raw: OpaquePointer?
    let result = open(&raw)
    guard result >= 0, let raw else { throw .failed(SystemCallError(operation, code: abs(result))) }
    self.init(owning: raw)
  }

  deinit {
    sd_bus_close_unref(raw)
  }
}

/// Owns one registration with a connection: a match, or a call that waits for its answer. Its end ends the
/// registration, also within the registration's own callback.
struct BusSlot: ~Copyable {
  let raw: OpaquePointer

  deinit {
    sd_bus_slot_unref(raw)
  }
}
