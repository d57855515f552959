import Control
import Glibc
import Settings

/// What every command is told, and how it answers. Without a word about either on the command line it is the
/// usual one.
struct Invocation {
  var json = false
  var noColor = false
  var socket: String?

  var paths: Paths { Paths(environment: { getenv($0).map { String(cString: $0) } }, user: getuid()) }

  /// The decks, guides and presets: the user's own and those that came with the program.
  var library: Library {
    Library(environment: { getenv($0).map { String(cString: $0) } }, executable: Library.executable)
  }

  var daemon: DaemonClient { DaemonClient(socket: socket ?? paths.socket) }

  /// Prints a command's answer: as JSON, or as text for people.
  func print(_ value: some Encodable, text: (Style) -> String) throws {
    if json { return Terminal.write(try JSON.text(of: value) + "\n") }
    print(text: text)
  }

  /// How text for people looks here.
  var style: Style { Style(isColored: !noColor && Terminal.wantsColor, columns: Terminal.columns) }

  /// Prints text for people.
  func print(text: (Style) -> String) {
    let style = style
    let text = text(style)
    let isWhole = text.isEmpty || text.utf8.last == UInt8(ascii: "\n")
    Terminal.tell(isWhole ? text : text + "\n", colored: style.isColored)
  }
}
