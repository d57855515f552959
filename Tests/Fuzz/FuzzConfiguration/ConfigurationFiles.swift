import Fuzzing
import Glibc

/// The files of an input, in folders of this process in memory.
struct ConfigurationFiles {
  let configuration = root
  let own = root + "/own"
  let shipped = root + "/shipped"

  private static let names = [
    "ritual.toml", "ritual.d/a.toml", "ritual.d/b.toml", "own/decks/a.toml", "own/decks/b.toml",
    "own/guides/a.toml", "own/presets/a.toml", "shipped/decks/a.toml", "shipped/guides/a.toml",
  ]

  /// Created at the first use, and removed at the end of the process.
  private static let root: String = {
    let root = place
    for folder in folders { check(mkdir(root + folder, 0o700) == 0, "cannot make \(root + folder)") }
    atexit {
      for folder in ConfigurationFiles.folders.reversed() { rmdir(ConfigurationFiles.place + folder) }
    }
    return root
  }()

  private static let place = "/dev/shm/ritual-fuzz-\(getpid())"

  private static let folders =
    ["", "/ritual.d"]
    + ["/own", "/shipped"].flatMap { [$0, $0 + "/decks", $0 + "/guides", $0 + "/presets"] }

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    var name = Self.names[0]
    var files: [String: [UInt8]] = [:]
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      if line.starts(with: "#% ".utf8) {
        let path = String(decoding: line.dropFirst(3), as: UTF8.self)
        name = Self.names.contains(path) ? path : Self.names[1]
      } else {
        files[name, default: []] += Array(line) + [UInt8(ascii: "\n")]
      }
    }
    for (name, bytes) in files { Self.write(bytes, to: "\(Self.root)/\(name)") }
  }

  func remove() {
    for name in Self.names { unlink("\(Self.root)/\(name)") }
  }

  private static func write(_ bytes: [UInt8], to path: String) {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    check(file >= 0, "cannot write \(path): error \(errno)")
    defer { close(file) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      check(count > 0, "cannot write \(path): error \(errno)")
      rest = rest.dropFirst(count)
    }
  }
}
