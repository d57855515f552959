/// A request without its parameters, and the place of those: enough to find the method that decodes them.
///
/// As in sd-varlink, an unknown or repeated member, `more` together with `oneway`, and `upgrade` are refused.
/// A flag that is false counts as absent.
struct RequestHead {
  let method: String
  let more: Bool
  let oneway: Bool
  let parameters: RequestParameters

  private enum Member: String {
    case method, parameters, more, oneway, upgrade
  }

  /// Checks and reads a message from a framer.
  init(message: [UInt8]) throws(WireError) {
    let index = try Wire.index(of: message)
    let values = try Self.values(in: index)
    guard let method = try Self.read(.method, of: values, in: index, as: String.self) else {
      throw .badMember(name: Member.method.rawValue)
    }
    self.method = method
    more = try Self.read(.more, of: values, in: index, as: Bool.self) ?? false
    oneway = try Self.read(.oneway, of: values, in: index, as: Bool.self) ?? false
    guard !more || !oneway else { throw .moreOneway }
    guard try Self.read(.upgrade, of: values, in: index, as: Bool.self) != true else { throw .upgrade }
    parameters = try RequestParameters(values[.parameters], in: index)
  }

  /// The value of each member; null counts as absent.
  private static func values(in index: JSONIndex) throws(WireError) -> [Member: Int] {
    var values: [Member: Int] = [:]
    for (name, value) in index.members(of: 0) {
      let name = index.name(name)
      guard let member = Member(rawValue: name) else { throw .unknownMember }
      guard values.updateValue(value, forKey: member) == nil else { throw .repeatedMember(name: name) }
    }
    return values.filter { !index.isNull($0.value) }
  }

  private static func read<Value: Decodable>(
    _ member: Member, of values: [Member: Int], in index: JSONIndex, as type: Value.Type
  ) throws(WireError) -> Value? {
    guard let value = values[member] else { return nil }
    do {
      return try Value(from: MessageDecoder(index, value, .root, nil, rules: nil))
    } catch { throw .badMember(name: member.rawValue) }
  }
}
