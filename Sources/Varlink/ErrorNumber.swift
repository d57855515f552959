internal import Glibc

/// The system's words for an error number.
enum ErrorNumber {
  static func text(_ number: Int32) -> String { String(cString: strerror(number)) }
}
