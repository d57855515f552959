import Control
import Desktop
import Settings

/// The files whose changes make the daemon reload: those of the configuration, and the machine's zone.
final class WatchedFiles {
  /// Called after a change.
  var onChange: () -> Void = {}

  private let watches: [FileWatch]

  /// Begins to watch. Changes from now on are reported.
  init(_ paths: Paths, _ content: ContentReader) {
    let folder = paths.configuration
    let own = content.library.folders.prefix(1).flatMap { ["\($0)/decks", "\($0)/guides"] }
    watches = [
      FileWatch(
        files: [folder + "/ritual.toml"],
        folders: ([folder + "/ritual.d"] + own).map { .init($0, suffix: ".toml") }),
      // An update of the machine's zone may bring new rules for other zones, too.
      FileWatch(files: ["/etc/localtime"]),
    ]
    for watch in watches { watch.onChange = { [weak self] in self?.onChange() } }
  }

  /// The reason why some changes are not reported, a clause for people; nil if all are.
  var refusal: String? { watches.lazy.compactMap(\.refusal).first }
}
