import Control
import Varlink

/// What `list` shows of a ritual for people, read from the daemon's reply as it comes.
struct ListLine {
  private(set) var id = ""
  private(set) var title = ""
  private(set) var schedule: [String] = []
  private(set) var isEnabled = true
  private(set) var next: Moment?
  private(set) var state = ""

  /// All of them in the reply of `List`.
  static func all(_ reply: inout JSONReader) throws(JSONReader.Malformed) -> [ListLine] {
    var lines: [ListLine] = []
    try reply.object { (name, reader) throws(JSONReader.Malformed) in
      guard name == "rituals" else { return try reader.skip() }
      try reader.array { (reader) throws(JSONReader.Malformed) in lines.append(try ListLine(&reader)) }
    }
    return lines
  }

  private init(_ ritual: inout JSONReader) throws(JSONReader.Malformed) {
    try ritual.object { (name, reader) throws(JSONReader.Malformed) in
      switch name {
      case "id": id = try reader.string()
      case "title": title = try reader.string()
      case "schedule":
        try reader.array { (reader) throws(JSONReader.Malformed) in schedule.append(try reader.string()) }
      case "state": state = try reader.string()
      case "enabled": isEnabled = try reader.boolean()
      case "next" where !reader.null(): next = try Moment(&reader)
      case "next": break
      default: try reader.skip()
      }
    }
  }
}
