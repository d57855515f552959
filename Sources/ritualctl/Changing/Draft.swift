import ArgumentParser
import Files

/// A copy of a file for an editor. It is its user's alone, and survives a crash.
struct Draft {
  let path: String

  /// Writes a text to a new file of a folder, which is made where it is missing.
  init(of text: String, named name: String, in folder: String) throws {
    let fresh = "\(name)-\(String(UInt32.random(in: .min ... .max), radix: 36)).toml"
    path = "\(folder)/\(fresh)"
    do throws(FileError) {
      try PrivateFolder(folder, isMade: true).write(fresh, Array(text.utf8))
    } catch {
      throw Failure("\(TerminalText.line(error.path)): \(error)")
    }
  }

  enum Content: Equatable {
    case text(String)
    /// Bytes that are not UTF-8, or a file that cannot be read.
    case noText
    /// A text of blanks alone.
    case empty
    /// The file was removed.
    case gone
  }

  /// The present content.
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
