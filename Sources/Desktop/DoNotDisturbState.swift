/// The state of the desktop's "do not disturb", as its notification server reports it.
nonisolated package enum DoNotDisturbState: Hashable, Sendable {
  /// The state cannot be known; the reason is a clause for people.
  case unknown(String)
  /// The server shows notifications as usual.
  case off
  /// The user does not want to be disturbed, says this server, such as `dunst`.
  case on(by: String)
}
