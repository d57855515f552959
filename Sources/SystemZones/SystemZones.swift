package import CivilTime
import Files
import Glibc

/// The time zones of this machine: those in the folder `/usr/share/zoneinfo` (or `TZDIR`), and the one that
/// the machine is in.
package final class SystemZones: ZoneSource {
  private let folder: String
  private let override: String?
  private let localLink: String
  private var known: [String: (zone: Zone, stamp: FileStamp)] = [:]

  /// - Parameters:
  ///   - environment: looks up `TZDIR` and `TZ`; the process's own by default.
  ///   - localLink: the path of the machine's zone, a link or a file.
  package init(
    environment: (String) -> String? = { getenv($0).map { String(cString: $0) } },
    localLink: String = "/etc/localtime"
  ) {
    folder = environment("TZDIR").flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/usr/share/zoneinfo"
    override = environment("TZ")
    self.localLink = localLink
  }

  package func zone(named name: String) throws(ZoneError) -> Zone {
    // UTC needs no file, and is the zone of a time that is written with Z.
    guard name != "UTC" else { return .utc }
    guard Self.isName(name) else { throw .unknown(name: name) }
    // An update of the system changes a zone's rules while the daemon runs.
    let stamp = (try? FileStatus(of: folder + "/" + name))?.stamp
    if let stamp, let known = known[name], known.stamp == stamp { return known.zone }
    guard let bytes = ZoneFile.read(folder + "/" + name) else { throw .unknown(name: name) }
    let zone = try Zone(name: name, tzif: bytes)
    known[name] = stamp.map { (zone, $0) }
    return zone
  }

  /// The zone that the machine is in now: `TZ`, else `/etc/localtime`, else UTC. Each call reads it again. A
  /// link that leads nowhere is an error; the C library would take it for UTC without a word.
  package func local() throws(ZoneError) -> Zone {
    if let override {
      // As in tzset(3): an empty text is UTC, and a text that is no name may be a rule.
      let name = override.hasPrefix(":") ? String(override.dropFirst()) : override
      if name.isEmpty { return .utc }
      if let zone = Zone(posix: name), ZoneFile.read(folder + "/" + name) == nil { return zone }
      return try name.hasPrefix("/") ? file(name) : zone(named: name)
    }
    return try (try? FileStatus.find(localLink)) == nil ? .utc : file(localLink)
  }

  /// The zone of a file, named after the place in the zone folder that it links to.
  private func file(_ path: String) throws(ZoneError) -> Zone {
    guard let bytes = ZoneFile.read(path) else { throw .unknown(name: path) }
    return try Zone(name: ZoneFile.target(of: path, in: folder) ?? path, tzif: bytes)
  }

  /// A relative path of plain names: nothing that leaves the folder, nothing hidden.
  private static func isName(_ name: String) -> Bool {
    guard (1...128).contains(name.utf8.count) else { return false }
    return name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty && part.first != "." && part.utf8.allSatisfy(isNameByte)
    }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "+"):
      true
    default: false
    }
  }
}
