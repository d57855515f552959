/// Prints the measurements beside their targets.
struct Table {
  static let expressionTarget = (average: 400.0, most: 1500.0)
  static let ruleTarget = 350.0
  static let bytesTarget = 1024

  private(set) var lines: [String] = []
  private var calendars: [(row: Row, measurement: Measurement)] = []

  init() {
    lines.append(
      Self.line(
        "ns from one occurrence to the next",
        ["ours", "systemd", "libical", "dateutil", "ratio", "blocks", "bytes", ""]))
  }

  mutating func add(_ row: Row, _ measurement: Measurement) {
    if row.kind == .calendar { calendars.append((row, measurement)) }
    let name = row.kind == .far ? "\(row.name), from \(row.year)" : row.name
    let ratio = measurement.ours.flatMap { ours in measurement.peers.min().map { $0 / ours } }
    lines.append(
      Self.line(
        name,
        [measurement.ours, measurement.systemd, measurement.libical, measurement.dateutil].map(Self.number)
          + [
            ratio.map(Self.ratio) ?? "-", Self.blocks(measurement),
            measurement.bytes > 0 ? "\(measurement.bytes)" : "-",
          ]
          + [Self.verdict(row, measurement)]))
  }

  mutating func finish() {
    let ours = calendars.compactMap(\.measurement.ours)
    guard !ours.isEmpty else { return }
    let average = ours.reduce(0, +) / Double(ours.count)
    let systemd = calendars.compactMap(\.measurement.systemd)
    let theirs = systemd.isEmpty ? nil : systemd.reduce(0, +) / Double(systemd.count)
    lines.append(
      Self.line(
        "calendar expressions, average",
        [
          Self.number(average), Self.number(theirs), "", "", theirs.map { Self.ratio($0 / average) } ?? "-",
          "",
          average <= Self.expressionTarget.average ? "ok" : "MISSED",
        ]))
  }

  private static func verdict(_ row: Row, _ measurement: Measurement) -> String {
    guard let ours = measurement.ours else { return "not understood" }
    var faults: [String] = []
    let most = row.kind == .rule ? ruleTarget : expressionTarget.most
    if row.kind != .far, ours > most { faults.append("above \(Int(most)) ns") }
    if let best = measurement.peers.min(), ours > best { faults.append("slower than a peer") }
    let (near, far) = measurement.allocations
    if near + far > 0 { faults.append("allocates") }
    if measurement.bytes >= bytesTarget { faults.append("\(bytesTarget) bytes or more") }
    if !measurement.isAgreed { faults.append("systemd ended elsewhere") }
    return faults.isEmpty ? "ok" : "MISSED: " + faults.joined(separator: ", ")
  }

  /// Heap blocks of a step, from 2026 and from 2045.
  private static func blocks(_ measurement: Measurement) -> String {
    guard measurement.ours != nil else { return "-" }
    let (near, far) = measurement.allocations
    return "\(Double(near / 1000) / 10)/\(Double(far / 1000) / 10)"
  }

  private static func number(_ value: Double?) -> String { value.map { "\(Int($0.rounded()))" } ?? "-" }
  private static func ratio(_ value: Double) -> String {
    value < 10 ? "\((value * 10).rounded() / 10)x" : "\(Int(value.rounded()))x"
  }

  private static func line(_ name: String, _ cells: [String]) -> String {
    var line = name + String(repeating: " ", count: max(1, 46 - name.utf8.count))
    for cell in cells.dropLast() { line += String(repeating: " ", count: max(1, 9 - cell.utf8.count)) + cell }
    return line + "  " + (cells.last ?? "")
  }
}
