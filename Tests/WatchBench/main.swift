import CivilTime
import Control
import DesktopRig
import Dispatch
import Glibc
import Varlink

// Measures how long a call waits at a service that sends a watcher 10,000 events a second, beside one that
// sends none. `WatchBench PATH RITUALCTL`: the path of its socket, and the program that watches.

let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count == 2 else {
  print("Usage: WatchBench PATH RITUALCTL")
  exit(EX_USAGE)
}
let bench = try WatchBench(path: arguments[0], watcher: arguments[1])
withExtendedLifetime(bench) { dispatchMain() }
