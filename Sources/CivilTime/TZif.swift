/// A parser of the Time Zone Information Format (RFC 8536), versions 1 to 4, for untrusted bytes.
struct TZif {
  private(set) var times: [Int64] = []
  private(set) var after: [ZoneRules.Offset] = []
  private(set) var offsets: [ZoneRules.Offset] = []
  private(set) var footer: PosixZone?

  /// The reason why the bytes are no zone.
  struct Malformed: Error {
    let reason: String
  }

  /// The counts of a header (RFC 8536 3.1).
  private struct Header {
    let version: UInt8
    let universal, standard, leaps, transitions, types, characters: Int

    init(_ reader: inout ByteReader) throws(Malformed) {
      guard let magic = reader.take(4), magic.elementsEqual("TZif".utf8) else {
        throw Malformed(reason: "it does not begin with TZif")
      }
      guard let version = reader.number(UInt8.self), reader.take(15) != nil else {
        throw Malformed(reason: "its header is cut short")
      }
      var counts: [Int] = []
      for _ in 0..<6 {
        guard let count = reader.number(UInt32.self), count <= Self.mostCharacters else {
          throw Malformed(reason: "its header is cut short, or counts more than any zone has")
        }
        counts.append(Int(count))
      }
      self.version = version
      (universal, standard, leaps) = (counts[0], counts[1], counts[2])
      (transitions, types, characters) = (counts[3], counts[4], counts[5])
      guard (1...256).contains(types), characters > 0 else {
        throw Malformed(reason: "it has no local time type")
      }
      guard transitions <= Self.mostTransitions else {
        throw Malformed(reason: "it has more than \(Self.mostTransitions) transitions")
      }
    }

    /// The limit of the reference code (`TZ_MAX_TIMES`, tzfile.h of the tz database); real zones have some
    /// hundreds.
    static let mostTransitions = 2000
    static let mostCharacters: UInt32 = 100_000

    /// The size of the data block after the header (RFC 8536 3.2).
    func size(ofTimes bytes: Int) -> Int {
      transitions * (bytes + 1) + types * 6 + characters + leaps * (bytes + 4) + standard + universal
    }
  }

  init(_ bytes: [UInt8]) throws(Malformed) {
    var reader = ByteReader(bytes[...])
    var header = try Header(&reader)
    if header.version == 0 {
      try readData(&reader, header, Int32.self)
      return
    }
    guard reader.take(header.size(ofTimes: 4)) != nil else { throw Malformed(reason: "it is cut short") }
    header = try Header(&reader)
    try readData(&reader, header, Int64.self)
    try readFooter(reader.rest)
  }

  private mutating func readData<Time: FixedWidthInteger>(
    _ reader: inout ByteReader, _ header: Header, _: Time.Type
  ) throws(Malformed) {
    guard let block = reader.take(header.size(ofTimes: Time.bitWidth / 8)) else {
      throw Malformed(reason: "it is cut short")
    }
    var data = ByteReader(block)
    // The block has the size for all of these.
    times = (0..<header.transitions).compactMap { _ in data.number(Time.self).map { Int64($0) } }
    let indices = (0..<header.transitions).compactMap { _ in data.number(UInt8.self).map { Int($0) } }
    let types = (0..<header.types).compactMap { _ in
      data.number(Int32.self).flatMap { seconds in
        data.number(UInt8.self).flatMap { flag in data.number(UInt8.self).map { (seconds, flag, Int($0)) } }
      }
    }
    let names = Array(data.take(header.characters) ?? [])
    offsets = try types.map { type throws(Malformed) in
      guard (-93_600...93_600).contains(type.0) else {
        throw Malformed(reason: "an offset is beyond 26 hours")
      }
      guard type.2 < names.count else { throw Malformed(reason: "an abbreviation is out of range") }
      let name = names[type.2...].prefix { $0 != 0 }
      return .init(
        seconds: Int64(type.0), isDaylightSaving: type.1 != 0,
        abbreviation: String(decoding: name, as: UTF8.self))
    }
    guard zip(times, times.dropFirst()).allSatisfy(<) else {
      throw Malformed(reason: "its transitions are not in order")
    }
    // RFC 8536 (3.2) recommends a minimum of -2^59, which older files have; no zone needs a later transition
    // than 2^59.
    guard times.allSatisfy({ (-1 << 59...1 << 59).contains($0) }) else {
      throw Malformed(reason: "a transition lies beyond 2^59 seconds")
    }
    guard indices.allSatisfy({ $0 < header.types }) else {
      throw Malformed(reason: "a transition leads to a local time type that is not there")
    }
    after = indices.map { offsets[$0] }
  }

  /// Reads the `TZ` string between two newlines (RFC 8536 3.3); an empty one is no footer.
  private mutating func readFooter(_ rest: ArraySlice<UInt8>) throws(Malformed) {
    let newline = UInt8(ascii: "\n")
    guard rest.first == newline, let end = rest.dropFirst().firstIndex(of: newline) else {
      throw Malformed(reason: "its footer is missing")
    }
    let text = rest[rest.index(after: rest.startIndex)..<end]
    guard !text.isEmpty else { return }
    guard let zone = PosixZone(text) else { throw Malformed(reason: "its footer is no TZ string") }
    footer = zone
  }
}
