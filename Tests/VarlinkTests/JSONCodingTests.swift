import FoundationEssentials
import SimulationRig
import Testing
import Varlink

/// The results equal those of Foundation's coders, which are too large for the programs.
@Suite("Types to JSON and back")
struct JSONCodingTests {
  struct Leaf: Codable, Hashable {
    var name: String
    var at: Double?
    var kind: Kind = .plain
  }

  enum Kind: String, Codable {
    case plain, odd
  }

  struct Tree: Codable, Hashable {
    var leaf: Leaf?
    var leaves: [Leaf] = []
    var byName: [String: [Int]] = [:]
    var byNumber: [Int: Bool] = [:]
    var rows: [[Double]] = []
    var maybe: [String?] = []
    var small: Int8 = 0
    var large: UInt64 = 0
    var ratio: Float = 0
    var none: Nothing = Nothing()
    var any: JSONValue = nil
  }

  struct Nothing: Codable, Hashable {}

  private static func tree(_ seed: UInt64) -> Tree {
    var random = SeededGenerator(seed: seed)
    func leaf() -> Leaf {
      let scalars = (0..<Int.random(in: 0...12, using: &random)).compactMap { _ in
        Unicode.Scalar(UInt32.random(in: 0...(Bool.random(using: &random) ? 0x7f : 0x1f9ff), using: &random))
      }
      return Leaf(
        name: String(String.UnicodeScalarView(scalars)),
        at: Bool.random(using: &random)
          ? nil : Double(bitPattern: .random(in: 0 ... .max >> 2, using: &random)),
        kind: Bool.random(using: &random) ? .plain : .odd)
    }
    var tree = Tree()
    if Bool.random(using: &random) { tree.leaf = leaf() }
    for place in 0..<Int.random(in: 0...40, using: &random) {
      tree.leaves.append(leaf())
      tree.byName["\(leaf().name)\(place)"] = (0..<place % 4).map { _ in
        .random(in: .min ... .max, using: &random)
      }
      tree.byNumber[place] = Bool.random(using: &random)
      tree.rows.append((0..<place % 3).map { _ in .random(in: -1e6...1e6, using: &random) })
      tree.maybe.append(place % 2 == 0 ? nil : "\(place)")
    }
    tree.small = .random(in: .min ... .max, using: &random)
    tree.large = .random(in: 0 ... .max, using: &random)
    tree.ratio = .random(in: -1...1, using: &random)
    tree.any = ["a": [1, 2.5, nil, true, "x"], "b": [:], "c": []]
    return tree
  }

  @Test(
    "What one has written, the other one reads, and both read the same",
    arguments: 1...40 as ClosedRange<UInt64>)
  func alike(seed: UInt64) throws {
    let tree = Self.tree(seed)
    let ours = try JSONCoding.encode(tree)
    #expect(try JSONDecoder().decode(Tree.self, from: Data(ours)) == tree, "seed \(seed)")
    let theirs = try JSONEncoder().encode(tree)
    #expect(try JSONCoding.decode(Tree.self, from: Array(theirs)) == tree, "seed \(seed)")
    #expect(try JSONCoding.decode(Tree.self, from: ours) == tree, "seed \(seed)")
  }

  @Test("The text is short: members in their order, no blanks, no needless digits or escapes")
  func text() throws {
    let tree = Tree(leaf: Leaf(name: "a/\"\u{7}é\n", at: 1_795_763_100), ratio: 0.5)
    #expect(
      String(decoding: try JSONCoding.encode(tree), as: UTF8.self)
        == #"{"leaf":{"name":"a/\"\u0007é\n","at":1795763100,"kind":"plain"},"leaves":[],"byName":{},"byNumber":{},"#
        + #""rows":[],"maybe":[],"small":0,"large":0,"ratio":0.5,"none":{},"any":null}"#)
    #expect(try JSONCoding.encode([[Int]]()) == Array("[]".utf8))
    #expect(try JSONCoding.encode("x") == Array(#""x""#.utf8))
  }

  @Test(
    "A number that JSON has not is refused with its place", arguments: [Double.nan, .infinity, -.infinity])
  func notFinite(number: Double) throws {
    let error = try #require(throws: EncodingError.self) {
      try JSONCoding.encode(Tree(leaves: [Leaf(name: "", at: 1), Leaf(name: "", at: number)]))
    }
    guard case .invalidValue(_, let context) = error else { return #expect(Bool(false), "\(error)") }
    #expect(context.codingPath.map(\.stringValue) == ["leaves", "Index 1", "at"])
  }

