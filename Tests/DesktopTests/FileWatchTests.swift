import Desktop
import DesktopRig
import Glibc
import Testing

/// A folder with a configuration in it, and the changes that a watch on it reports.
private final class Files {
  let folder: TemporaryFolder
  let watch: FileWatch
  let changes: Mailbox<String>

  /// - Parameter before: creates the files that exist before the watch begins.
  init(
    debounce: Duration = .milliseconds(60), maximumDelay: Duration = .seconds(600),
    before: (TemporaryFolder) throws -> Void = { folder in
      _ = try folder.makeFolder("own")
      _ = try folder.makeFolder("own/ritual.d")
      try folder.write("old", to: "own/ritual.toml")
      try folder.write("old", to: "own/ritual.d/one.toml")
    }
  ) throws {
    folder = try TemporaryFolder()
    try before(folder)
    let main = folder.path("own/ritual.toml")
    watch = FileWatch(
      files: [main], folders: [FileWatch.Folder(folder.path("own/ritual.d"), suffix: ".toml")],
      debounce: debounce, maximumDelay: maximumDelay)
    let changes = Mailbox<String>("a change of the files")
    self.changes = changes
    // The text at the moment of the report: never half a file.
    watch.onChange = { [folder] in
      changes.put(folder.text("own/ritual.toml") + "|" + folder.text("own/ritual.d/one.toml"))
    }
  }

  /// Waits until everything that happened so far is reported, and for the debounce time.
  func wait(_ debounce: Duration) async throws {
    let witness = FileWatch(files: [folder.path("witness")], debounce: debounce)
    let told = Mailbox<Bool>("a change of the witness")
    witness.onChange = { told.put(true) }
    try folder.write("seen", to: "witness")
    _ = try await told.next()
  }

  /// Makes changes that must not be reported; a later change that is reported proves it.
  func expectSilence(_ act: () throws -> Void) async throws {
    try act()
    try folder.write("end", to: "own/ritual.toml")
    let told = try await changes.next()
    #expect(told.hasPrefix("end"))
    #expect(changes.unread.isEmpty)
  }
}

extension TemporaryFolder {
  /// A file's text; `-` if it is missing.
  fileprivate func text(_ name: String) -> String {
    read(name) ?? "-"
  }

  fileprivate func link(_ target: String, at name: String) {
    #expect(symlink(target, path(name)) == 0)
  }

  fileprivate func remove(_ name: String) {
    #expect(unlink(path(name)) == 0 || rmdir(path(name)) == 0)
  }
}

@Suite("FileWatch")
struct FileWatchTests {
  /// The ways in which programs save a file; each is one change, with the whole new text.
  enum Style: CaseIterable {
    /// The shell: emptied and written.
    case inPlace
    /// Most editors with a safe save, git, `sed -i`.
    case besideAndRename
    /// Vim with a backup: the old file is moved away, a new one is created.
    case awayAndAnew
    /// Some tools remove the file first.
    case removeAndAnew
    /// A second name for an existing file.
    case hardLink

    func save(_ text: String, to name: String, in folder: TemporaryFolder) throws {
      switch self {
      case .inPlace:
        try folder.write(text, to: name)
      case .besideAndRename:
        try folder.write(text, to: name + ".part")
        try folder.rename(name + ".part", to: name)
      case .awayAndAnew:
        try folder.write("4913", to: "own/4913")
        folder.remove("own/4913")
        try folder.rename(name, to: name + "~")
        try folder.write(text, to: name)
        folder.remove(name + "~")
      case .removeAndAnew:
        folder.remove(name)
        try folder.write(text, to: name)
      case .hardLink:
        try folder.write(text, to: "elsewhere")
        folder.remove(name)
        #expect(link(folder.path("elsewhere"), folder.path(name)) == 0)
      }
    }
  }

  @Test(
    "However a file is saved, it is one change, and the file is whole by then", arguments: Style.allCases,
    ["own/ritual.toml", "own/ritual.d/one.toml"])
  func saved(style: Style, name: String) async throws {
    let files = try Files()
    for text in ["new", "newer"] {
      try style.save(text, to: name, in: files.folder)
      #expect(try await files.changes.next() == (name == "own/ritual.toml" ? "\(text)|old" : "old|\(text)"))
    }
    try await files.expectSilence {}
  }

