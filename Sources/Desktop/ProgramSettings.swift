import Glibc

/// The desktop's settings for the notifications of one program, where they are in files: of GNOME Shell,
/// Budgie, Cinnamon and Plasma. Their servers take what they do not show, and do not say so.
package final class ProgramSettings {
  /// The parts that the user has switched off for this program.
  struct State: Hashable {
    /// Nothing is shown at all.
    var isOff = false
    /// The desktop's list has it, and it never comes to the screen by itself.
    var isListOnly = false
  }

  var onChange: () -> Void = {}
  private(set) var state = State()

  private let desktopEntry: String
  private let folders: Folders
  private var source: Source?
  private var watch: FileWatch?

  /// The folders that have the settings.
  package struct Folders {
    let dconf: DconfSource
    /// Folders of configuration files: what is in the first one wins.
    let configuration: [String]

    /// The defaults are this user's folders, and then the machine's (`XDG_CONFIG_DIRS`).
    package init(dconf: DconfSource = DconfSource(), configuration: [String]? = nil) {
      self.dconf = dconf
      let folders = getenv("XDG_CONFIG_DIRS").map { String(cString: $0) } ?? ""
      let machine = (folders.isEmpty ? "/etc/xdg" : folders).split(separator: ":").map(String.init)
      self.configuration = configuration ?? [DconfSource.userConfiguration] + machine
    }
  }

  init(of desktopEntry: String, in folders: Folders) {
    self.desktopEntry = desktopEntry
    self.folders = folders
  }

  /// Follows the settings that a server goes by; nil means that there is none. `state` is right at once.
  func follow(_ server: ServerInformation?) {
    source = server.flatMap { Source(of: $0) }
    watch = nil
    if let files = source?.files(in: folders) {
      watch = FileWatch(files: files)
      watch?.onChange = { [weak self] in self?.read() }
    }
    state = current
  }

  private func read() {
    let now = current
    guard now != state else { return }
    state = now
    onChange()
  }

  private var current: State { source?.state(of: desktopEntry, in: folders) ?? State() }

  private enum Source {
    /// `NotificationApplicationPolicy` in GNOME Shell's messageTray.js; Budgie reads the same keys.
    case gnome
    /// `_isAppEnabled` in Cinnamon's messageTray.js, 6.4 and later.
    case cinnamon
    /// `Settings::applicationBehavior` in plasma-workspace's libnotificationmanager.
    case plasma

    init?(of server: ServerInformation) {
      switch server.name {
      case "gnome-shell", ServerInformation.budgie: self = .gnome
      case "cinnamon": self = .cinnamon
      case "Plasma": self = .plasma
      default: return nil
      }
    }

    func files(in folders: Folders) -> [String] {
      switch self {
      case .gnome, .cinnamon: folders.dconf.databases
      case .plasma: folders.configuration.map { $0 + "/plasmanotifyrc" }
      }
    }

    func state(of desktopEntry: String, in folders: Folders) -> State {
      // A setting that was never changed is on, in all of them.
      switch self {
      case .gnome:
        let path = "/org/gnome/desktop/notifications/application/\(Self.folder(of: desktopEntry))/"
        return State(
          isOff: folders.dconf.flag(path + "enable") == false,
          isListOnly: folders.dconf.flag(path + "show-banners") == false)
      case .cinnamon:
        let path = "/org/cinnamon/desktop/notifications/application/\(Self.folder(of: desktopEntry))/"
        return State(isOff: folders.dconf.flag(path + "enabled") == false)
      case .plasma:
        let files = files(in: folders).compactMap { KConfigFile(at: $0) }
        let isOff = { (key: String) in
          files.lazy.compactMap { $0.flag(key, in: ["Applications", desktopEntry]) }.first == false
        }
        let isOffScreen = isOff("ShowPopups")
        return State(isOff: isOffScreen && isOff("ShowInHistory"), isListOnly: isOffScreen)
      }
    }

    /// A program's name in the path of a key: small letters, digits, and single hyphens for all else.
    private static func folder(of desktopEntry: String) -> String {
      desktopEntry.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        .joined(separator: "-")
    }
  }
}
