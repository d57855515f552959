import Dispatch

/// Looks at files again and again, for changes that the system does not tell of.
final class RepeatedLook {
  private let files: [String]
  private let folders: [FileWatch.Folder]
  private let timer: any DispatchSourceTimer
  private var last: FileStamps

  /// - Parameters:
  ///   - interval: how often.
  ///   - onTime: it is time to look.
  init(
    at files: [String], _ folders: [FileWatch.Folder], every interval: Duration, onTime: @escaping () -> Void
  ) {
    self.files = files
    self.folders = folders
    last = FileStamps(files: files, folders: folders)
    timer = DispatchSource.makeTimerSource(queue: .main)
    let time = DispatchTimeInterval.microseconds(Int(interval / .microseconds(1)))
    timer.schedule(deadline: .now() + time, repeating: time)
    timer.setEventHandler(handler: onTime)
    timer.activate()
  }

  isolated deinit {
    timer.cancel()
  }

  /// Looks again. Returns true where the files are other ones than at the last look.
  func findsChange() -> Bool {
    let before = last
    last = FileStamps(files: files, folders: folders)
    return last != before
  }
}