  @Test(
    "What does not fit is refused with its place",
    arguments: [
      (#"{"name": 1}"#, "name"), (#"{"at": 1}"#, "name is missing"), (#"{"name": "", "at": "1"}"#, "at"),
      (#"{"name": null}"#, "name"), (#"{"name": "", "at": 1e999}"#, "at"),
      (#"{"name": "", "kind": "x"}"#, "kind"),
      (#"[]"#, ""), (#""x""#, ""), ("{", ""), (#"{"name": ""} {}"#, ""), ("", ""),
    ])
  func refused(text: String, place: String) throws {
    let error = try #require(throws: DecodingError.self) {
      try JSONCoding.decode(Leaf.self, from: Array(text.utf8))
    }
    let found =
      switch error {
      case .keyNotFound(let key, let context):
        (context.codingPath + [key]).map(\.stringValue).joined(separator: ".") + " is missing"
      case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
        context.codingPath.map(\.stringValue).joined(separator: ".")
      @unknown default: "?"
      }
    #expect(found == place)
    #expect(throws: (any Error).self) { try JSONDecoder().decode(Leaf.self, from: Data(text.utf8)) }
  }

  @Test(
    "A whole number is an integer however it is written, and one that is too large is refused",
    arguments: [
      ("127", 127), ("-128", -128), ("1.0", 1), ("1e2", 100), ("-0", 0), ("128", nil), ("1.5", nil),
      ("1e3", nil),
    ] as [(String, Int8?)])
  func integers(text: String, number: Int8?) throws {
    #expect((try? JSONCoding.decode(Int8.self, from: Array(text.utf8))) == number)
  }

  @Test(
    "A large one stays what it is, or is refused",
    arguments: [
      ("92233720368577580.0", 92_233_720_368_577_580), ("9007199254740993", 9_007_199_254_740_993),
      ("9007199254740993e0", nil), ("9223372036854775807", .max), ("9223372036854775808", nil),
    ] as [(String, Int64?)])
  func large(text: String, number: Int64?) throws {
    #expect((try? JSONCoding.decode(Int64.self, from: Array(text.utf8))) == number)
  }

  @Test("Of members with one name the first counts, in objects of any size")
  func twice() throws {
    #expect(
      try JSONCoding.decode(Leaf.self, from: Array(#"{"name":"a","kind":"odd","name":"b"}"#.utf8)).name == "a"
    )
    let many = "{" + (0..<100).map { #""\#($0 % 50)":\#($0)"# }.joined(separator: ",") + "}"
    let decoded = try JSONCoding.decode([String: Int].self, from: Array(many.utf8))
    #expect(decoded == Dictionary(uniqueKeysWithValues: (0..<50).map { ("\($0)", $0) }))
  }

  /// A type that encodes itself by hand in all possible ways.
  struct ByHand: Codable, Hashable {
    enum Keys: String, CodingKey { case outer, list, inner, parent }

    init() {}

    init(from decoder: any Decoder) throws {
      let outer = try decoder.container(keyedBy: Keys.self)
      let inner = try outer.nestedContainer(keyedBy: Keys.self, forKey: .outer)
      #expect(try inner.decode(Int.self, forKey: .inner) == 1)
      #expect(try inner.decodeNil(forKey: .parent))
      var list = try outer.nestedUnkeyedContainer(forKey: .list)
      #expect(list.count == 4)
      #expect(try list.decodeNil())
      #expect(try list.nestedContainer(keyedBy: Keys.self).decode(Bool.self, forKey: .inner))
      var nested = try list.nestedUnkeyedContainer()
      #expect(try nested.decode(String.self) == "x" && nested.isAtEnd)
      #expect(try String(from: list.superDecoder()) == "y" && list.isAtEnd)
      #expect(throws: DecodingError.self) { try list.decode(Int.self) }
      #expect(try Int(from: outer.superDecoder(forKey: .parent)) == 2)
      #expect(try Int(from: outer.superDecoder()) == 3)
      #expect(!outer.contains(.inner) && outer.contains(.list))
    }

    func encode(to encoder: any Encoder) throws {
      var outer = encoder.container(keyedBy: Keys.self)
      var inner = outer.nestedContainer(keyedBy: Keys.self, forKey: .outer)
      try inner.encode(1, forKey: .inner)
      try inner.encodeNil(forKey: .parent)
      var list = outer.nestedUnkeyedContainer(forKey: .list)
      try list.encodeNil()
      var element = list.nestedContainer(keyedBy: Keys.self)
      try element.encode(true, forKey: .inner)
      var nested = list.nestedUnkeyedContainer()
      try nested.encode("x")
      try "y".encode(to: list.superEncoder())
      // The same container, asked for again.
      var again = encoder.container(keyedBy: Keys.self)
      try 2.encode(to: again.superEncoder(forKey: .parent))
      try 3.encode(to: again.superEncoder())
    }
  }

  @Test("Types that encode themselves by hand, too")
  func byHand() throws {
    let ours = try JSONCoding.encode([ByHand(), ByHand()])
    let once =
      #"{"outer":{"inner":1,"parent":null},"list":[null,{"inner":true},["x"],"y"],"parent":2,"super":3}"#
    #expect(String(decoding: ours, as: UTF8.self) == "[\(once),\(once)]")
    _ = try JSONCoding.decode([ByHand].self, from: ours)
  }
}
