import Desktop
import Dispatch
import Glibc

// Runs code that depends on a process's environment: each argument is one action.
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
      print(socket.descriptor, socket.name)
    }
  case "watch":
    // The first letters of the file in the folder, and the reason for polling, at the start and at each
    // change.
    let folder = getenv("WATCHED").map { String(cString: $0) } ?? ""
    let watch = FileWatch(
      files: [], folders: [.init(folder, suffix: ".txt")], debounce: .milliseconds(20),
      interval: .milliseconds(100))
    watch.onChange = { tell(watch, of: folder) }
    tell(watch, of: folder)
    dispatchMain()
  default: exit(64)
  }
}

func tell(_ watch: FileWatch, of folder: String) {
  var text = [UInt8](repeating: 0, count: 20)
  let file = open(folder + "/file.txt", O_RDONLY | O_CLOEXEC)
  let count = file < 0 ? 0 : read(file, &text, text.count)
  if file >= 0 { close(file) }
  print(
    String(decoding: text.prefix(max(0, count)), as: UTF8.self), watch.refusal ?? "watched", separator: "|")
  fflush(nil)
}
