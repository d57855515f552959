import Control
import Glibc
import Settings

/// The folders and files of this user, as the environment names them.
enum UserFolders {
  static var paths: Paths { Paths(environment: variable, user: getuid()) }

  /// The decks, guides and presets: the user's own, and those that came with the program.
  static var library: Library { Library(environment: variable, executable: Library.executable) }

  private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
