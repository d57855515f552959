import Dispatch

/// Compares files at intervals, for changes that the kernel does not report.
final class FilePoller {
  private let files: [String]
  private let folders: [FileWatch.Folder]
  private let timer: any DispatchSourceTimer
  private var last: FileStamps

  /// - Parameters:
  ///   - interval: the time between polls.
  ///   - onTimer: called at each poll; it calls `detectChange`.
  init(
    at files: [String], _ folders: [FileWatch.Folder], every interval: Duration, onTimer: @escaping () -> Void
  ) {
    self.files = files
    self.folders = folders
    last = FileStamps(files: files, folders: folders)
    timer = DispatchSource.makeTimerSource(queue: .main)
    let time = DispatchTimeInterval.microseconds(Int(interval / .microseconds(1)))
    timer.schedule(deadline: .now() + time, repeating: time)
    timer.setEventHandler(handler: onTimer)
    timer.activate()
  }

  isolated deinit {
    timer.cancel()
  }

  /// Compares again. Returns true if the files have changed since the last comparison.
  func detectChange() -> Bool {
    let before = last
    last = FileStamps(files: files, folders: folders)
    return last != before
  }
}
