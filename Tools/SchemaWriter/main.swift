// Writes the schemas of the TOML files for editors: `make schema`.

import FoundationEssentials
import Glibc
import SchemaLanguage

let arguments = CommandLine.arguments
guard arguments.count == 2 else {
  let usage = "usage: SchemaWriter FOLDER\n"
  write(STDERR_FILENO, usage, usage.utf8.count)
  exit(64)
}
let folder = URL(filePath: arguments[1])
for schema in Schema.all {
  try schema.text.write(to: folder.appending(path: schema.name), atomically: true, encoding: .utf8)
}
