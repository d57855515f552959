import Files
import Rituals
import Varlink

/// The place in a guide where two people left off, for the next time: a file with mode 0600, because it says
/// what they talk about.
struct GuideProgress: Codable {
  var step: Int
  /// The time at which it was written, in seconds of Unix time.
  var at: Int64
  /// The microseconds that are left of each step's time, by the step's index.
  var left: [Int: Int64]
  var prompts: [Int: [String]]
  /// The number of the guide's steps. With another number the guide is another one.
  var steps: Int

  /// The most seconds until it is taken up: after a day it is another conversation.
  private static let longest: Int64 = 86_400
  /// The most bytes of a file: a guide has few steps.
  private static let largest = 1 << 18

  init(_ walk: GuideWalk, at now: Int64) {
    step = walk.position
    at = now
    left = walk.left
    prompts = walk.prompts
    steps = walk.guide.steps.count
  }

  /// The walk that was left off; nil where there is none to take up.
  static func load(_ guide: Guide, from path: String, now: Int64) -> GuideWalk? {
    let (folder, name) = Self.place(path)
    guard let bytes = try? PrivateFolder(folder).read(name, upTo: largest),
      let progress = try? JSONCoding.decode(GuideProgress.self, from: bytes),
      progress.steps == guide.steps.count, (0...longest).contains(now - progress.at), progress.step > 0
    else { return nil }
    return GuideWalk(guide, position: progress.step, left: progress.left, prompts: progress.prompts)
  }

  /// Writes the file. Where that fails, the next walk begins at the first step; nothing else is lost.
  func save(to path: String) {
    guard let bytes = try? JSONCoding.encode(self) else { return }
    // The daemon makes the folder above; without a daemon it may be missing.
    let (folder, name) = Self.place(path)
    try? PrivateFolder(folder, isMade: true).write(name, bytes)
  }

  static func remove(_ path: String) {
    let (folder, name) = place(path)
    try? PrivateFolder(folder).remove(name)
  }

  private static func place(_ path: String) -> (folder: String, name: String) {
    let slash = path.lastIndex(of: "/") ?? path.startIndex
    return (String(path[..<slash]), String(path[slash...].dropFirst()))
  }
}
