import Varlink

/// The parameters and replies of all methods of `org.varlink.certification`: each has some of these, and the
/// client passes a reply on to the next method.
struct Values: Codable, Equatable, Sendable {
  var clientID: String?
  var bool: Bool?
  var int: Int?
  var float: Double?
  var string: String?
  var `struct`: Basics?
  var map: [String: String]?
  var set: [String: NoParameters]?
  var mytype: MyType?
  var lastMoreReplies: [String]?
  var allOK: Bool?

  enum CodingKeys: String, CodingKey {
    case clientID = "client_id"
    case lastMoreReplies = "last_more_replies"
    case allOK = "all_ok"
    case bool, int, float, string, `struct`, map, set, mytype
  }

  struct Basics: Codable, Equatable, Sendable {
    var bool: Bool
    var int: Int
    var float: Double
    var string: String
  }
}

/// `MyType` of the interface: a field of every kind.
struct MyType: Codable, Equatable, Sendable {
  var object: JSONValue
  var `enum`: Choice
  var `struct`: Pair
  var array: [String]
  var dictionary: [String: String]
  var stringset: [String: NoParameters]
  var nullable: String?
  var nullableArrayStruct: [Pair]?
  var interface: Interface

  enum CodingKeys: String, CodingKey {
    case object, `enum`, `struct`, array, dictionary, stringset, nullable, interface
    case nullableArrayStruct = "nullable_array_struct"
  }

  enum Choice: String, Codable { case one, two, three }

  struct Pair: Codable, Equatable, Sendable {
    var first: Int
    var second: String
  }

  struct Interface: Codable, Equatable, Sendable {
    enum Choice: String, Codable { case foo, bar, baz }
    struct Anonymous: Codable, Equatable, Sendable {
      var foo: Bool
      var bar: Bool
    }

    var foo: [[String: Choice]?]?
    var anon: Anonymous
  }
}
