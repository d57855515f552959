import Glibc

/// The owner of published events: this user's home on this machine. Their UIDs are made from it.
package enum Owner {
  /// A text that no other home has. It goes into a digest and nowhere else: the machine's id in it is not to
  /// be known outside of the machine (machine-id(5)).
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
