import Files

/// The folder of the configuration, and which of its files count.
struct ConfigurationFolder {
  let path: String

  /// A file that is there, and its bytes or why it cannot be read.
  struct File {
    let path: String
    let content: Result<[UInt8], FileError>
    /// Whether another program was writing it, so that it may have been half a text.
    var isBeingWritten = false
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
      return File(path: path, content: .failure(FileError(path, .name)))
    }
    return Self.read("\(dropIns)/\(text)")
  }

  /// The names that end in `.toml`, sorted by their bytes; hidden ones are editors' own. None where there is
  /// no folder.
  private static func names(in folder: String) -> Result<[[UInt8]], FileError> {
    do throws(FileError) {
      let names = try FolderEntry.all(in: folder).map(\.name).filter {
        $0.suffix(5).elementsEqual(".toml".utf8) && $0.first != UInt8(ascii: ".")
      }
      return .success(names.sorted { $0.lexicographicallyPrecedes($1) })
    } catch {
      guard error.isMissing else { return .failure(error) }
      // A symbolic link that leads nowhere is something: whoever made it has rituals at its other end.
      let isLink = (try? FileStatus.find(folder)) != nil
      return isLink ? .failure(FileError(folder, .brokenLink)) : .success([])
    }
  }

  /// Nil where there is no such file.
  static func read(_ path: String) -> File? {
    do throws(FileError) {
      let contents = try FileContents(of: path, upTo: FileReader.maximumSize, noticingWriters: true)
      return File(path: path, content: .success(contents.bytes), isBeingWritten: contents.isBeingWritten)
    } catch  where error.isMissing {
      return nil
    } catch {
      return File(path: path, content: .failure(error))
    }
  }
}
