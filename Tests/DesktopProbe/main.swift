import Desktop
import Glibc

// What depends on a process's environment is tried in a process of its own: each argument is one thing to do.
let services = ServiceManager()
for task in CommandLine.arguments.dropFirst() {
  switch task {
  case "ready": try services.ready(status: "Next: 22:15\nSTOPPING=1")
  case "report": try services.report(status: "well")
  case "reloading": try services.reloading()
  case "stopping": try services.stopping()
  case "watchdog": try services.feedWatchdog()
  case "present": print(services.isPresent)
  case "interval": print(services.watchdogInterval.map { "\($0)" } ?? "none")
  case "stderr": print(SystemJournal.isStandardError)
  case "journal":
    try SystemJournal().write("one\ntwo\u{0}three", priority: .warning, fields: ["RITUAL": "kiss"])
  case "sockets":
    for socket in try ActivatedSocket.handedOver() {
      print(socket.descriptor, socket.name, socket.isListeningUnixStream)
    }
  default: exit(64)
  }
}
