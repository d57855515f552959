/// Everything of a request but its parameters, and where those are: enough to find who can decode them.
///
/// As with sd-varlink, a member that no request has or one that comes twice, `more` together with `oneway`,
/// and `upgrade` make it no request. A flag that is false is as good as one that is absent.
struct RequestHead {
  let method: String
  let more: Bool
  let oneway: Bool
  let parameters: RequestParameters

  private enum Member: String {
    case method, parameters, more, oneway, upgrade
  }

  /// Checks and reads a message that a framer handed out.
  init(message: [UInt8]) throws(WireError) {
    try Wire.check(message)
    let places = try Self.places(in: message)
    guard let method = places[.method] else { throw .badMember(name: Member.method.rawValue) }
    self.method = try Self.read(.method, in: message, at: method) { (reader) throws(JSONReader.Malformed) in
      try reader.string()
    }
    more = try Self.flag(.more, in: message, places)
    oneway = try Self.flag(.oneway, in: message, places)
    guard !more || !oneway else { throw .moreOneway }
    guard try !Self.flag(.upgrade, in: message, places) else { throw .upgrade }
    parameters = try RequestParameters(of: message, at: places[.parameters])
  }

  /// Where the value of each member begins; what is null is as good as absent.
  private static func places(in message: [UInt8]) throws(WireError) -> [Member: Int] {
    var members: [(name: String, place: Int)] = []
    do throws(JSONReader.Malformed) {
      var reader = JSONReader(message)
      try reader.object { (name, reader) throws(JSONReader.Malformed) in
        members.append((name, reader.position))
        try reader.skip()
      }
      try reader.end()
    } catch { throw .notJSON }
    var places: [Member: Int] = [:]
    for (name, place) in members {
      guard let member = Member(rawValue: name) else { throw .unknownMember }
      guard places.updateValue(place, forKey: member) == nil else { throw .repeatedMember(name: name) }
    }
    return places.filter { _, place in
      var reader = JSONReader(message, at: place)
      return !reader.null()
    }
  }

  private static func flag(
    _ member: Member, in message: [UInt8], _ places: [Member: Int]
  ) throws(WireError) -> Bool {
    guard let place = places[member] else { return false }
    return try read(member, in: message, at: place) { (reader) throws(JSONReader.Malformed) in
      try reader.boolean()
    }
  }

  private static func read<Value>(
    _ member: Member, in message: [UInt8], at place: Int,
    _ body: (inout JSONReader) throws(JSONReader.Malformed) -> Value
  ) throws(WireError) -> Value {
    var reader = JSONReader(message, at: place)
    do throws(JSONReader.Malformed) { return try body(&reader) } catch {
      throw .badMember(name: member.rawValue)
    }
  }
}
