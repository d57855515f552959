import Glibc

package enum SymbolicLink {
  /// The path that a symbolic link leads to, as it stands in the link (readlink(2)).
  package static func target(of link: String) throws(FileError) -> String {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(link, &buffer, buffer.count)
    guard count > 0 else { throw FileError(link) }
    return String(decoding: buffer[..<count], as: UTF8.self)
  }
}
