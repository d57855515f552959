/// The reason why a Unicode scalar of a user's words must not reach a screen, a file or another program as it
/// is.
///
/// This is the one table of such scalars. An escaper decides what becomes of them: it leaves them out, or
/// writes a space, U+FFFD or an escape. No escaper decides which scalars they are.
///
/// Some invisible scalars are not in the table, because people's words need them and they only change how
/// their neighbours look:
/// - U+200D ZERO WIDTH JOINER (emoji of couples and families, scripts of India) and U+200C ZERO WIDTH
///   NON-JOINER (Persian);
/// - variation selectors (a red heart is U+2764 U+FE0F, and Japanese names have others), U+034F, U+00AD, and
///   the fillers and selectors of Hangul, Khmer and Mongolian.
///
/// Scalars of private use are not in it, because fonts of icons have them, and neither are most unassigned
/// ones, because next year's emoji are among them.
///
/// Tags (U+E0000 to U+E007F) are in it: they spell invisible ASCII. The flags of England, Scotland and Wales
/// have tags, and become a black flag where tags are left out. U+200B is in it, too: Khmer has it between
/// words, and a text without it only breaks its lines elsewhere.
package enum Danger: Hashable, Sendable {
  /// C0 without the ends of lines, DEL, and C1: a terminal obeys them. The tab is one of them.
  case control
  /// Ends of lines and paragraphs: line feed to carriage return, U+0085, U+2028 and U+2029.
  case lineEnd
  /// Embeddings, overrides and isolates, which change the direction of all that follows (UAX #9).
  case direction
  /// Scalars that are drawn as nothing: marks of direction, zero widths, annotations, tags, and the places
  /// that Unicode reserves for more of them (Default_Ignorable_Code_Point).
  case invisible
  /// Noncharacters (The Unicode Standard 16.0, 23.7). sd-bus refuses a message that has one.
  case noncharacter
}

extension Unicode.Scalar {
  /// The scalar's row in the table of dangerous scalars; nil where it may stand as it is.
  package var danger: Danger? {
    switch value {
    case 0x20..<0x7f: nil
    case 0x0a...0x0d, 0x85, 0x2028, 0x2029: .lineEnd
    case 0..<0x20, 0x7f..<0xa0: .control
    case 0xa0..<0x61c: nil
    case 0x202a...0x202e, 0x2066...0x2069: .direction
    // Marks of direction, the zero-width space, and the word joiner, which was U+FEFF before.
    case 0x61c, 0x200e, 0x200f, 0x200b, 0x2060, 0xfeff: .invisible
    // Invisible operators, formats that Unicode advises against, and annotations.
    case 0x2061...0x2065, 0x206a...0x206f, 0xfff0...0xfffb: .invisible
    // Formats of shorthand and of music.
    case 0x1bca0...0x1bca3, 0x1d173...0x1d17a: .invisible
    // The plane of tags, without the variation selectors in it.
    case 0xe0000..<0xe0100, 0xe01f0..<0xe1000: .invisible
    case 0xfdd0...0xfdef: .noncharacter
    case _ where value & 0xfffe == 0xfffe: .noncharacter
    default: nil
    }
  }

  /// True if the scalar ends a line or a terminal obeys it: such a scalar has no place in a text of one line.
  package var isLineBreakOrControl: Bool { danger == .lineEnd || danger == .control }
}
