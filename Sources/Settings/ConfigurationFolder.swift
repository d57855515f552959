import Files

/// The configuration's folder, and the files in it that are read.
struct ConfigurationFolder {
  let path: String

  /// A file with its bytes, or with the reason why it cannot be read.
  struct File {
    let path: String
    let content: Result<[UInt8], FileError>
    /// True if another program was writing it, so that its text may be incomplete.
    var isBeingWritten = false
  }

  /// The user's main file.
  var main: String { path + "/ritual.toml" }
  /// The folder of the drop-ins.
  var dropIns: String { path + "/ritual.d" }

  /// The existing files, in the order in which they are read.
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

  /// The names that end in `.toml`, sorted by their bytes, without hidden ones, which editors use for
  /// themselves. Empty if the folder is missing.
  private static func names(in folder: String) -> Result<[[UInt8]], FileError> {
    do throws(FileError) {
      let names = try FolderEntry.all(in: folder).map(\.name).filter {
        $0.suffix(5).elementsEqual(".toml".utf8) && $0.first != UInt8(ascii: ".")
      }
      return .success(names.sorted { $0.lexicographicallyPrecedes($1) })
    } catch {
      guard error.isMissing else { return .failure(error) }
      // A dangling link is a mistake: the user has rituals where it should lead.
      let isLink = (try? FileStatus.find(folder)) != nil
      return isLink ? .failure(FileError(folder, .brokenLink)) : .success([])
    }
  }

  /// Nil if the file is missing.
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
