extension Escaped {
  /// Words of one line for a status bar that shows what a program prints: a blank is put into `%{`, with
  /// which polybar and lemonbar begin a command for a click, and into `#[`, `#{` and `#(`, which are tmux's.
  /// Neither of these has an escape that the others would not show. What becomes of dangerous scalars is as
  /// in `terminal`.
  package static func bar(_ text: String) -> String {
    var previous: Unicode.Scalar?
    return scalars(terminal(text)) { scalar in
      defer { previous = scalar }
      let begins = previous == "%" ? scalar == "{" : previous == "#" && "[{(".unicodeScalars.contains(scalar)
      return begins ? " " + String(scalar) : nil
    }
  }
}
