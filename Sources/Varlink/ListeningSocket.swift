internal import Descriptors
internal import Files
internal import Glibc

/// A listening Unix socket: inherited from the service manager or created here.
///
/// Beside the socket `control.sock` is a file `control.sock.lock`, which the serving process locks (flock(2))
/// for its lifetime. So one of several starting processes wins, and a socket file that a dead process left
/// can be replaced without a race. The lock file is never removed.
package struct ListeningSocket: ~Copyable {
  let descriptor: Descriptor
  /// The path of the socket; nil for an inherited one without a path.
  package let path: String?

  private let lock: LockFile?
  /// The file that was created here and is removed at the end; nil for an inherited socket.
  private let file: FileIdentity?

  /// Takes over a listening socket that the service manager passed (sd_listen_fds(3)).
  ///
  /// - Throws: `notASocket` for anything but a listening stream Unix socket, `inUse` if another process
  ///   serves the same path.
  package init(inherited raw: Int32) throws(ListeningSocketError) {
    let descriptor = Descriptor(owning: raw)
    guard Self.option(SO_ACCEPTCONN, of: raw) == 1, Self.option(SO_DOMAIN, of: raw) == AF_UNIX,
      Self.option(SO_TYPE, of: raw) == Int32(SOCK_STREAM.rawValue)
    else { throw .notASocket(path: "file descriptor \(raw)") }
    let path = SocketAddress(of: raw)?.path
    let lock: LockFile?
    if let path {
      lock = try Self.lock(path)
    } else {
      lock = nil
    }
    _ = fcntl(raw, F_SETFD, FD_CLOEXEC)
    Descriptor.stopBlocking(raw)
    self.descriptor = descriptor
    self.path = path
    self.lock = lock
    file = nil
  }

  /// Creates a socket at `path` with mode 0600, and its folder with mode 0700 if it is missing.
  ///
  /// It replaces a socket without a listener, and leaves anything else at `path` as it is.
  package init(at path: String) throws(ListeningSocketError) {
    guard let address = SocketAddress(path: path) else {
      throw .badPath(path: path, length: path.utf8.count, limit: SocketAddress.longest)
    }
    try Self.prepareFolder(of: path)
    let lock = try Self.lock(path)
    try Self.removeStale(path, address)

    descriptor = try Self.socket(listeningAt: address, path)
    file = (try? FileStatus.find(path))?.identity
    self.path = path
    self.lock = consume lock
  }

  private static func socket(
    listeningAt address: SocketAddress, _ path: String
  ) throws(ListeningSocketError) -> Descriptor {
    let socket = try socket(bindingTo: address, path)
    guard chmod(path, 0o600) == 0, Glibc.listen(socket.raw, 128) == 0 else {
      let error = ErrorNumber.last
      try? Folders.removeName(path)
      throw .failed(operation: "listen on", path: path, reason: "\(error)")
    }
    return socket
  }

  private static func socket(
    bindingTo address: SocketAddress, _ path: String
  ) throws(ListeningSocketError) -> Descriptor {
    do throws(ErrorNumber) {
      let descriptor = try SocketAddress.socket(waits: false)
      // bind creates the file with the mode of the unbound socket, less the umask: other users can connect at
      // no moment.
      guard fchmod(descriptor.raw, 0o600) == 0 else { throw .last }
      try address.bind(descriptor.raw)
      return descriptor
    } catch {
      throw .failed(operation: "create the socket", path: path, reason: "\(error)")
    }
  }

  /// Takes the lock beside a path; throws with its holder if it is taken.
  private static func lock(_ path: String) throws(ListeningSocketError) -> LockFile {
    do throws(LockFile.Failure) {
      return try LockFile(path + ".lock")
    } catch {
      switch error {
      case .taken(let process): throw .inUse(path: path, process: process)
      case .failed(let error): throw .failed("lock", error)
      }
    }
  }

  /// Removes the socket file if it is still the one that was created here. The lock file stays.
  func removeFile() {
    guard let path, let file, (try? FileStatus.find(path))?.identity == file else {
      return
    }
    try? Folders.removeName(path)
  }

  deinit {
    removeFile()
  }

  private static func option(_ name: Int32, of socket: Int32) -> Int32? {
    var value: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    return getsockopt(socket, SOL_SOCKET, name, &value, &length) == 0 ? value : nil
  }

  /// Creates the socket's folder. A folder that other users may write in is refused, since they could replace
  /// the socket.
  private static func prepareFolder(of path: String) throws(ListeningSocketError) {
    let folder = Folders.parent(of: path)
    do throws(FileError) {
      try Folders.make(folder, makingParents: false)
    } catch {
      throw .failed("make", error)
    }
    switch SocketFolder.check(folder) {
    case .own: break
    case .shared: throw .sharedFolder(path: folder)
    case .failed(let error): throw .failed(operation: "look at", path: folder, reason: "\(error)")
    }
  }

  /// Removes a socket without a listener. The lock is held, so no other process does the same.
  private static func removeStale(_ path: String, _ address: SocketAddress) throws(ListeningSocketError) {
    let status: FileStatus?
    do throws(FileError) { status = try FileStatus.find(path) } catch { throw .failed("look at", error) }
    guard let status else { return }
    guard status.kind == .socket else { throw .notASocket(path: path) }
    try checkIsUnserved(path, address)
    do throws(FileError) {
      try Folders.removeName(path)
    } catch {
      if !error.isMissing { throw .failed("remove the stale", error) }
    }
  }

  /// Throws where a process listens at a path.
  private static func checkIsUnserved(
    _ path: String, _ address: SocketAddress
  ) throws(ListeningSocketError) {
    let process: Int32?
    do throws(ErrorNumber) {
      let probe = try address.connect(waits: false)
      process = PeerCredentials(of: probe.raw)?.process
    } catch {
      switch error.code {
      case ECONNREFUSED, ENOENT: return
      // The queue of the process that listens is full.
      case EAGAIN: process = nil
      default: throw .failed(operation: "connect to", path: path, reason: "\(error)")
      }
    }
    throw .inUse(path: path, process: process)
  }
}

extension ListeningSocketError {
  fileprivate static func failed(_ operation: String, _ error: FileError) -> ListeningSocketError {
    .failed(operation: operation, path: error.path, reason: error.reason)
  }
}
