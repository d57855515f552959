import Glibc

let process = Launch.process(CommandLine.arguments.dropFirst())
process.run()
