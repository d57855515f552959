// Compares the search for next occurrences with that of other programs.
//   ScheduleBench --rules      prints the rules for a peer that runs elsewhere: name, DTSTART and RRULE with
//   tabs
//   ScheduleBench < figures    prints the table; figures are that peer's lines: DTSTART, RRULE and
//   nanoseconds
import CivilTime
import SchedulePeers
import SystemZones

if CommandLine.arguments.dropFirst() == ["--rules"] {
  for row in Row.all { print("\(row.start)\t\(row.rule)") }
} else {
  let zoneName = "Europe/Berlin"
  peers_set_zone(zoneName)
  let zones = SystemZones()
  let walker = Walker(zone: try zones.zone(named: zoneName), zones: zones)
  var dateutil: [String: Double] = [:]
  while let line = readLine() {
    let parts = line.split(separator: "\t")
    if parts.count == 3, let time = Double(parts[2]) { dateutil["\(parts[0])\t\(parts[1])"] = time }
  }
  print(
    "Next occurrences in \(zoneName), from 2026-11-27. libical and dateutil iterate on a wall clock without a zone."
  )
  if !peers_open_systemd() { print("systemd's library is not there") }
  if !peers_open_libical() { print("libical 3 is not there, or its header was not") }
  if dateutil.isEmpty { print("python-dateutil is not there") }
  print("blocks: taken from the heap in a step, from 2026 and from 2045; bytes: of the parsed text.")
  var table = Table()
  for row in Row.all {
    table.add(row, walker.measure(row, dateutil: dateutil["\(row.start)\t\(row.rule)"]))
  }
  table.finish()
  print("")
  for line in table.lines { print(line) }
  print("")
  print(
    "Targets: expressions \(Int(Table.expressionTarget.average)) ns on average, none above",
    "\(Int(Table.expressionTarget.most)); rules \(Int(Table.ruleTarget)); none slower than a peer;",
    "nothing allocated on the way; parsed, under \(Table.bytesTarget) bytes")
}
