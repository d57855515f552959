import Files
import Glibc

/// A desktop's settings in the files of dconf's databases, which GNOME, Budgie and Cinnamon use. The settings
/// portal does not show them: its back ends have `org.gnome.desktop.interface` and a few more, but not the
/// notifications.
package struct DconfSource {
  /// The user's folder, with the databases of `user-db:` lines.
  let folder: String
  /// The file that lists the databases, one a line (dconf(7)); without it the only database is
  /// `user-db:user`.
  let profile: String
  /// The folder of the databases of `system-db:` lines.
  let systemFolder: String

  /// The defaults are this user's databases on this machine.
  package init(
    folder: String = Self.userFolder, profile: String = "/etc/dconf/profile/user",
    systemFolder: String = "/etc/dconf/db"
  ) {
    self.folder = folder
    self.profile = profile
    self.systemFolder = systemFolder
  }

  /// `$XDG_CONFIG_HOME/dconf`
  package static var userFolder: String { userConfiguration + "/dconf" }

  /// `$XDG_CONFIG_HOME`
  package static var userConfiguration: String {
    let environment = { (name: String) in getenv(name).map { String(cString: $0) } ?? "" }
    let configuration = environment("XDG_CONFIG_HOME")
    return configuration.hasPrefix("/") ? configuration : environment("HOME") + "/.config"
  }

  /// The database files; the first one that has a key wins.
  var databases: [String] {
    guard let text = Self.read(profile) else { return ["\(folder)/user"] }
    return String(decoding: text, as: UTF8.self).split(separator: "\n").compactMap { line in
      let entry = line.prefix { $0 != "#" && $0 != " " }
      if entry.hasPrefix("user-db:") { return "\(folder)/\(entry.dropFirst(8))" }
      if entry.hasPrefix("system-db:") { return "\(systemFolder)/\(entry.dropFirst(10))" }
      return nil
    }
  }

  /// The value of a key in the first database that has it; nil if none does.
  func flag(_ key: String) -> Bool? {
    for database in databases {
      if let bytes = Self.read(database), let flag = Gvdb(bytes)?.flag(key) { return flag }
    }
    return nil
  }

  /// In bytes: no database has as many.
  private static let largest = 16 << 20

  /// The contents of a file; nil if it cannot be read, or is too large.
  private static func read(_ path: String) -> [UInt8]? {
    guard let bytes = try? FileContents(of: path, upTo: largest).bytes else { return nil }
    return bytes.count <= largest ? bytes : nil
  }
}
