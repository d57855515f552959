import CivilTime
import Glibc
import Journal
import Rituals
import Testing

@Suite(
  "The journal on a disk that does not take it",
  .enabled(if: SmallDisk.isPossible, "Needs root, to mount a disk of some hundred KiB."))
struct DiskTests {
  @Test("When it is full, commits fail whole, and catch up when there is room")
  func full() throws {
    let disk = try SmallDisk(kilobytes: 512)
    var journal: Journal? = try Journal(at: disk.journal)
    File.write(Array(repeating: 0, count: 200_000), to: disk.path + "/filler")
    var recorded: [Entry] = []
    var waiting: [Entry] = []
    for minute in 0..<200 as Range<Int64> {
      let entry = Sample.entry(
        .due, of: Sample.occurrence("a", minute), minute: minute,
        title: String(repeating: "long ", count: 400))
      waiting.append(entry)
      do throws(JournalError) {
        try journal?.commit(waiting.map { .entry($0) })
        recorded += waiting
        waiting = []
      } catch {
        guard case .full = error else {
          Issue.record("\(error)")
          return
        }
        #expect(error.isTemporary)
        #expect(!error.description.contains("long "))
        #expect(error.description.contains("no space"))
        // What is there can still be read.
        #expect(try journal?.reader.history(limit: 1_000) == recorded)
      }
    }
    try #require(!waiting.isEmpty, "the disk was not full")
    unlink(disk.path + "/filler")
    // More than fits even now is refused; what fits is taken.
    try journal?.checkpoint()
    for entry in waiting.prefix(5) { try journal?.commit([.entry(entry)]) }
    #expect(try journal?.reader.history(limit: 1_000) == recorded + waiting.prefix(5))
    journal = nil
    #expect(try Journal(at: disk.journal).reader.history(limit: 1_000) == recorded + waiting.prefix(5))
  }

  @Test("One that is full at the start is told as such, or opened; nothing is harmed")
  func fullAtStart() throws {
    let disk = try SmallDisk(kilobytes: 512)
    do { try Journal(at: disk.journal).commit(Sample.changes(.due)) }
    disk.fill()
    do throws(JournalError) {
      let journal = try Journal(at: disk.journal)
      #expect(try journal.reader.history(limit: 9).count == 1)
      let error = #expect(throws: JournalError.self) {
        try journal.commit(Sample.changes(.done(by: .command)))
      }
      #expect(error?.isTemporary == true)
    } catch {
      guard case .full = error else {
        Issue.record("\(error)")
        return
      }
    }
    unlink(disk.path + "/filler")
    let journal = try Journal(at: disk.journal)
    try journal.commit(Sample.changes(.done(by: .command)))
    #expect(try journal.reader.history(limit: 9).count == 2)
  }

  @Test("One that has no room for a new journal is told as such, and the next start begins it")
  func fullBeforeTheFirst() throws {
    let disk = try SmallDisk(kilobytes: 512)
    disk.fill()
    let error = try #require(throws: JournalError.self) { try Journal(at: disk.journal) }
    #expect(error.description.contains("No space") || error.description.contains("no space"), "\(error)")
    unlink(disk.path + "/filler")
    try Journal(at: disk.journal).commit(Sample.changes(.due))
  }

  @Test("One that is read-only is told as such")
  func readOnly() throws {
    let disk = try SmallDisk(kilobytes: 512)
    do { try Journal(at: disk.journal).commit(Sample.changes(.due)) }
    try disk.remount("ro")
    let error = try #require(throws: JournalError.self) { try Journal(at: disk.journal) }
    #expect(error.description.contains("Read-only file system"), "\(error)")
    try disk.remount("rw")
    #expect(try Journal(at: disk.journal).reader.history(limit: 9).count == 1)
  }
}

/// A file system of its own, in memory, of a set size.
final class SmallDisk {
  private let folder = TemporaryFolder()

  var path: String { folder.path + "/disk" }
  var journal: String { path + "/state/journal.sqlite" }

  init(kilobytes: Int) throws {
    mkdir(path, 0o700)
    let options = "size=\(kilobytes)k,mode=0700"
    try #require(Self.run(["mount", "-t", "tmpfs", "-o", options, "ritual-test", path]) == 0)
  }

  deinit { _ = Self.run(["umount", "--lazy", path]) }

  /// True if this process may mount.
  static let isPossible: Bool = {
    guard geteuid() == 0 else { return false }
    return (try? SmallDisk(kilobytes: 64)) != nil
  }()

  /// Takes all the room that is left.
  func fill() {
    let descriptor = open(path + "/filler", O_WRONLY | O_CREAT, 0o600)
    let part = [UInt8](repeating: 1, count: 4_096)
    while write(descriptor, part, part.count) > 0 {}
    close(descriptor)
  }

  func remount(_ mode: String) throws {
    try #require(Self.run(["mount", "-o", "remount,\(mode)", path]) == 0)
  }

  private static func run(_ command: [String]) -> Int32 {
    var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process: pid_t = 0
    guard posix_spawnp(&process, command[0], nil, nil, &arguments, environ) == 0 else { return -1 }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status
  }
}
