import ArgumentParser
import Escaping

/// A format that a status bar reads.
enum BarFormat: String, ExpressibleByArgument, CaseIterable {
  case plain, waybar, i3blocks

  /// The text to print, with its line ends.
  ///
  /// - Parameter isFollowing: whether more texts follow this one.
  func text(_ bar: BarLine, isFollowing: Bool) throws -> String {
    switch self {
    case .plain: return Escaped.bar(bar.text) + "\n"
    case .waybar: return try JSONLine.text(of: Waybar(bar))
    case .i3blocks:
      if isFollowing { return try JSONLine.text(of: I3Blocks(bar)) }
      return [bar.text, bar.short, bar.color].compactMap(\.self).joined(separator: "\n") + "\n"
    }
  }

  /// A line for waybar (waybar-custom(5), "return-type: json"). Its texts are Pango markup.
  private struct Waybar: Encodable {
    let text, alt, tooltip: String
    let kind: String

    enum CodingKeys: String, CodingKey {
      case text, alt, tooltip
      case kind = "class"
    }

    init(_ bar: BarLine) {
      text = Escaped.markup(bar.text)
      tooltip = Escaped.markup(bar.tooltip.joined(separator: "\n"))
      alt = bar.kind.rawValue
      kind = bar.kind.rawValue
    }
  }

  /// A line for i3blocks (i3blocks(1), "format=json").
  private struct I3Blocks: Encodable {
    let fullText, shortText: String
    let color: String?

    enum CodingKeys: String, CodingKey {
      case fullText = "full_text"
      case shortText = "short_text"
      case color
    }

    init(_ bar: BarLine) {
      (fullText, shortText, color) = (bar.text, bar.short, bar.color)
    }
  }
}

extension BarLine {
  /// The colour of the text: bright where an answer is wanted, dim while reminders rest, else the bar's own.
  fileprivate var color: String? {
    switch kind {
    case .due, .waiting: "#ffcc66"
    case .held, .snoozed, .paused: "#888888"
    case .soon, .next, .none, .off: nil
    }
  }
}
