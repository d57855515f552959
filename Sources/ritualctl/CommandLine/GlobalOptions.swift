import ArgumentParser
import Control
import Glibc
import Settings

/// What every command takes.
struct GlobalOptions: ParsableArguments {
  @Flag(help: "Print one JSON value, for scripts.")
  var json = false

  @Flag(help: "Print without colour; so does NO_COLOR in the environment.")
  var noColor = false

  @Option(
    help: ArgumentHelp("The daemon's socket, where it is not the usual one.", valueName: "path"),
    completion: .file())
  var socket: String?

  var invocation: Invocation { Invocation(json: json, noColor: noColor, socket: socket) }

  var paths: Paths { Invocation().paths }

  var library: Library { Invocation().library }

  var daemon: DaemonClient { invocation.daemon }

  /// Prints a command's answer: as JSON, or as text for people.
  func print(_ value: some Encodable, text: (Style) -> String) throws {
    try invocation.print(value, text: text)
  }

  /// How text for people looks here.
  var style: Style { invocation.style }

  /// Prints text for people.
  func print(text: (Style) -> String) { invocation.print(text: text) }
}
