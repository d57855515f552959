internal import CLinux
internal import Files
internal import Glibc

/// A Unix socket that listens: one passed in by the service manager, or one made here.
///
/// Beside the socket `control.sock` lies `control.sock.lock`, locked (flock(2)) by the process that serves it
/// for as long as it lives, so that of several that start at once one wins, and a socket file that was left
/// behind can be replaced without a race. The lock file is never removed.
package struct ListeningSocket: ~Copyable {
  let descriptor: Descriptor
  /// Where the socket lies; nil for one that was passed in without a path.
  package let path: String?

  private let lock: Lock?
  /// The file that was made here, to be removed in the end; nil where the socket was passed in.
  private let file: FileIdentity?

  /// Takes over a listening socket that the service manager passed in (sd_listen_fds(3)).
  ///
  /// - Throws: `notASocket` for anything but a listening stream Unix socket, `inUse` when another process
  ///   serves the same path.
  package init(inherited raw: Int32) throws(ListeningSocketError) {
    let descriptor = Descriptor(owning: raw)
    guard Self.option(SO_ACCEPTCONN, of: raw) == 1, Self.option(SO_DOMAIN, of: raw) == AF_UNIX,
      Self.option(SO_TYPE, of: raw) == Int32(SOCK_STREAM.rawValue)
    else { throw .notASocket(path: "file descriptor \(raw)") }
    let path = SocketAddress.path(of: raw)
    let lock: Lock?
    if let path {
      lock = try Self.lock(path)
    } else {
      lock = nil
    }
    _ = fcntl(raw, F_SETFD, FD_CLOEXEC)
    _ = fcntl(raw, F_SETFL, fcntl(raw, F_GETFL) | O_NONBLOCK)
    self.descriptor = descriptor
    self.path = path
    self.lock = lock
    file = nil
  }

  /// Makes a socket at `path`, mode 0600, in a folder that is made with mode 0700 when it is not there.
  ///
  /// A socket that nobody listens on any more is replaced; anything else at `path` is left as it is.
  package init(at path: String) throws(ListeningSocketError) {
    guard let address = SocketAddress(path: path) else {
      throw .badPath(path: path, length: path.utf8.count, limit: SocketAddress.pathLimit)
    }
    try Self.prepareFolder(of: path)
    let lock = try Self.lock(path)
    try Self.removeStale(path, address)

    let raw = ritual_unix_socket(1)
    guard raw >= 0 else { throw .failed(operation: "make a socket for", path: path, errno: errno) }
    let descriptor = Descriptor(owning: raw)
    // The mode of an unbound socket is the mode of the file that bind makes, less the umask: there is no
    // moment at which others could connect.
    guard fchmod(raw, 0o600) == 0 else {
      throw .failed(operation: "set the mode of", path: path, errno: errno)
    }
    let number = address.bind(raw)
    guard number == 0 else { throw .failed(operation: "bind", path: path, errno: number) }
    let file = FileIdentity(of: path, followingLinks: false)
    guard chmod(path, 0o600) == 0, Glibc.listen(raw, 128) == 0 else {
      let number = errno
      unlink(path)
      throw .failed(operation: "listen on", path: path, errno: number)
    }
    self.descriptor = descriptor
    self.path = path
    self.lock = consume lock
    self.file = file
  }

  /// Takes the lock beside a path, or says who has it.
  private static func lock(_ path: String) throws(ListeningSocketError) -> Lock {
    do throws(Lock.Failure) {
      return try Lock(besides: path)
    } catch {
      switch error {
      case .locked(let holder): throw .inUse(path: path, process: holder)
      case .failed(let number):
        throw .failed(operation: "lock", path: Lock.path(besides: path), errno: number)
      }
    }
  }

  /// Removes the socket file, when it is still the one that was made here. The lock stays.
  func removeFile() {
    guard let path, let file, FileIdentity(of: path, followingLinks: false) == file else { return }
    unlink(path)
  }

  deinit {
    removeFile()
  }

  private static func option(_ name: Int32, of socket: Int32) -> Int32? {
    var value: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    return getsockopt(socket, SOL_SOCKET, name, &value, &length) == 0 ? value : nil
  }

  /// Makes the folder that the socket lies in; one that others may write in is refused, as they could put
  /// their own socket in this one's place.
  private static func prepareFolder(of path: String) throws(ListeningSocketError) {
    let folder = Folders.parent(of: path)
    if mkdir(folder, 0o700) != 0, errno != EEXIST {
      throw .failed(operation: "make", path: folder, errno: errno)
    }
    switch SocketFolder.finding(at: folder) {
    case .own: break
    case .shared: throw .sharedFolder(path: folder)
    case .failed(ENOTDIR): throw .failed(operation: "make", path: folder, errno: ENOTDIR)
    case .failed(let number): throw .failed(operation: "look at", path: folder, errno: number)
    }
  }

  /// Removes a socket that nobody listens on. The lock is held, so nobody else does the same.
  private static func removeStale(_ path: String, _ address: SocketAddress) throws(ListeningSocketError) {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      guard errno == ENOENT else { throw .failed(operation: "look at", path: path, errno: errno) }
      return
    }
    guard status.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket(path: path) }
    let raw = ritual_unix_socket(1)
    guard raw >= 0 else { throw .failed(operation: "make a socket for", path: path, errno: errno) }
    let probe = Descriptor(owning: raw)
    switch address.connect(probe.raw) {
    case ECONNREFUSED, ENOENT: break
    case 0, EAGAIN:
      throw .inUse(path: path, process: PeerCredentials(of: probe.raw)?.process)
    case let number: throw .failed(operation: "connect to", path: path, errno: number)
    }
    guard unlink(path) == 0 || errno == ENOENT else {
      throw .failed(operation: "remove the stale", path: path, errno: errno)
    }
  }
}
