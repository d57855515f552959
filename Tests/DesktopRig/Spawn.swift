import Glibc

/// posix_spawn(3), inheriting only the named descriptors, and what an instrumented program needs.
nonisolated func spawn(
  _ program: String, _ arguments: [String], environment: [String: String], input: Int32?, output: Int32?,
  errors: Int32?, descriptors: [Int32]
) throws(RigError) -> pid_t {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  // The copies move above the target numbers first, so that none is overwritten before its turn.
  let wanted = [input, output, errors] + descriptors
  let spares = max(255, wanted.compactMap(\.self).max() ?? 0) + 1
  for (number, descriptor) in wanted.enumerated() {
    let spare = spares + Int32(number)
    if let descriptor {
      posix_spawn_file_actions_adddup2(&actions, descriptor, spare)
    } else {
      posix_spawn_file_actions_addopen(&actions, spare, "/dev/null", O_RDWR, 0)
    }
  }
  for number in wanted.indices {
    posix_spawn_file_actions_adddup2(&actions, spares + Int32(number), Int32(number))
  }
  // This also closes what the test runner was started with; closing a closed descriptor is no error here.
  for number in wanted.count..<Int(spares) + wanted.count {
    posix_spawn_file_actions_addclose(&actions, Int32(number))
  }

  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  // Threads of Dispatch block signals; a child that inherited that could not be ended.
  var none = sigset_t()
  sigemptyset(&none)
  var all = sigset_t()
  sigfillset(&all)
  posix_spawnattr_setsigmask(&attributes, &none)
  posix_spawnattr_setsigdefault(&attributes, &all)
  posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

  let words = ([program] + arguments).map { strdup($0) } + [nil]
  let variables =
    environment.merging(instrumentation) { $1 }.map { strdup("\($0.key)=\($0.value)") } + [nil]
  defer { (words + variables).forEach { free($0) } }
  var pid: pid_t = 0
  let result = posix_spawnp(&pid, program, &actions, &attributes, words, variables)
  guard result == 0 else { throw .failed("start \(program)", code: result) }
  return pid
}

/// The path of a program in `PATH`, or the error that names its Debian package.
nonisolated package func find(_ program: String, package: String) throws(RigError) -> String {
  for folder in searchPath.split(separator: ":") where access("\(folder)/\(program)", X_OK) == 0 {
    return "\(folder)/\(program)"
  }
  throw .missing(program: program, package: package)
}

/// The folders that are searched for programs.
nonisolated package var searchPath: String {
  getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
}

/// The path of a program of this package: it is beside the tests' own.
nonisolated package func built(_ product: String) throws(RigError) -> String {
  var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
  let count = readlink("/proc/self/exe", &buffer, buffer.count)
  guard count > 0 else { throw .failed("find the folder of the build", code: errno) }
  let own = String(decoding: buffer[..<count], as: UTF8.self)
  let path = (own.split(separator: "/").dropLast() + [Substring(product)]).reduce(into: "") { $0 += "/" + $1 }
  guard access(path, X_OK) == 0 else { throw .failed("find \(path)", code: errno) }
  return path
}

/// The variables of this process that instrumented programs read (`make sanitize`, `make coverage`).
nonisolated private var instrumentation: [String: String] {
  ["ASAN_OPTIONS", "TSAN_OPTIONS", "LLVM_PROFILE_FILE"].reduce(into: [:]) { options, name in
    options[name] = getenv(name).map { String(cString: $0) }
  }
}

/// True in a build with a sanitizer, of this and of the programs beside it: they use memory differently.
nonisolated package let isSanitized: Bool = {
  guard let program = dlopen(nil, RTLD_NOW) else { return false }
  defer { dlclose(program) }
  return dlsym(program, "__tsan_init") != nil || dlsym(program, "__asan_init") != nil
}()
