import Glibc

/// What a regular file held when it was read.
package struct FileContents: Sendable {
  /// At most one byte more than the bound: enough to know that the file is too large.
  package let bytes: [UInt8]
  package let stamp: FileStamp
  /// Whether another program had the file open for writing, so that this may be half of what is to come.
  /// False where that was not asked for, and where the system does not tell (`WriterWatch`).
  package let isBeingWritten: Bool

  /// Reads a file, through symbolic links. Does not wait: a pipe or a device is refused.
  /// - Parameters:
  ///   - limit: the bound, in bytes.
  ///   - noticesWriters: whether to find out if another program is writing the file.
  package init(of path: String, upTo limit: Int, noticingWriters noticesWriters: Bool = false)
    throws(FileError)
  {
    let file = try Self.open(path)
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw FileError(path) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw FileError(path, .notRegular) }
    let watch = WriterWatch(file, isOn: noticesWriters)
    bytes = try Self.bytes(from: file, upTo: limit, expecting: Int(status.st_size), path)
    stamp = FileStamp(status)
    isBeingWritten = watch.sawWriter
  }

  private static func open(_ path: String) throws(FileError) -> CInt {
    // Without O_NONBLOCK the name of a pipe would hold the caller until another program writes into it.
    let file = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    if file >= 0 { return file }
    let code = errno
    var status = stat()
    // A lease is being given up by its holder, which takes a moment (fcntl(2), "Leases").
    if code == EWOULDBLOCK, stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
      let file = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
      if file >= 0 { return file }
    }
    if code == ENOENT, lstat(path, &status) == 0 { throw FileError(path, .brokenLink) }
    throw FileError(path, .system(code))
  }

  /// Reads an open file or pipe to its end, or to one byte over the bound.
  /// - Parameters:
  ///   - size: how many bytes are probably there.
  ///   - path: names the file in an error.
  package static func bytes(
    from file: CInt, upTo limit: Int, expecting size: Int = 65536, _ path: String
  ) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: min(max(size, 0), limit, 1 << 20) + 1)
    while bytes.count <= limit {
      let room = min(buffer.count, limit + 1 - bytes.count)
      let count = Glibc.read(file, &buffer, room)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileError(path) }
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    return bytes
  }
}
