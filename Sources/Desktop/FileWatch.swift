import CLinux
import Dispatch
import Glibc

/// Tells when files have changed, by their paths: written anew, replaced, moved, removed or made again, they or what
/// their symbolic links lead to, and also where their folders come only later.
///
/// It tells of whole saves, not of halves: once nothing has happened for a while and whoever began to write has closed
/// the file. While nothing changes it wakes nobody.
package final class FileWatch {
  /// A folder of files that are watched beside single ones.
  package struct Folder {
    let path: String
    let suffix: String

    /// The files in a folder whose names end in `suffix`; hidden ones are editors' own.
    package init(_ path: String, suffix: String) {
      self.path = path
      self.suffix = suffix
    }
  }

  /// Something has changed; what it is now is to be read anew. The watches for the next change are in place by then.
  package var onChange: () -> Void = {}

  private let files: [String]
  private let folders: [Folder]
  private let quiet: Duration
  private let patience: Duration
  private var inotify: Inotify.Listener?
  /// What is looked for, by the numbers of the watches.
  private var interests: [Int32: [Interest]] = [:]
  /// A path of each folder that is watched.
  private var paths: [Int32: String] = [:]
  /// Files that were begun and not closed, as folder's number and name.
  private var unfinished: Set<Unfinished> = []
  private var timer: (any DispatchSourceTimer)?
  private var since: ContinuousClock.Instant?

  /// Whether every folder that would tell of a change could be watched, as far as they exist.
  package private(set) var isComplete = true

  /// Watches from now on: what is read after this and changes again is told of.
  /// - Parameters:
  ///   - files: absolute paths.
  ///   - quiet: nothing may have happened for so long.
  ///   - patience: a file that is written and never closed is waited for no longer than this.
  package init(
    files: [String], folders: [Folder] = [], quiet: Duration = .milliseconds(100),
    patience: Duration = .seconds(5)
  ) throws(SystemCallError) {
    self.files = files
    self.folders = folders
    self.quiet = quiet
    self.patience = patience
    inotify = try Inotify.Listener { [weak self] events in self?.take(events) }
    look()
  }

  isolated deinit {
    timer?.cancel()
  }

  /// Which names count in a folder, and for what.
  private enum Interest: Hashable {
    /// A step on the way: whether the name is there, and what it is.
    case step(String)
    /// A file itself: also what is in it.
    case file(String)
    /// All files whose names end so.
    case files(suffix: String)

    func covers(_ name: String) -> Bool {
      switch self {
      case .step(let own), .file(let own): own == name
      case .files(let suffix): name.hasSuffix(suffix) && !name.hasPrefix(".")
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
    for file in files { follow(file) }
    for folder in folders { follow(folder) }
    for watch in before where interests[watch] == nil { inotify?.remove(watch) }
    unfinished = unfinished.filter { interests[$0.watch] != nil }
  }

  private func follow(_ file: String) {
    _ = PathTrail.walk(file) { watch($0.folder, $0.isLast ? .file($0.name) : .step($0.name)) }
  }

  private func follow(_ folder: Folder) {
    let path = PathTrail.walk(folder.path) { watch($0.folder, .step($0.name)) }
    guard let path, watch(path, .files(suffix: folder.suffix)) else { return }
    for name in Self.links(in: path) where Interest.files(suffix: folder.suffix).covers(name) {
      follow(PathTrail.join(path, name))
    }
  }

  @discardableResult
  private func watch(_ folder: String, _ interest: Interest) -> Bool {
    let mask = interest.isOfContent ? Self.entries | Self.contents : Self.entries
    guard let watch = inotify?.add(folder, mask) else {
      // What is not there, or is no folder, is told of by the folder above.
      if errno != ENOENT, errno != ENOTDIR { isComplete = false }
      return false
    }
    if interests[watch]?.contains(interest) != true { interests[watch, default: []].append(interest) }
    paths[watch] = folder
    return true
  }

  /// The symbolic links in a folder.
  private static func links(in folder: String) -> [String] {
    guard let handle = opendir(folder) else { return [] }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      guard Int32(entry.pointee.d_type) == Int32(DT_LNK) || Int32(entry.pointee.d_type) == Int32(DT_UNKNOWN)
      else { continue }
      // Read in place: an entry is as long as its record, which may be shorter than the struct.
      let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) ?? 0
      names.append(
        String(cString: UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)))
    }
    return names
  }

  private func take(_ events: [Inotify.Event]) {
    var isChanged = false
    for event in events where concerns(event) {
      isChanged = true
      note(event)
    }
    guard isChanged else { return }
    look()
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
    var status = stat()
    return lstat(PathTrail.join(folder, file.name), &status) == 0 && status.st_mode & S_IFMT == S_IFREG
      && status.st_nlink == 1
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
    since = nil
    unfinished = []
    look()
    onChange()
  }
}
