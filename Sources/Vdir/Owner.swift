import Glibc

/// Tells this home on this machine from all others, for the UIDs of what is published.
package enum Owner {
  /// machine-id(5) wants to be known to nobody outside: this goes into a digest and nowhere else.
  package static func key(home: String) -> String {
    let machine = (try? VdirFile.bytes("/etc/machine-id")).map { String(decoding: $0, as: UTF8.self) }
    return "\(machine ?? host())\n\(getuid())\n\(home)"
  }

  private static func host() -> String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "" }
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
  }
}
