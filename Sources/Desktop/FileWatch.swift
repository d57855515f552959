import CLinux
import Dispatch
import Files
import Glibc

/// Tells when files have changed, by their paths: written anew, replaced, moved, removed or made again, they
/// or what their symbolic links lead to, and also where their folders come only later.
///
/// It tells of whole saves, not of halves: once nothing has happened for a while and whoever began to write
/// has closed the file. While nothing changes it wakes nobody; but where the system refuses to tell of
/// changes, it looks every minute.
package final class FileWatch {
  /// A folder of files that are watched beside single ones.
  package struct Folder: Equatable, Sendable {
    let path: String
    let suffix: String

    /// The files in a folder whose names end in `suffix`; hidden ones are editors' own.
    package init(_ path: String, suffix: String) {
      self.path = path
      self.suffix = suffix
    }

    func covers(_ name: String) -> Bool { name.hasSuffix(suffix) && !name.hasPrefix(".") }
  }

  /// Something has changed; what it is now is to be read anew. The watches for the next change are in place
  /// by then.
  package var onChange: () -> Void = {}

  private let files: [String]
  private let folders: [Folder]
  private let quiet: Duration
  private let patience: Duration
  private let interval: Duration
  private var mounts: MountWatch.Listener?
  private var inotify: Inotify.Listener?
  /// What is looked for, by the numbers of the watches.
  private var interests: [Int32: [Interest]] = [:]
  /// The files that the paths led to at the last look; a single one may be mounted too.
  private var places: FileStamps
  /// A path of each folder that is watched.
  private var paths: [Int32: String] = [:]
  /// Files that were begun and not closed, as folder's number and name.
  private var unfinished: Set<Unfinished> = []
  private var timer: (any DispatchSourceTimer)?
  private var since: ContinuousClock.Instant?
  /// Looks at the files while something is refused.
  private var looking: RepeatedLook?

  /// Whether every folder that would tell of a change could be watched, as far as they exist.
  package private(set) var isComplete = true
  /// The reason why the system does not tell of all that matters, a clause for people. The files are looked
  /// at every minute while it is so. A folder on the way that only lets through, such as /home of some
  /// machines, is no reason.
  package private(set) var refusal: String?

  /// Watches from now on: what is read after this and changes again is told of.
  /// - Parameters:
  ///   - files: absolute paths.
  ///   - quiet: nothing may have happened for so long.
  ///   - patience: a file that is written and never closed is waited for no longer than this.
  ///   - interval: how often the files are looked at while the system does not tell of them.
  package init(
    files: [String], folders: [Folder] = [], quiet: Duration = .milliseconds(100),
    patience: Duration = .seconds(5), interval: Duration = .seconds(60)
  ) {
    self.files = files
    self.folders = folders
    self.quiet = quiet
    self.patience = patience
    self.interval = interval
    places = FileStamps(files: files, folders: [])
    look()
  }

  isolated deinit {
    timer?.cancel()
  }

  /// Which names count in a folder, and for what.
  private enum Interest: Equatable {
    /// A step on the way: whether the name is there, and what it is.
    case step(String)
    /// A file itself: also what is in it.
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

  /// Sets the watches that the paths need as they lead now, and gives up the others.
  private func look() {
    let before = Set(interests.keys)
    interests = [:]
    paths = [:]
    isComplete = true
    refusal = nil
    connect()
    for file in files { follow(file) }
    for folder in folders { follow(folder) }
    for watch in before where interests[watch] == nil { inotify?.remove(watch) }
    unfinished = unfinished.filter { interests[$0.watch] != nil }
    places = FileStamps(files: files, folders: [])
    guard refusal != nil else { return looking = nil }
    looking =
      looking ?? RepeatedLook(at: files, folders, every: interval) { [weak self] in self?.lookAgain() }
  }

  /// Takes part in what the system tells, where it does not yet.
  private func connect() {
    do throws(SystemCallError) {
      if inotify == nil { inotify = try Inotify.Listener { [weak self] events in self?.take(events) } }
      if mounts == nil { mounts = try MountWatch.Listener { [weak self] in self?.mountsChanged() } }
    } catch {
      isComplete = false
      refusal =
        error.code == EMFILE
        ? "the limit of inotify instances (fs.inotify.max_user_instances) or of open files is reached"
        : "\(error)"
    }
  }

  /// A watch stays with a folder that a mount covers, or uncovers; the paths may lead to others now.
  private func mountsChanged() {
    let before = (interests, places)
    look()
    if (interests, places) != before { begin() }
  }

  private func follow(_ file: String) {
    _ = try? PathWalk.end(
      of: file, visit: { watch($0.folder, $0.isLast ? .file($0.name) : .step($0.name)) })
  }

  private func follow(_ folder: Folder) {
    let end = try? PathWalk.end(of: folder.path, visit: { watch($0.folder, .step($0.name)) })
    guard let end, end.isThere, watch(end.path, .files(folder)) else { return }
    for entry in (try? FolderEntry.all(in: end.path)) ?? [] where entry.isLink {
      if folder.covers(String(decoding: entry.name, as: UTF8.self)) { follow(entry.path) }
    }
  }

  @discardableResult
  private func watch(_ folder: String, _ interest: Interest) -> Bool {
    let mask = interest.isOfContent ? Self.entries | Self.contents : Self.entries
    guard let inotify else { return false }
    guard let watch = inotify.add(folder, mask) else {
      refuse(folder, errno, interest)
      return false
    }
    if interests[watch]?.contains(interest) != true { interests[watch, default: []].append(interest) }
    paths[watch] = folder
    return true
  }

  private func refuse(_ folder: String, _ code: Int32, _ interest: Interest) {
    // The folder above tells when this one appears, or becomes a folder.
    guard code != ENOENT, code != ENOTDIR else { return }
    isComplete = false
    if code == EACCES, !interest.isOfContent { return }
    refusal =
      code == ENOSPC
      ? "the limit of inotify watches (fs.inotify.max_user_watches) is reached"
      : "\(SystemCallError("watch a folder", code: code))"
  }

  private func take(_ events: [Inotify.Event]) {
    var isChanged = false
    for event in events where concerns(event) {
      isChanged = true
      note(event)
    }
    guard isChanged else { return }
    look()
    begin()
  }

  /// Something has changed: it is told of once it is quiet.
  private func begin() {
    since = since ?? .now
    wait(quiet)
  }

  private func concerns(_ event: Inotify.Event) -> Bool {
    // The kernel lost events: anything may have changed.
    if event.mask & UInt32(bitPattern: IN_Q_OVERFLOW) != 0 { return true }
    guard let interests = interests[event.watch] else { return false }
    let isOfContent = event.mask & Self.contents != 0
    return interests.contains { $0.covers(event.name) && ($0.isOfContent || !isOfContent) }
  }

  /// Keeps account of who is writing.
  private func note(_ event: Inotify.Event) {
    let file = Unfinished(watch: event.watch, name: event.name)
    if event.mask & Self.mask(IN_MODIFY) != 0 || event.mask & Self.mask(IN_CREATE) != 0 && isBegun(file) {
      unfinished.insert(file)
    } else if event.mask & Self.mask(IN_CLOSE_WRITE, IN_DELETE, IN_MOVED_FROM, IN_MOVED_TO) != 0 {
      unfinished.remove(file)
    }
  }

  /// Whether a new entry is a file that is about to be written: no folder, no link of either kind.
  private func isBegun(_ file: Unfinished) -> Bool {
    guard let folder = paths[file.watch] else { return false }
    let status = try? FileStatus.find(Folders.join(folder, file.name))
    return status?.kind == .file && status?.names == 1
  }

  private func wait(_ time: Duration) {
    let timer = timer ?? DispatchSource.makeTimerSource(queue: .main)
    if self.timer == nil {
      self.timer = timer
      timer.setEventHandler { [weak self] in self?.settle() }
      timer.activate()
    }
    timer.schedule(deadline: .now() + .microseconds(Int(time / .microseconds(1))))
  }

  private func settle() {
    let waited = since?.duration(to: .now) ?? .zero
    guard unfinished.isEmpty || waited >= patience else { return wait(patience - waited) }
    // Without a word of the system it is not known who writes, only that somebody has written since.
    if looking?.findsChange() == true, waited < patience { return wait(quiet) }
    since = nil
    unfinished = []
    look()
    onChange()
  }

  private func lookAgain() {
    let look = looking
    // First the watches, if they are to be had by now: what changes after the comparison is told of then.
    self.look()
    if look?.findsChange() == true { begin() }
  }
}
