import CLinux
import Dispatch
import Glibc

/// One epoll instance for all descriptors that come and go (epoll(7)), behind one source of Dispatch that
/// lives as long as the process.
///
/// Dispatch has sources on descriptors of its own. Where many of these come and go, Dispatch reads sources
/// that it has freed (docs/decisions/0014-an-epoll-of-our-own.md).
@MainActor
final class Epoll {
  private static var instance: Epoll?

  private struct Registration {
    var interest: DescriptorWatch.Readiness
    let handler: (DescriptorWatch.Readiness) -> Void
  }

  private let descriptor: Int32
  private let source: any DispatchSourceRead
  /// The live registrations by their keys. No key is used again: an event of a cancelled watch finds nothing
  /// here, though the kernel may have given the number of its descriptor to another one.
  private var registrations: [UInt64: Registration] = [:]
  private var lastKey: UInt64 = 0

  /// The most ready descriptors that one call of epoll_wait(2) returns.
  private static let most = 64
  /// The keys and directions of the last call. They are kept, so that a call allocates nothing.
  private var keys = [UInt64](repeating: 0, count: Epoll.most)
  private var ready = [UInt32](repeating: 0, count: Epoll.most)

  static func shared() throws(ErrorNumber) -> Epoll {
    if let instance { return instance }
    let made = try Epoll()
    instance = made
    return made
  }

  private init() throws(ErrorNumber) {
    descriptor = ritual_epoll()
    guard descriptor >= 0 else { throw .last }
    source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: .main)
    source.setEventHandler { [unowned self] in dispatch() }
    source.activate()
  }

  func add(
    _ watched: Int32, _ interest: DescriptorWatch.Readiness,
    _ handler: @escaping (DescriptorWatch.Readiness) -> Void
  ) throws(ErrorNumber) -> UInt64 {
    lastKey += 1
    guard ritual_epoll_add(descriptor, watched, interest.rawValue, lastKey) == 0 else {
      throw .last
    }
    registrations[lastKey] = Registration(interest: interest, handler: handler)
    return lastKey
  }

  func change(_ key: UInt64, _ watched: Int32, to interest: DescriptorWatch.Readiness) {
    registrations[key]?.interest = interest
    // A change of a registered descriptor takes no memory, so it does not fail (epoll_ctl(2), ERRORS).
    ritual_epoll_change(descriptor, watched, interest.rawValue, key)
  }

  func remove(_ key: UInt64, _ watched: Int32) {
    registrations[key] = nil
    ritual_epoll_remove(descriptor, watched)
  }

  /// Calls the handlers of the descriptors that are ready: a bounded number, so that timers and other work on
  /// the queue have their turn. Dispatch calls again for the rest, and for what is still ready.
  private func dispatch() {
    let count = Int(ritual_epoll_ready(descriptor, &keys, &ready, Int32(Self.most)))
    for index in 0..<max(0, count) {
      // A handler may end watches, and change what they ask for: so each is looked up in its turn.
      guard let registration = registrations[keys[index]] else { continue }
      let asked = registration.interest.intersection(.init(rawValue: ready[index]))
      if !asked.isEmpty { registration.handler(asked) }
    }
  }
}