  @Test("A file that is written slowly is reported when it is closed, not halfway")
  func slow() async throws {
    let files = try Files(debounce: .milliseconds(5))
    let file = open(files.folder.path("own/ritual.toml"), O_WRONLY | O_TRUNC | O_CLOEXEC)
    #expect(write(file, "ha", 2) == 2)
    // A save of another file does not cause an early report.
    try files.folder.write("new", to: "own/ritual.d/one.toml")
    try await files.wait(.milliseconds(60))
    #expect(files.changes.unread.isEmpty)
    #expect(write(file, "lf", 2) == 2)
    close(file)
    #expect(try await files.changes.next() == "half|new")
  }

  @Test("So it is in a folder that came only now")
  func slowInNewFolder() async throws {
    let files = try Files(debounce: .milliseconds(300)) { _ in }
    _ = try files.folder.makeFolder("own")
    try await files.wait(.milliseconds(10))
    let file = open(files.folder.path("own/ritual.toml"), O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    #expect(write(file, "ha", 2) == 2)
    try await files.wait(.milliseconds(500))
    #expect(write(file, "lf", 2) == 2)
    close(file)
    var told = try await files.changes.next()
    // On a busy machine the folder may be reported separately.
    if told == "-|-" { told = try await files.changes.next() }
    #expect(told == "half|-")
  }

  @Test("A file that is never closed is not waited for without end")
  func neverClosed() async throws {
    let files = try Files(debounce: .milliseconds(5), maximumDelay: .milliseconds(50))
    let file = open(files.folder.path("own/ritual.toml"), O_WRONLY | O_TRUNC | O_CLOEXEC)
    defer { close(file) }
    #expect(write(file, "ha", 2) == 2)
    #expect(try await files.changes.next() == "ha|old")
  }

  @Test("A file of the folder that comes, and goes, is a change each")
  func comingAndGoing() async throws {
    let files = try Files()
    files.folder.remove("own/ritual.d/one.toml")
    #expect(try await files.changes.next() == "old|-")
    try files.folder.write("back", to: "own/ritual.d/one.toml")
    #expect(try await files.changes.next() == "old|back")
  }

  @Test("Other changes in the folders are not reported")
  func others() async throws {
    let files = try Files()
    try await files.expectSilence {
      try files.folder.write("x", to: "own/notes.txt")
      try files.folder.write("x", to: "own/ritual.d/one.toml.bak")
      try files.folder.write("x", to: "own/ritual.d/.one.toml.swp")
      try files.folder.write("x", to: "own/ritual.d/.one.toml")
      _ = files.folder.text("own/ritual.toml")
      try files.folder.write("x", to: "beside")
    }
  }

  @Test("Folders that come only later are found, at whatever depth, and what is in them is seen")
  func later() async throws {
    let files = try Files { _ in }
    _ = try files.folder.makeFolder("own")
    #expect(try await files.changes.next() == "-|-")
    try files.folder.write("new", to: "own/ritual.toml")
    #expect(try await files.changes.next() == "new|-")
    _ = try files.folder.makeFolder("own/ritual.d")
    #expect(try await files.changes.next() == "new|-")
    try files.folder.write("new", to: "own/ritual.d/one.toml")
    #expect(try await files.changes.next() == "new|new")
  }

  @Test("A folder that is removed and made again is seen as before")
  func madeAgain() async throws {
    let files = try Files()
    for round in 1...3 {
      for name in ["own/ritual.d/one.toml", "own/ritual.toml", "own/ritual.d", "own"] {
        files.folder.remove(name)
      }
      #expect(try await files.changes.next() == "-|-")
      _ = try files.folder.makeFolder("own")
      _ = try files.folder.makeFolder("own/ritual.d")
      try files.folder.write("\(round)", to: "own/ritual.d/one.toml")
      #expect(try await files.changes.next() == "-|\(round)")
      try files.folder.write("\(round)", to: "own/ritual.toml")
      #expect(try await files.changes.next() == "\(round)|\(round)")
    }
  }

  @Test("A folder that another one takes the place of is followed")
  func swapped() async throws {
    let files = try Files()
    _ = try files.folder.makeFolder("other")
    try files.folder.write("other", to: "other/ritual.toml")
    try files.folder.rename("own", to: "away")
    try files.folder.rename("other", to: "own")
    #expect(try await files.changes.next() == "other|-")
    // The file that was moved away does not count any more.
    try await files.expectSilence { try files.folder.write("x", to: "away/ritual.toml") }
  }

  @Test("A file behind symbolic links is watched, and so is each link")
  func links() async throws {
    let files = try Files { folder in
      _ = try folder.makeFolder("own")
      _ = try folder.makeFolder("store")
      _ = try folder.makeFolder("store/ritual.d")
      try folder.write("first", to: "store/a.toml")
      try folder.write("second", to: "store/b.toml")
      folder.link("a.toml", at: "store/current")
      folder.link("../store/current", at: "own/ritual.toml")
      folder.link(folder.path("store/ritual.d"), at: "own/ritual.d")
      folder.link("../a.toml", at: "store/ritual.d/one.toml")
    }
    // In place, through both ways that lead to it.
    try files.folder.write("changed", to: "store/a.toml")
    #expect(try await files.changes.next() == "changed|changed")
    // The link in the middle is exchanged, as by a dotfile manager.
    files.folder.link("b.toml", at: "store/next")
    try files.folder.rename("store/next", to: "store/current")
    #expect(try await files.changes.next() == "second|changed")
    // The file that it leads to now is replaced.
    try files.folder.write("third", to: "store/b.part")
    try files.folder.rename("store/b.part", to: "store/b.toml")
    #expect(try await files.changes.next() == "third|changed")
    // A drop-in's link dangles for a while.
    files.folder.remove("store/a.toml")
    #expect(try await files.changes.next() == "third|-")
    try files.folder.write("back", to: "store/a.toml")
    #expect(try await files.changes.next() == "third|back")
  }

  @Test("A link to itself is no way, and harms nothing")
  func loop() async throws {
    let files = try Files { folder in
      _ = try folder.makeFolder("own")
      folder.link("ritual.toml", at: "own/ritual.toml")
    }
    files.folder.remove("own/ritual.toml")
    #expect(try await files.changes.next() == "-|-")
    try files.folder.write("new", to: "own/ritual.toml")
    #expect(try await files.changes.next() == "new|-")
  }

  @Test("Many changes in a row are one")
  func burst() async throws {
    let files = try Files(debounce: .milliseconds(150))
    for number in 0..<500 {
      try files.folder.write("\(number)", to: "own/ritual.d/\(number).toml")
    }
    try files.folder.write("last", to: "own/ritual.toml")
    #expect(try await files.changes.next() == "last|old")
    try await files.expectSilence {}
  }

  @Test("Several watches on the same folder hear the same, and one that goes leaves the others be")
  func several() async throws {
    let files = try Files()
    let changes = Mailbox<String>("a change for the other one")
    var other: FileWatch? = FileWatch(
      files: [files.folder.path("own/ritual.toml")], debounce: .milliseconds(60))
    other?.onChange = { changes.put("other") }
    try files.folder.write("new", to: "own/ritual.toml")
    #expect(try await changes.next() == "other")
    #expect(try await files.changes.next() == "new|old")
    other = nil
    try files.folder.write("newer", to: "own/ritual.toml")
    #expect(try await files.changes.next() == "newer|old")
    #expect(changes.unread.isEmpty)
  }

  @Test("The zone of the machine, which is a link to a file: set by rename, by removing, or written over")
  func zone() async throws {
    let folder = try TemporaryFolder()
    _ = try folder.makeFolder("zones")
    _ = try folder.makeFolder("etc")
    for name in ["Berlin", "Tokyo"] { try folder.write(name, to: "zones/\(name)") }
    folder.link("../zones/Berlin", at: "etc/localtime")
    let watch = FileWatch(files: [folder.path("etc/localtime")], debounce: .milliseconds(60))
    let changes = Mailbox<String>("a change of the zone")
    watch.onChange = { changes.put(folder.text("etc/localtime")) }
    #expect(watch.isComplete)
    // timedatectl
    folder.link("../zones/Tokyo", at: "etc/.#localtime")
    try folder.rename("etc/.#localtime", to: "etc/localtime")
    #expect(try await changes.next() == "Tokyo")
    // ln -sf of small systems
    folder.remove("etc/localtime")
    folder.link("../zones/Berlin", at: "etc/localtime")
    #expect(try await changes.next() == "Berlin")
    // New rules, as an update of tzdata brings them.
    try folder.write("Berlin 2030", to: "zones/Berlin.dpkg-new")
    try folder.rename("zones/Berlin.dpkg-new", to: "zones/Berlin")
    #expect(try await changes.next() == "Berlin 2030")
    // A copy in place of the link.
    folder.remove("etc/localtime")
    try folder.write("Lisbon", to: "etc/localtime")
    #expect(try await changes.next() == "Lisbon")
  }
}
