internal import Glibc

/// A file descriptor with one owner, closed when that goes away.
package struct Descriptor: ~Copyable {
  /// The number, to be passed to calls, not kept.
  package let raw: Int32

  /// Takes over `raw`, which nobody else closes.
  package init(owning raw: Int32) {
    self.raw = raw
  }

  deinit {
    _ = close(raw)
  }
}
