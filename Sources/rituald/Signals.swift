import CLinux
import Desktop
import Dispatch
import Glibc

/// Signals as events of the main queue: SIGTERM and SIGINT end the daemon, SIGHUP reloads. None is lost after
/// `init`.
///
/// A signal handler writes them into a pipe. A signal source of Dispatch loses signals while it is set up.
/// signalfd(2) needs them blocked, but the first thread waits in sigsuspend(2) with none blocked
/// (dispatch_main(3)).
final class Signals {
  var onStop: () -> Void = {}
  var onReload: () -> Void = {}

  private let pipe: Int32
  private var source: (any DispatchSourceRead)?

  /// Begins to collect signals. Once in a process.
  init() throws(SystemCallError) {
    // A write to a closed connection fails with EPIPE instead.
    signal(SIGPIPE, SIG_IGN)
    // A write beyond the limit of a file's size fails with EFBIG instead (setrlimit(2)), like one to a full
    // disk.
    signal(SIGXFSZ, SIG_IGN)
    let handled = [SIGTERM, SIGINT, SIGHUP]
    pipe = ritual_signal_pipe(handled, Int32(handled.count))
    guard pipe >= 0 else { throw SystemCallError("listen to signals", code: errno) }
  }

  /// Begins to call the handlers, also for signals that came before. Handlers may be changed later.
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
