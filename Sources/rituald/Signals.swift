import Dispatch
import Glibc

/// Signals as events of the main queue (signal(7)): SIGTERM and SIGINT end the daemon, SIGHUP reloads.
final class Signals {
  private var sources: [any DispatchSourceSignal] = []

  init(onStop: @escaping () -> Void, onReload: @escaping () -> Void) {
    // A peer that goes away must be an error of a write, not the end of the process.
    signal(SIGPIPE, SIG_IGN)
    watch(SIGTERM, onStop)
    watch(SIGINT, onStop)
    watch(SIGHUP, onReload)
  }

  private func watch(_ number: Int32, _ action: @escaping () -> Void) {
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number, queue: .main)
    source.setEventHandler { action() }
    source.activate()
    sources.append(source)
  }
}
