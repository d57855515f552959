import ArgumentParser
import Files

/// A copy of a file for an editor: its user's alone, and where it survives a crash.
struct Draft {
  let path: String

  /// Writes a text to a new file of a folder, which is made where it is missing. Where that cannot be done it
  /// says so, and throws the exit status.
  init(of text: String, named name: String, in folder: String) throws {
    let fresh = "\(name)-\(String(UInt32.random(in: .min ... .max), radix: 36)).toml"
    path = "\(folder)/\(fresh)"
    do throws(FileError) {
      try PrivateFolder(folder, isMade: true).write(fresh, Array(text.utf8))
    } catch {
      throw Failure.exit("\(Plain.text(error.path)): \(error)", status: Failure.refused)
    }
  }

  enum Content: Equatable {
    case text(String)
    /// Bytes that are none, or that cannot be read.
    case noText
    /// Nothing but blanks.
    case empty
    /// There is no file any more.
    case gone
  }

  /// What it holds now.
  var content: Content {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try InputFile.bytes(path)
    } catch {
      return error.isMissing ? .gone : .noText
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { return .noText }
    return text.allSatisfy(\.isWhitespace) ? .empty : .text(text)
  }

  func remove() { try? Folders.removeName(path) }
}
