import Control
import Desktop
import Settings

/// The files whose changes the daemon is told of: those of the configuration, and the machine's zone.
final class WatchedFiles {
  /// Something in them has changed.
  var onChange: () -> Void = {}

  private let watches: [FileWatch]

  /// Watches from now on: what is read after this and changes again is told of.
  init(_ paths: Paths, _ content: Content) {
    let folder = paths.configuration
    let own = content.library.folders.prefix(1).flatMap { ["\($0)/decks", "\($0)/guides"] }
    watches = [
      FileWatch(
        files: [folder + "/ritual.toml"],
        folders: ([folder + "/ritual.d"] + own).map { .init($0, suffix: ".toml") }),
      // Where the machine's zone has new rules, others may have them too.
      FileWatch(files: ["/etc/localtime"]),
    ]
    for watch in watches { watch.onChange = { [weak self] in self?.onChange() } }
  }

  /// The reason why changes of some are not told of, a clause for people; nil where all are.
  var refusal: String? { watches.lazy.compactMap(\.refusal).first }
}
