import Glibc

/// The folder of the configuration, and which of its files count.
struct ConfigurationFolder {
  let path: String

  /// A file that is there, and its bytes or why it cannot be read.
  struct File {
    let path: String
    let content: Result<[UInt8], ReadError>
  }

  /// Why a file cannot be read: `reason` is a clause.
  struct ReadError: Error {
    let reason: String
  }

  /// The file that a user writes.
  var main: String { path + "/ritual.toml" }
  /// The folder of the drop-ins.
  var dropIns: String { path + "/ritual.d" }

  /// The files that are there, in the order in which they are read.
  func files() -> [File] {
    var files: [File] = []
    if let main = Self.read(main) { files.append(main) }
    switch Self.names(in: dropIns) {
    case .success(let names): files += names.compactMap { dropIn($0) }
    case .failure(let error): files.append(File(path: dropIns, content: .failure(error)))
    }
    return files
  }

  private func dropIn(_ name: [UInt8]) -> File? {
    guard let text = String(validating: name, as: UTF8.self) else {
      let path = "\(dropIns)/\(String(decoding: name, as: UTF8.self))"
      return File(path: path, content: .failure(ReadError(reason: "its name is not UTF-8")))
    }
    return Self.read("\(dropIns)/\(text)")
  }

  /// The names that end in `.toml`, sorted by their bytes; hidden ones are editors' own. None where there is no folder.
  private static func names(in folder: String) -> Result<[[UInt8]], ReadError> {
    guard let handle = opendir(folder) else {
      return absence(of: folder).map { .failure($0) } ?? .success([])
    }
    defer { closedir(handle) }
    var names: [[UInt8]] = []
    while let entry = readdir(handle) {
      // Read in place: an entry is as long as its record, which may be shorter than the struct.
      let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) ?? 0
      let start = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
      let name = UnsafeBufferPointer(start: start, count: strlen(start)).map(UInt8.init(bitPattern:))
      if name.suffix(5).elementsEqual(".toml".utf8), name.first != UInt8(ascii: ".") { names.append(name) }
    }
    names.sort { $0.lexicographicallyPrecedes($1) }
    return .success(names)
  }

  /// Nil where there is no such file.
  static func read(_ path: String) -> File? {
    // Without O_NONBLOCK a pipe in the folder would hold everything until somebody writes into it.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else {
      return absence(of: path).map { File(path: path, content: .failure($0)) }
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return File(path: path, content: .failure(ReadError(reason: "it is not a regular file")))
    }
    return File(path: path, content: readAll(file))
  }

  /// Why a path could not be opened, from `errno`; nil where there is nothing there. A symbolic link that leads nowhere
  /// is something: whoever made it has rituals at its other end.
  private static func absence(of path: String) -> ReadError? {
    let code = errno
    guard code == ENOENT else { return ReadError(reason: message(code)) }
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else { return nil }
    return ReadError(reason: "it is a symbolic link to something that is not there")
  }

  /// Not more than one byte over the limit: enough to know that it is too large.
  private static func readAll(_ file: CInt) -> Result<[UInt8], ReadError> {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while bytes.count <= FileReader.maximumSize {
      let count = Glibc.read(file, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      if count < 0 { return .failure(ReadError(reason: message(errno))) }
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    return .success(bytes)
  }

  /// The system's word for an error number.
  static func message(_ code: CInt) -> String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }
}
