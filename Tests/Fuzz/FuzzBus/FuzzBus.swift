import Desktop
import Dispatch
import Fuzzing

/// Messages of the buses: from a notification server, the portal, logind, screen savers and the desktops' "do
/// not disturb"; and dconf's database, for input that begins like one.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzBus(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  if bytes.starts(with: "GVariant".utf8) {
    let database = Gvdb(bytes)
    for key in ["/org/gnome/desktop/notifications/show-banners", "", "/"] { _ = database?.flag(key) }
    return 0
  }
  MainActor.assumeIsolated {
    let session = Session(bytes)
    // The notifier's callbacks have only a weak reference, so that the laws need the session to the end.
    withExtendedLifetime(session) { session.run() }
  }
  return 0
}

/// A desktop session, from its start to its end.
@MainActor
private final class Session {
  private let fake: FakeBus
  private var isStranger = false
  private var answers = 0

  init(_ bytes: [UInt8]) { fake = FakeBus(Cursor(bytes)) }

  func run() {
    let isSandboxed = fake.input.byte() & 1 == 1
    guard let bus = try? Bus.at(FakeBus.address) else { return check(false, "no connection") }
    fake.accept()
    fake.settle()
    let lock = ScreenLock()
    do throws(BusError) {
      let notifier = try Notifier(
        on: bus, applicationName: "Fuzz", desktopEntry: "fuzz", isSandboxed: isSandboxed,
        serverTimeout: .nanoseconds(0))
      let quiet = DoNotDisturb(on: bus, dconf: DconfSource(folder: "/nowhere", profile: "/nowhere"))
      listen(to: notifier, quiet)
      let login = try LoginSession(on: bus, screenLock: lock)
      let saver = try ScreenSaver(on: bus, lock: lock)
      fake.settle()
      for number in 0..<12 where !fake.input.isAtEnd && bus.isOpen {
        isStranger = fake.tellSignal() == ":1.66"
        fake.settle()
        isStranger = false
        if number == 3 { show(by: notifier, on: bus) }
      }
      show(by: notifier, on: bus)
      _ = (login.isLocked, saver.isActive, lock.isLocked, quiet.state)
    } catch {
      // An impossible message has ended the connection.
    }
    bus.close()
    MainQueue.run(orUntilReadable: nil)
  }

  /// The laws of the callbacks' values.
  private func listen(to notifier: Notifier, _ quiet: DoNotDisturb) {
    notifier.onAppear = { [weak self] server in
      for text in [server.name, server.vendor, server.version, server.specificationVersion] {
        self?.checkBound(text)
      }
      check(server.capabilities.count <= 1000, "\(server.capabilities.count) capabilities")
      quiet.follow(server)
    }
    notifier.onVanish = { quiet.follow(nil) }
    notifier.onReply = { [weak self] _, text in
      self?.checkBound(text)
      check(self?.isStranger == false, "a stranger's reply was taken")
    }
    notifier.onAction = { [weak self] _, key in
      self?.checkBound(key)
      check(self?.isStranger == false, "a stranger's press was taken")
    }
    notifier.onClosed = { [weak self] _, _ in
      check(self?.isStranger == false, "a stranger's closing was taken")
    }
  }

  /// 16 KiB, and the ellipsis of a text that was cut.
  private func checkBound(_ text: String) {
    check(text.utf8.count <= (1 << 14) + 3, "a text of \(text.utf8.count) bytes")
  }

  /// Shows texts made from the input: every text can be sent.
  private func show(by notifier: Notifier, on bus: Bus) {
    let text = String(decoding: fake.input.take(Int(fake.input.byte())), as: UTF8.self)
    let isShown = notifier.current != nil && bus.isOpen
    let before = fake.called.count
    notifier.notify(
      Notification(
        summary: text, body: text,
        actions: [.init(key: "default", label: text), .init(key: text, label: text)],
        reply: .init(label: text, placeholder: text), tag: text)
    ) { [weak self] result in
      self?.answers += 1
      if case .failure(.failed(let error)) = result { check(false, "\(text.debugDescription): \(error)") }
    }
    fake.settle()
    let isSent = fake.called[before...].contains { $0 == "Notify" || $0 == "AddNotification" }
    check(isSent || !isShown || fake.isClosed, "\(text.debugDescription) was not sent")
    notifier.close(7)
  }
}
