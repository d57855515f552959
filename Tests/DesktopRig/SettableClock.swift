import Glibc

/// A wall clock for the programs that a test starts: Linux cannot set a clock for some processes alone. It is
/// a C library that the programs are preloaded with (Tests/SettableClock), compiled here.
package final class SettableClock {
  /// The environment of a program that follows it.
  package let environment: [String: String]
  /// The time that it is ahead of the machine's clock.
  package private(set) var offset = Duration.zero

  private let file: String
  private let setter: String

  /// Creates it in a folder; it shows the machine's time.
  package init(in folder: TemporaryFolder) async throws {
    let preloaded = folder.path("settable-clock.so")
    setter = folder.path("set-clock")
    file = folder.path("clock")
    environment = ["LD_PRELOAD": preloaded, "SETTABLE_CLOCK": file]
    let compiler = try find("cc", package: "gcc")
    let sources = "\(Repository.root)/Tests/SettableClock"
    for words in [
      ["-fPIC", "-shared", "\(sources)/preload.c", "-o", preloaded], ["\(sources)/set.c", "-o", setter],
    ] {
      try await Self.run(compiler, ["-O1", "-Wall", "-Wextra", "-Werror"] + words)
    }
  }

  /// Its time in seconds since the epoch.
  package var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9 + offset / .seconds(1)
  }

  /// Sets it to several offsets from the machine's clock, one after the other.
  package func set(_ offsets: [Duration], every pause: Duration = .zero) async throws {
    guard let last = offsets.last else { return }
    let pause = "\(Int(pause / .microseconds(1)))"
    try await Self.run(setter, [file, pause] + offsets.map { "\(Int64($0 / .nanoseconds(1)))" })
    offset = last
  }

  /// Sets it to a time, in seconds since the epoch.
  package func show(_ time: Double) async throws {
    let step = Duration.seconds(time - now)
    try await set([offset + step])
  }

  /// Makes timers that watch the clock fail with an errno whenever they are armed; 0 ends that.
  package func failTimers(_ code: Int32) async throws {
    try await Self.run(setter, [file, "fail", "\(code)"])
  }

  private static func run(_ program: String, _ words: [String]) async throws {
    let output = try await ChildProcess.run(program, words, environment: ["PATH": searchPath])
    guard output.status == 0 else { throw RigError.waitedInVain("\(program): \(output.errors)") }
  }
}
