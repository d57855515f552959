import Dispatch
package import Glibc

/// A program that a test started. It is ended, and waited for, when its last owner releases it, or earlier.
package final class ChildProcess {
  package let pid: pid_t
  private var status: Int32?

  /// Starts a program, by its path or found in `PATH`.
  /// - Parameters:
  ///   - environment: the whole environment; nothing is inherited.
  ///   - descriptors: the child's descriptors 3, 4, ….
  ///   - output: the descriptor for standard output; nil means `/dev/null`. `errors` likewise.
  package init(
    _ program: String, _ arguments: [String] = [], environment: [String: String],
    input: Int32? = nil, output: Int32? = nil, errors: Int32? = nil, descriptors: [Int32] = []
  ) throws(RigError) {
    pid = try spawn(
      program, arguments, environment: environment, input: input, output: output, errors: errors,
      descriptors: descriptors)
  }

  isolated deinit {
    end()
  }

  /// True while it runs or has not been waited for.
  package var isRunning: Bool { status == nil && !reap(WNOHANG) }

  package func signal(_ number: Int32) {
    if status == nil { Glibc.kill(pid, number) }
  }

  /// Kills it, as a crash would, and waits until it is gone.
  package func kill() {
    signal(SIGKILL)
    _ = reap(0)
  }

  /// Asks it to end, waits for that, and kills it after five seconds. Returns `exitStatus`.
  @discardableResult
  package func end() -> Int32 {
    signal(SIGTERM)
    for _ in 0..<5000 {
      if reap(WNOHANG) { return exitStatus }
      usleep(1000)
    }
    kill()
    return exitStatus
  }

  /// Its exit status; 128 and the signal's number if a signal ended it, as in a shell; -1 while it runs.
  package var exitStatus: Int32 {
    guard let status else { return -1 }
    let signal = status & 0x7f
    return signal == 0 ? (status >> 8) & 0xff : 128 + signal
  }

  /// True if it has ended.
  private func reap(_ options: Int32) -> Bool {
    guard self.status == nil else { return true }
    var status: Int32 = 0
    guard waitpid(pid, &status, options) == pid else { return false }
    self.status = status
    return true
  }
}

/// The output of a program, and its exit status.
nonisolated package struct Output: Sendable {
  /// As `ChildProcess.exitStatus`.
  package let status: Int32
  package let output: String
  package let errors: String
}

extension ChildProcess {
  /// Runs a program to its end without blocking the main queue. If `errors` is given, standard error goes
  /// there and not into the output.
  nonisolated package static func run(
    _ program: String, _ arguments: [String] = [], environment: [String: String], input: String = "",
    errors descriptor: Int32? = nil, descriptors: [Int32] = []
  ) async throws -> Output {
    let output = try Pipe()
    let errors = try Pipe()
    let words = try Pipe()
    let child = try await MainActor.run {
      try ChildProcess(
        program, arguments, environment: environment, input: words.reading, output: output.writing,
        errors: descriptor ?? errors.writing, descriptors: descriptors)
    }
    for end in [output.writing, errors.writing, words.reading] { close(end) }
    async let said = readToEnd(output.reading)
    async let complained = readToEnd(errors.reading)
    await write(input, to: words.writing)
    let texts = (await said, await complained)
    return await MainActor.run {
      _ = child.reap(0)
      return Output(status: child.exitStatus, output: texts.0, errors: texts.1)
    }
  }

  nonisolated private static func readToEnd(_ descriptor: Int32) async -> String {
    await onThread {
      defer { close(descriptor) }
      return String(decoding: Pipe.readAll(descriptor), as: UTF8.self)
    }
  }

  nonisolated private static func write(_ text: String, to descriptor: Int32) async {
    await onThread {
      let bytes = Array(text.utf8)
      // A program may end without reading its input.
      _ = bytes.isEmpty ? 0 : Glibc.write(descriptor, bytes, bytes.count)
      close(descriptor)
    }
  }

  nonisolated private static func onThread<Value: Sendable>(
    _ work: @escaping @Sendable () -> Value
  ) async -> Value {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(returning: work()) }
    }
  }
}
