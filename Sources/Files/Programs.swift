import Glibc

/// Programs by their names.
package enum Programs {
  /// The path of a program that this process may start; nil where there is none.
  /// - Parameters:
  ///   - name: one with a slash in it is a path.
  ///   - search: folders with colons between, as in `PATH` (environ(7)).
  package static func path(of name: String, in search: String = "") -> String? {
    let paths = name.contains("/") ? [name] : search.split(separator: ":").map { "\($0)/\(name)" }
    return paths.first { access($0, X_OK) == 0 }
  }
}
