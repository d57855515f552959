import ArgumentParser
import Escaping

/// The formats that status bars read.
enum BarFormat: String, ExpressibleByArgument, CaseIterable {
  case plain, waybar, i3blocks

  /// What is printed, its line ends included. `isFollowing`: one of many.
  func text(_ bar: Bar, isFollowing: Bool) throws -> String {
    switch self {
    case .plain: return Escaped.bar(bar.text) + "\n"
    case .waybar: return try JSON.text(of: Waybar(bar)) + "\n"
    case .i3blocks:
      if isFollowing { return try JSON.text(of: I3Blocks(bar)) + "\n" }
      return [bar.text, bar.short, bar.color].compactMap(\.self).joined(separator: "\n") + "\n"
    }
  }

  /// waybar-custom(5), "return-type: json"; texts are Pango markup there.
  private struct Waybar: Encodable {
    let text, alt, tooltip: String
    let kind: String

    enum CodingKeys: String, CodingKey {
      case text, alt, tooltip
      case kind = "class"
    }

    init(_ bar: Bar) {
      text = Escaped.markup(bar.text)
      tooltip = Escaped.markup(bar.tooltip.joined(separator: "\n"))
      alt = bar.kind.rawValue
      kind = bar.kind.rawValue
    }
  }

  /// i3blocks(1), "format=json".
  private struct I3Blocks: Encodable {
    let fullText, shortText: String
    let color: String?

    enum CodingKeys: String, CodingKey {
      case fullText = "full_text"
      case shortText = "short_text"
      case color
    }

    init(_ bar: Bar) {
      (fullText, shortText, color) = (bar.text, bar.short, bar.color)
    }
  }
}

extension Bar {
  /// What wants an answer is bright, what rests is dim; all else has the bar's own colour.
  fileprivate var color: String? {
    switch kind {
    case .due, .waiting: "#ffcc66"
    case .held, .snoozed, .paused: "#888888"
    case .soon, .next, .none, .off: nil
    }
  }
}
