/// Calls a handler on the main queue for as long as a descriptor can be read or written, as asked
/// (level-triggered), or each time that a file of the kernel's tells of a change.
///
/// The descriptor stays the caller's. It has to outlive the watch; after `cancel` the caller may close it at
/// once.
@MainActor
package final class DescriptorWatch {
  /// Directions of a descriptor. The end of a stream and an error count as both.
  package struct Readiness: OptionSet, Sendable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    package static let reading = Readiness(rawValue: 1)
    package static let writing = Readiness(rawValue: 2)
    /// Changes of a file such as `/proc/self/mountinfo`, which poll(2) tells of. The handler is called once
    /// for a change, or for several, and once at the beginning. No other direction goes with this one.
    package static let changes = Readiness(rawValue: 4)
  }

  /// The directions that the handler is called for. While there is none, it is never called.
  package var interest: Readiness {
    didSet {
      if interest != oldValue, let key { epoll.change(key, descriptor, to: interest) }
    }
  }

  private let epoll: Epoll
  private let descriptor: Int32
  /// Nil after `cancel`.
  private var key: UInt64?

  /// Begins to watch.
  ///
  /// - Parameter handler: gets those directions of `interest` that are ready. It may cancel this watch and
  ///   any other one.
  /// - Throws: the error of epoll_ctl(2): EPERM for a regular file, ENOSPC beyond the user's limit of
  ///   watches.
  package init(
    _ descriptor: Int32, for interest: Readiness, handler: @escaping (Readiness) -> Void
  ) throws(ErrorNumber) {
    epoll = try Epoll.shared()
    self.descriptor = descriptor
    self.interest = interest
    key = try epoll.add(descriptor, interest, handler)
  }

  isolated deinit {
    cancel()
  }

  /// Ends the watch: the handler is not called any more, also not for what is ready already. A second call
  /// does nothing.
  package func cancel() {
    guard let key else { return }
    self.key = nil
    epoll.remove(key, descriptor)
  }
}
