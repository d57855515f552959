import FoundationEssentials
import Fuzzing
import Varlink

/// Values in messages: equal to Foundation's, which also accepts texts that are no JSON (`{"a":1,}`), and the
/// same after they are written and read again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzMessages(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let text = Array(UnsafeBufferPointer(start: start, count: count))
  // Bytes that are no UTF-8 are refused earlier.
  guard (try? UTF8Span(validating: text.span)) != nil else { return 0 }
  guard let value = try? JSONCoding.decode(JSONValue.self, from: text) else { return 0 }
  let theirs = try? JSONDecoder().decode(JSONValue.self, from: Data(text))
  // Foundation reads some large fractions as integers.
  let isPlain = text.allSatisfy { ![UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains($0) }
  check(theirs == value || !isPlain, "it was read as \(value), and is \(theirs.map { "\($0)" } ?? "no JSON")")
  guard let again = try? JSONCoding.encode(value) else {
    check(false, "\(value) cannot be written")
    return 0
  }
  // A whole number is written the same whether or not it was read as an integer.
  let read = try? JSONCoding.decode(JSONValue.self, from: again)
  check(read.flatMap { try? JSONCoding.encode($0) } == again, "\(value) was written and is another")
  return 0
}
