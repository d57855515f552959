import CLinux
import Dispatch
import Files
import Glibc

/// Watches files by their paths, and reports that they were written, replaced, moved, removed or created,
/// also through symbolic links and in folders that appear later.
///
/// It reports whole saves: once no event has come for a while and every writer has closed its file. It wakes
/// nothing while nothing changes; if the kernel refuses a watch, it polls every minute.
package final class FileWatch {
  /// A folder whose files are watched, beside single files.
  package struct Folder: Equatable, Sendable {
    let path: String
    let suffix: String

    /// The files of a folder whose names end in `suffix`, without hidden ones, which editors use for
    /// themselves.
    package init(_ path: String, suffix: String) {
      self.path = path
      self.suffix = suffix
    }

    func covers(_ name: String) -> Bool { name.hasSuffix(suffix) && !name.hasPrefix(".") }
  }

  /// Something has changed; the receiver reads the files again. The watches for the next change are already
  /// set.
  package var onChange: () -> Void = {}

  private let files: [String]
  private let folders: [Folder]
  private let debounce: Duration
  private let maximumDelay: Duration
  private let interval: Duration
  private var mounts: MountWatch.Listener?
  private var inotify: Inotify.Listener?
  /// The awaited names, by watch number.
  private var interests: [Int32: [Interest]] = [:]
  /// The state of the single files when the watches were set: a mount may replace one of them.
  private var stamps: FileStamps
  /// A path of each watched folder.
  private var paths: [Int32: String] = [:]
  /// Files being written that are not closed yet.
  private var unfinished: Set<Unfinished> = []
  private var timer: (any DispatchSourceTimer)?
  private var firstChange: ContinuousClock.Instant?
  /// Polls the files while the kernel refuses a watch.
  private var poller: FilePoller?

  /// True if every existing folder that would report a change is watched.
  package private(set) var isComplete = true
  /// The reason why the kernel does not report all changes, a clause for people; the files are polled
  /// meanwhile. A folder on the way without read permission, such as /home on some machines, is no reason.
  package private(set) var refusal: String?

  /// Watches from now on: a change after this call is reported.
  /// - Parameters:
  ///   - files: absolute paths.
  ///   - debounce: the time without events before a change is reported.
  ///   - maximumDelay: the longest wait for a file that is written and never closed.
  ///   - interval: the time between polls while the kernel reports no changes.
  package init(
    files: [String], folders: [Folder] = [], debounce: Duration = .milliseconds(100),
    maximumDelay: Duration = .seconds(5), interval: Duration = .seconds(60)
  ) {
    self.files = files
    self.folders = folders
    self.debounce = debounce
    self.maximumDelay = maximumDelay
    self.interval = interval
    stamps = FileStamps(files: files, folders: [])
    resetWatches()
  }

  isolated deinit {
    timer?.cancel()
  }

  /// A name that is awaited in a folder, and the events that count for it.
  private enum Interest: Equatable {
    /// A step on the way: only its appearing, moving and disappearing count.
    case step(String)
    /// A watched file: its contents count too.
    case file(String)
    /// The files of a folder.
    case files(Folder)

    func covers(_ name: String) -> Bool {
      switch self {
      case .step(let own), .file(let own): own == name
      case .files(let folder): folder.covers(name)
      }
    }

    var isOfContent: Bool {
      if case .step = self { false } else { true }
    }
  }

  private struct Unfinished: Hashable {
    let watch: Int32
    let name: String
  }

  private static let entries = mask(IN_CREATE, IN_DELETE, IN_MOVED_FROM, IN_MOVED_TO)
  private static let contents = mask(IN_MODIFY, IN_CLOSE_WRITE, IN_ATTRIB)

  private static func mask(_ bits: Int32...) -> UInt32 {
    bits.reduce(0) { $0 | UInt32(bitPattern: $1) }
  }

  /// Sets the watches that the paths need now, and removes the others.
  private func resetWatches() {
    let before = Set(interests.keys)
    interests = [:]
    paths = [:]
    isComplete = true
    refusal = nil
    connect()
    for file in files { watchFile(file) }
    for folder in folders { watchFolder(folder) }
    for watch in before where interests[watch] == nil { inotify?.remove(watch) }
    unfinished = unfinished.filter { interests[$0.watch] != nil }
    stamps = FileStamps(files: files, folders: [])
    guard refusal != nil else { return poller = nil }
    poller =
      poller ?? FilePoller(at: files, folders, every: interval) { [weak self] in self?.poll() }
  }

  /// Connects to the kernel's reports, where that has not succeeded yet.
  private func connect() {
    do throws(SystemCallError) {
      if inotify == nil { inotify = try Inotify.Listener { [weak self] events in self?.handle(events) } }
      if mounts == nil { mounts = try MountWatch.Listener { [weak self] in self?.mountsChanged() } }
    } catch {
      isComplete = false
      refusal =
        error.code == EMFILE
        ? "the limit of inotify instances (fs.inotify.max_user_instances) or of open files is reached"
        : "\(error)"
    }
  }

  /// A watch stays with a folder that a mount covers or uncovers, while the paths may now lead to other
  /// folders.
  private func mountsChanged() {
    let before = (interests, stamps)
    resetWatches()
    if (interests, stamps) != before { changeDetected() }
  }

  private func watchFile(_ file: String) {
    _ = try? PathWalk.end(
      of: file, visit: { watch($0.folder, $0.isLast ? .file($0.name) : .step($0.name)) })
  }

  private func watchFolder(_ folder: Folder) {
    let end = try? PathWalk.end(of: folder.path, visit: { watch($0.folder, .step($0.name)) })
    guard let end, end.isThere, watch(end.path, .files(folder)) else { return }
    for entry in (try? FolderEntry.all(in: end.path)) ?? [] where entry.isLink {
      if folder.covers(String(decoding: entry.name, as: UTF8.self)) { watchFile(entry.path) }
    }
  }

  @discardableResult
  private func watch(_ folder: String, _ interest: Interest) -> Bool {
    let mask = interest.isOfContent ? Self.entries | Self.contents : Self.entries
    guard let inotify else { return false }
    guard let watch = inotify.add(folder, mask) else {
      watchRefused(folder, errno, interest)
      return false
    }
    if interests[watch]?.contains(interest) != true { interests[watch, default: []].append(interest) }
    paths[watch] = folder
    return true
  }

  private func watchRefused(_ folder: String, _ code: Int32, _ interest: Interest) {
    // The watch of the parent folder reports when this one appears or becomes a folder.
    guard code != ENOENT, code != ENOTDIR else { return }
    isComplete = false
    if code == EACCES, !interest.isOfContent { return }
    refusal =
      code == ENOSPC
      ? "the limit of inotify watches (fs.inotify.max_user_watches) is reached"
      : "\(SystemCallError("watch a folder", code: code))"
  }

  private func handle(_ events: [Inotify.Event]) {
    var isChanged = false
    for event in events where concerns(event) {
      isChanged = true
      trackWriter(event)
    }
    guard isChanged else { return }
    resetWatches()
    changeDetected()
  }

  /// Something has changed: reports it after the debounce time.
  private func changeDetected() {
    firstChange = firstChange ?? .now
    schedule(after: debounce)
  }

  private func concerns(_ event: Inotify.Event) -> Bool {
    // The kernel lost events: anything may have changed.
    if event.mask & UInt32(bitPattern: IN_Q_OVERFLOW) != 0 { return true }
    guard let interests = interests[event.watch] else { return false }
    let isOfContent = event.mask & Self.contents != 0
    return interests.contains { $0.covers(event.name) && ($0.isOfContent || !isOfContent) }
  }

  /// Keeps the set of files being written.
  private func trackWriter(_ event: Inotify.Event) {
    let file = Unfinished(watch: event.watch, name: event.name)
    if event.mask & Self.mask(IN_MODIFY) != 0 || event.mask & Self.mask(IN_CREATE) != 0 && isNewFile(file) {
      unfinished.insert(file)
    } else if event.mask & Self.mask(IN_CLOSE_WRITE, IN_DELETE, IN_MOVED_FROM, IN_MOVED_TO) != 0 {
      unfinished.remove(file)
    }
  }

  /// True if a new entry is a file about to be written: a regular file, neither a folder nor a link of either
  /// kind.
  private func isNewFile(_ file: Unfinished) -> Bool {
    guard let folder = paths[file.watch] else { return false }
    let status = try? FileStatus.find(Folders.join(folder, file.name))
    return status?.kind == .file && status?.names == 1
  }

  private func schedule(after time: Duration) {
    let timer = timer ?? DispatchSource.makeTimerSource(queue: .main)
    if self.timer == nil {
      self.timer = timer
      timer.setEventHandler { [weak self] in self?.reportIfQuiet() }
      timer.activate()
    }
    timer.schedule(deadline: .now() + .microseconds(Int(time / .microseconds(1))))
  }

  private func reportIfQuiet() {
    let waited = firstChange?.duration(to: .now) ?? .zero
    guard unfinished.isEmpty || waited >= maximumDelay else { return schedule(after: maximumDelay - waited) }
    // Without events no writer is known; a change since the last poll shows that one was writing.
    if poller?.detectChange() == true, waited < maximumDelay { return schedule(after: debounce) }
    firstChange = nil
    unfinished = []
    resetWatches()
    onChange()
  }

  private func poll() {
    let poller = poller
    // Watches first, if they are possible now: they report a change after the comparison.
    resetWatches()
    if poller?.detectChange() == true { changeDetected() }
  }
}
