import Varlink

/// A method that a client has to call, in this order.
struct Step: Sendable {
  enum Kind: Sendable { case once, more, oneway }

  let name: String
  let kind: Kind
  /// The reply, which is also the parameter of the next step.
  let reply: Values

  init(_ name: String, _ reply: Values, _ kind: Kind = .once) {
    self.name = name
    self.kind = kind
    self.reply = reply
  }

  /// The steps after `Start`.
  static let all = [
    Step("Test01", Values(bool: true)),
    Step("Test02", Values(int: 1)),
    Step("Test03", Values(float: 1)),
    Step("Test04", Values(string: "ping")),
    Step("Test05", Values(bool: false, int: 2, float: .pi, string: "a lot of string")),
    Step(
      "Test06",
      Values(struct: Values.Basics(bool: false, int: 2, float: .pi, string: "a lot of string"))),
    Step("Test07", Values(map: ["foo": "Foo", "bar": "Bar"])),
    Step(
      "Test08", Values(set: ["one": NoParameters(), "two": NoParameters(), "three": NoParameters()])),
    Step("Test09", Values(mytype: .sample)),
    Step("Test10", Values(lastMoreReplies: (1...10).map { "Reply number \($0)" }), .more),
    Step("Test11", Values(), .oneway),
    Step("End", Values(allOK: true)),
  ]
}

extension MyType {
  static let sample = MyType(
    object: [
      "method": "org.varlink.certification.Test09", "parameters": ["map": ["foo": "Foo", "bar": "Bar"]],
    ],
    enum: .two, struct: Pair(first: 1, second: "2"), array: ["one", "two", "three"],
    dictionary: ["foo": "Foo", "bar": "Bar"],
    stringset: ["one": NoParameters(), "two": NoParameters(), "three": NoParameters()],
    interface: Interface(
      foo: [nil, ["foo": .foo, "bar": .bar], nil, ["one": .foo, "two": .bar]],
      anon: Interface.Anonymous(foo: true, bar: false)))
}
