import ArgumentParser
import CivilTime
import Glibc
import SystemZones

/// The arguments of `schedule next` and `schedule explain`.
struct ScheduleOptions: ParsableArguments {
  @Argument(help: "A schedule; 'ritualctl schedule --help' shows the forms.")
  var expression: String

  @Option(help: "The zone of the clock, such as Europe/Berlin; the machine's by default.", completion: .zones)
  var timezone: String?

  func zone(_ zones: SystemZones) throws -> Zone {
    do throws(ZoneError) {
      guard let timezone else { return try zones.local() }
      return try zones.zone(named: timezone)
    } catch {
      throw Failure("\(error); accepted: a name such as Europe/Berlin, or UTC", status: EX_DATAERR)
    }
  }
}
