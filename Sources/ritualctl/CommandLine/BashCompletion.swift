/// The parser's completion script for bash, changed so that it runs nothing of the words that it offers.
enum BashCompletion {
  private static let head = """
    __ritualctl_add_completions() {
        local completion

    """

  /// Compares words as they are. `compgen -W` would expand them as bash expands a line, and run `$(…)` in one
  /// of them. Words with characters that no word of ritualctl has are left out: where words may be names of
  /// files, readline looks whether they are folders, and expands `${a:=$(…)}` for that.
  private static let comparison = #"""
        if [[ "${1}" = -W ]]; then
            while IFS='' read -r completion; do
                [[ -z "${completion}" || "${completion}" = *[!A-Za-z0-9_+/-]* ]] && continue
                [[ "${completion}" = "${cur}"* ]] && COMPREPLY+=("${completion}")
            done <<<"${2}"
            return
        fi

    """#

  /// The changed script; nil where `text` is no script for bash.
  static func expandingNothing(_ text: String) -> String? {
    guard let range = text.firstRange(of: head) else { return nil }
    var text = text
    text.insert(contentsOf: comparison, at: range.upperBound)
    return text
  }
}
