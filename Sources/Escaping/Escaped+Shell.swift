extension Escaped {
  /// One word for a shell, in quotes, which expands to these bytes and to nothing else. Words without
  /// dangerous scalars are for every shell of POSIX.1-2017; `$'…'`, which others need, is for bash, zsh and
  /// POSIX.1-2024.
  package static func shellWord(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0.danger != nil }) else {
      return "'" + scalars(text) { $0 == "'" ? "'\\''" : nil } + "'"
    }
    let escaped = scalars(text) { scalar in
      if scalar == "'" || scalar == "\\" { return "\\" + String(scalar) }
      // Three digits in octal end by themselves; digits behind \x might be taken for more of it.
      return scalar.danger == nil
        ? nil
        : UTF8.encode(scalar)?.map { byte in
          let digits = String(byte, radix: 8)
          return "\\" + String(repeating: "0", count: 3 - digits.utf8.count) + digits
        }.joined()
    }
    return "$'\(escaped)'"
  }
}
