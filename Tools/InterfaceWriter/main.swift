// Writes an interface file as Swift: `make interface`.

import FoundationEssentials
import Glibc
import InterfaceLanguage

func fail(_ message: String) -> Never {
  let line = message + "\n"
  write(STDERR_FILENO, line, line.utf8.count)
  exit(1)
}

let arguments = CommandLine.arguments
guard arguments.count == 3 else { fail("usage: InterfaceWriter INTERFACE FOLDER") }
let (path, folder) = (URL(filePath: arguments[1]), URL(filePath: arguments[2]))
do {
  let definition = try InterfaceDefinition(parsing: String(contentsOf: path, encoding: .utf8))
  let writer = SwiftWriter(definition, from: path.lastPathComponent, command: "make interface")
  for file in try writer.files() {
    try file.text.write(to: folder.appending(path: file.name), atomically: true, encoding: .utf8)
  }
} catch {
  fail("\(arguments[1]): \(error)")
}
