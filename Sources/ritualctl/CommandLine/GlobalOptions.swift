import ArgumentParser
import Control
import Settings
import Varlink

/// The options of every command, and how a command answers under them.
struct GlobalOptions: ParsableArguments {
  @Flag(help: "Print one JSON value, for scripts.")
  var json = false

  @Flag(help: "Print without colour; so does NO_COLOR in the environment.")
  var noColor = false

  @Option(
    help: ArgumentHelp("The daemon's socket, if it isn't the usual one.", valueName: "path"),
    completion: .file())
  var socket: String?

  var daemon: DaemonClient { DaemonClient(socket: socket ?? UserFolders.paths.socket) }

  /// The style of text for people: colours and width, as standard output has them.
  var style: Style { Style(isColored: !noColor && Terminal.wantsColor, columns: Terminal.columns) }

  /// Prints a reply of the daemon's: its JSON as it came, or its value as text for people.
  func print<Value>(_ reply: DaemonReply<Value>, text: (Value, Style) throws -> String) throws {
    if json { return Terminal.write(JSONLine.text(reply.json.bytes)) }
    let value = try reply.value
    try print { style in try text(value, style) }
  }

  /// Prints an answer that ritualctl made itself: as JSON, or as text for people.
  func print(_ value: some Encodable, text: (Style) throws -> String) throws {
    if json { return Terminal.write(try JSONLine.text(of: value)) }
    try print(text: text)
  }

  /// Prints text for people.
  func print(text: (Style) throws -> String) rethrows {
    let style = style
    let text = try text(style)
    let isWhole = text.isEmpty || text.utf8.last == UInt8(ascii: "\n")
    Terminal.tell(isWhole ? text : text + "\n", colored: style.isColored)
  }
}
