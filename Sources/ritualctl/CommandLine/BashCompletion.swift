/// The completion script for bash, as the parser makes it, without what would run words that are only
/// offered.
enum BashCompletion {
  private static let head = """
    __ritualctl_add_completions() {
        local completion

    """

  /// `compgen -W` expands its words as bash expands a line: `$(…)` in one of them runs. Here they are
  /// compared as they are, and those with characters that no word of ritualctl's has are left out: where
  /// words may be names of files, readline looks whether they are folders, and expands `${a:=$(…)}` for that.
  private static let comparison = #"""
        if [[ "${1}" = -W ]]; then
            while IFS='' read -r completion; do
                [[ -z "${completion}" || "${completion}" = *[!A-Za-z0-9_+/-]* ]] && continue
                [[ "${completion}" = "${cur}"* ]] && COMPREPLY+=("${completion}")
            done <<<"${2}"
            return
        fi

    """#

  /// The script that expands nothing; nil where `text` is no script for bash.
  static func expandingNothing(_ text: String) -> String? {
    guard let range = text.firstRange(of: head) else { return nil }
    var text = text
    text.insert(contentsOf: comparison, at: range.upperBound)
    return text
  }
}
