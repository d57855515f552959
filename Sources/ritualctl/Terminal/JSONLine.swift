import Escaping
import Varlink

/// JSON for scripts: keys in a stable order, one line a value, and dangerous scalars as escapes.
enum JSON {
  static func text(of value: some Encodable) throws -> String {
    let members = try JSONCoding.decode(JSONValue.self, from: JSONCoding.encode(value))
    return Escaped.json(String(decoding: try JSONCoding.encode(members), as: UTF8.self))
  }
}
