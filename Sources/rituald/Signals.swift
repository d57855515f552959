import CLinux
import Desktop
import Dispatch
import Glibc

/// Signals as events of the main queue: SIGTERM and SIGINT end the daemon, SIGHUP reloads. Not one is lost from the
/// first moment on.
///
/// They come by a handler and a pipe. A signal source of Dispatch drops those that come while it is being set up; and
/// signalfd(2) wants them blocked, but the first thread waits in sigsuspend(2) with none blocked (dispatch_main(3)).
final class Signals {
  var onStop: () -> Void = {}
  var onReload: () -> Void = {}

  private let pipe: Int32
  private var source: (any DispatchSourceRead)?

  /// Begins to collect them. Once a process.
  init() throws(SystemCallError) {
    // A peer that goes away must be an error of a write, not the end of the process.
    signal(SIGPIPE, SIG_IGN)
    // A limit on the size of files is a disk that is full (setrlimit(2)), and no reason to die.
    signal(SIGXFSZ, SIG_IGN)
    let meant = [SIGTERM, SIGINT, SIGHUP]
    pipe = ritual_signal_pipe(meant, Int32(meant.count))
    guard pipe >= 0 else { throw SystemCallError("listen to signals", code: errno) }
  }

  /// Tells of those that came, and of all that come. Once is enough: the handlers may be changed later.
  func start() {
    guard source == nil else { return }
    let source = DispatchSource.makeReadSource(fileDescriptor: pipe, queue: .main)
    source.setEventHandler { [unowned self] in
      var number: UInt8 = 0
      while read(pipe, &number, 1) > 0 {
        if Int32(number) == SIGHUP { onReload() } else { onStop() }
      }
    }
    source.activate()
    self.source = source
  }
}
