import Files
import Glibc

/// Where GNOME keeps its settings: dconf's databases, by their files. The portal for settings is no way to them: its
/// back ends show `org.gnome.desktop.interface` and a few more, not the notifications.
package struct DconfSource {
  /// The user's folder, in which the databases of `user-db:` lines are.
  let folder: String
  /// The list of the databases to look in, one a line (dconf(7)); where it is absent, it is `user-db:user` alone.
  let profile: String
  /// The databases of `system-db:` lines.
  let systemFolder: String

  /// Those of this user on this machine, unless told otherwise.
  package init(
    folder: String = Self.userFolder, profile: String = "/etc/dconf/profile/user",
    systemFolder: String = "/etc/dconf/db"
  ) {
    self.folder = folder
    self.profile = profile
    self.systemFolder = systemFolder
  }

  /// `$XDG_CONFIG_HOME/dconf`
  package static var userFolder: String {
    let environment = { (name: String) in getenv(name).map { String(cString: $0) } ?? "" }
    let configuration = environment("XDG_CONFIG_HOME")
    return (configuration.hasPrefix("/") ? configuration : environment("HOME") + "/.config") + "/dconf"
  }

  /// The databases' files, the first one that has a key wins.
  var databases: [String] {
    guard let text = Self.read(profile) else { return ["\(folder)/user"] }
    return String(decoding: text, as: UTF8.self).split(separator: "\n").compactMap { line in
      let entry = line.prefix { $0 != "#" && $0 != " " }
      if entry.hasPrefix("user-db:") { return "\(folder)/\(entry.dropFirst(8))" }
      if entry.hasPrefix("system-db:") { return "\(systemFolder)/\(entry.dropFirst(10))" }
      return nil
    }
  }

  /// The value of a key in the first database that has it; nil where none does.
  func flag(_ key: String) -> Bool? {
    for database in databases {
      if let bytes = Self.read(database), let flag = Gvdb(bytes)?.flag(key) { return flag }
    }
    return nil
  }

  /// In bytes: no database has as many.
  private static let largest = 16 << 20

  /// All of a file; nil where there is none, and where it is too large.
  private static func read(_ path: String) -> [UInt8]? {
    guard let bytes = try? FileContents(of: path, upTo: largest).bytes else { return nil }
    return bytes.count <= largest ? bytes : nil
  }
}
