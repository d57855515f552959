import Glibc

let daemon = Launch.daemon(CommandLine.arguments.dropFirst())
daemon.run()
