import DesktopRig
import Glibc

/// A private word in a place where it must not be.
struct Sighting: Hashable, CustomStringConvertible {
  enum Exit: String {
    /// The daemon's standard error, and its entries in the system's journal with all their fields.
    case log
    /// The lines for the service manager.
    case status
    /// A message on a bus, except to the notification server.
    case bus
    /// The words of a notification, or its hints, while they must be neutral.
    case discreetWords, discreetHint, lockedWords, lockedHint
    /// A file or its name, or its permissions for others.
    case file, mode
    /// A process's arguments and environment, and the names of its threads.
    case process
    /// The name of a socket.
    case socket
  }

  let exit: Exit
  let place: CanaryWords.Place
  /// The place in the exit, for people.
  let detail: String

  var description: String { "the \(place) in \(exit): \(detail)" }
}

/// Searches every way out of the program for private words.
struct CanaryExits {
  let words: CanaryWords
  private(set) var sightings: Set<Sighting> = []

  init(_ words: CanaryWords) { self.words = words }

  mutating func look(at lines: some Sequence<String>, _ exit: Sighting.Exit) {
    for line in lines { see(words.places(in: line), exit, line) }
  }

  private mutating func see(_ places: Set<CanaryWords.Place>, _ exit: Sighting.Exit, _ detail: String) {
    for place in places { sightings.insert(Sighting(exit: exit, place: place, detail: detail)) }
  }

  /// Words may be in calls of `Notify` alone; the server may repeat them.
  mutating func look(atBus messages: [BusMonitor.Message], servers: Set<String>) {
    for message in messages
    where !servers.contains(message.field("sender")) && message.field("member") != "Notify" {
      see(words.places(in: message.text), .bus, message.head)
    }
  }

  /// No word may be in these messages.
  mutating func look(
    atQuiet messages: [BusMonitor.Message], servers: Set<String>, _ exit: Sighting.Exit,
    _ hint: Sighting.Exit
  ) {
    for message in messages where !servers.contains(message.field("sender")) {
      for line in [message.head] + message.body {
        let isTag = ["\"ritual-", "\"rituals-", "\"lead-"].contains { line.contains($0) }
        see(words.places(in: line), isTag ? hint : exit, "\(message.field("member")): \(line)")
      }
    }
  }

  /// Files that may contain words, or have them as their names: those of the table in SECURITY.md, and those
  /// that the user names.
  private static let homes = [
    "config/ritual/", "data/ritual/", "calendar/", "out/", "state/ritual/journal.sqlite",
    "state/ritual/guides/", "state/ritual/drafts/", "state/ritual/conflicts/", "state/ritual/calendars/",
    "fresh/ritual/",
  ]

  /// Everything below a home, which no other user may read.
  mutating func look(atFilesOf folder: TemporaryFolder, below path: String = "") {
    for name in folder.names(in: path) {
      let inside = path.isEmpty ? name : "\(path)/\(name)"
      var status = stat()
      guard lstat(folder.path(inside), &status) == 0 else { continue }
      let kind = status.st_mode & S_IFMT
      var found = words.places(in: inside)
      if kind == S_IFREG { found.formUnion(words.places(in: folder.read(inside) ?? "")) }
      let isHome = Self.homes.contains { inside.hasPrefix($0) }
      if !isHome { see(found, .file, inside) }
      let mode = String(status.st_mode & 0o777, radix: 8)
      if status.st_mode & 0o077 != 0, kind != S_IFLNK { see(found, .mode, "\(mode) \(Self.plain(inside))") }
      if kind == S_IFDIR { look(atFilesOf: folder, below: inside) }
    }
  }

  /// The names in the folders of all users, and this user's small files there.
  mutating func look(atSharedFolder path: String) {
    guard let directory = opendir(path) else { return }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      see(words.places(in: name), .file, "\(path)/\(name)")
      var status = stat()
      guard lstat("\(path)/\(name)", &status) == 0, status.st_mode & S_IFMT == S_IFREG,
        status.st_uid == getuid(), status.st_size < 1 << 20
      else { continue }
      see(words.places(in: Self.contents("\(path)/\(name)")), .file, "\(path)/\(name)")
    }
  }

  /// The part of a process that other users can see, and its environment (proc(5)).
  mutating func look(atProcess pid: pid_t) {
    for name in ["cmdline", "environ", "comm"] {
      see(words.places(in: Self.contents("/proc/\(pid)/\(name)")), .process, name)
    }
    see(words.places(in: Self.contents("/proc/net/unix")), .socket, "/proc/net/unix")
  }

  /// The path without its random parts.
  private static func plain(_ path: String) -> String { String(path.split(separator: "/").first ?? "") }

  private static func contents(_ path: String) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return [] }
    defer { close(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while case let count = read(file, &buffer, buffer.count), count > 0 { bytes += buffer[..<count] }
    return bytes
  }
}
