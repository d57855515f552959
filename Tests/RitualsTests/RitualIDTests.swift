import Rituals
import Testing

@Suite("Ids that are made of titles")
struct RitualIDTests {
  @Test(
    "Latin letters lose their diacritics, and words are cut whole",
    arguments: [
      ("Goodbye kiss", "goodbye-kiss"), ("Küssen", "kussen"),
      ("Überraschung für Zoë", "uberraschung-fur-zoe"),
      ("GROẞE Straße", "grosse-strasse"), ("Æbleskiver på Øen", "aebleskiver-pa-oen"), ("Łódź", "lodz"),
      ("Œuvre à nous", "oeuvre-a-nous"), ("İstanbul'da çay", "istanbul-da-cay"),
      ("Þökk, ástin", "thokk-astin"),
      ("Nụ hôn buổi sáng", "nu-hon-buoi-sang"), ("Sărut țara", "sarut-tara"), ("Đak ŉ ſ", "dak-n-s"),
      // The letter and its dots are separate, as in file names of macOS.
      ("Ku\u{308}ssen e\u{301}", "kussen-e"),
      ("100 % of us", "100-of-us"), ("-- a_b --", "a-b"), ("День", ""), ("抱擁 2", "2"), ("❤️", ""), ("", ""),
      ("Ⅷ ﬁ", ""),
      // 32 letters, and one more.
      ("abcdefghijklmnop abcdefghijklmno", "abcdefghijklmnop-abcdefghijklmno"),
      ("abcdefghijklmnop abcdefghijklmnop", "abcdefghijklmnop"),
      // No later word fills the room that a longer word left.
      ("abcdefghijklmnop abcdefghijklmnop a", "abcdefghijklmnop"),
      ("abcdefghijklmnopqrstuvwxyz0123456789", "abcdefghijklmnopqrstuvwxyz012345"),
    ])
  func titles(title: String, key: String) {
    #expect(RitualID.key(of: title) == key)
    #expect(key.isEmpty || RitualID(key) != nil)
  }

  @Test("Every title of Unicode's letters gives an id or nothing")
  func all() {
    for value in 0..<0x3000 as Range<UInt32> {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let key = RitualID.key(of: "a \(scalar)b")
      #expect(RitualID(key) != nil && key.hasPrefix("a"), "U+\(String(value, radix: 16))")
    }
  }
}
