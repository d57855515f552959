import DesktopRig
import Testing

/// A program that watches a folder with its own limits and mounts, in namespaces of its own.
private final class Watcher {
  let folder: TemporaryFolder
  private let lines: LineReader
  private let process: ChildProcess

  /// - Parameters:
  ///   - limit: a file in `/proc/sys/user` that is set to 0 first.
  ///   - prepare: creates the files that exist before the start.
  init(limit: String? = nil, prepare: (TemporaryFolder) throws -> Void = { _ in }) throws {
    folder = try TemporaryFolder()
    try prepare(folder)
    lines = try LineReader("what the watch tells")
    let zero = limit.map { "echo 0 > /proc/sys/user/\($0) && " } ?? ""
    process = try ChildProcess(
      "unshare", Namespaces.options + ["sh", "-c", zero + "exec \"$0\" watch", try built("DesktopProbe")],
      environment: ["PATH": searchPath, "WATCHED": folder.path("disk/deep")], output: lines.writing)
    lines.closeWritingEnd()
  }

  /// The next line that it prints.
  func next() async throws -> String { try await lines.next() }

  /// Runs a command in the namespaces of the watcher.
  func run(_ words: String...) async throws {
    let output = try await ChildProcess.run(
      "nsenter", ["--target", "\(process.pid)", "--user", "--mount", "--preserve-credentials"] + words,
      environment: ["PATH": searchPath])
    #expect(output.status == 0, "\(words): \(output.errors)")
  }
}

@Suite("FileWatch where the system does not tell")
struct FileWatchLimitsTests {
  @Test(
    "What inotify refuses is looked at, and watched again once there is room",
    .enabled("namespaces cannot be made") { try await Namespaces.arePossible },
    arguments: [
      ("max_inotify_watches", "the limit of inotify watches (fs.inotify.max_user_watches) is reached"),
      (
        "max_inotify_instances",
        "the limit of inotify instances (fs.inotify.max_user_instances) or of open files is reached"
      ),
    ])
  func refused(limit: String, reason: String) async throws {
    let watcher = try Watcher(limit: limit) { folder in
      _ = try folder.makeFolder("disk")
      _ = try folder.makeFolder("disk/deep")
      try folder.write("old", to: "disk/deep/file.txt")
    }
    #expect(try await watcher.next() == "old|\(reason)")
    for text in ["new", "newer"] {
      try watcher.folder.write(text, to: "disk/deep/file.txt")
      #expect(try await watcher.next() == "\(text)|\(reason)")
    }
    try await watcher.run("sh", "-c", "echo 100 > /proc/sys/user/\(limit)")
    // A poll or the kernel reports it; in both cases the watches come first.
    var text = "newer"
    var told = ""
    while !told.hasSuffix("|watched") {
      text += "!"
      try watcher.folder.write(text, to: "disk/deep/file.txt")
      told = try await watcher.next()
    }
    #expect(told == text + "|watched")
  }

  @Test(
    "A disk that is mounted over a folder, or on the way to it, is seen, and so is one that goes",
    .enabled("namespaces cannot be made") { try await Namespaces.arePossible },
    arguments: ["disk", "disk/deep"])
  func mounts(place: String) async throws {
    let watcher = try Watcher { folder in
      for name in ["disk", "disk/deep", "other", "other/deep"] { _ = try folder.makeFolder(name) }
      try folder.write("below", to: "disk/deep/file.txt")
      try folder.write("above", to: "other/deep/file.txt")
    }
    #expect(try await watcher.next() == "below|watched")
    let other = place == "disk" ? "other" : "other/deep"
    for round in 1...3 {
      try await watcher.run("mount", "--bind", watcher.folder.path(other), watcher.folder.path(place))
      #expect(try await watcher.next() == "\(round == 1 ? "above" : "above\(round - 1)")|watched")
      try watcher.folder.write("above\(round)", to: "other/deep/file.txt")
      #expect(try await watcher.next() == "above\(round)|watched")
      try await watcher.run("umount", watcher.folder.path(place))
      #expect(try await watcher.next() == "below|watched")
    }
  }
}
