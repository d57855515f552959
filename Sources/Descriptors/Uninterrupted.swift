import Glibc

/// Makes a system call, and makes it again for as long as a signal interrupts it (EINTR, signal(7)).
/// - Returns: the result of the call; where that is -1, `errno` is not EINTR.
package func uninterrupted<Result: SignedInteger>(_ call: () -> Result) -> Result {
  while true {
    let result = call()
    if result != -1 || errno != EINTR { return result }
  }
}
