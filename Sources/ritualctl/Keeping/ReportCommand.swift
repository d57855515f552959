import ArgumentParser
import Control

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "report", abstract: "What happened this week and in the last twelve, as a picture.",
    discussion: """
      Examples:
        ritualctl report
        ritualctl report --html report.html     a page that needs no network
        ritualctl report --weeks 53 --discreet

      A ritual counts for what its 'takes' says, five minutes without it. What
      you appreciate is a warm moment too. It says what happened, and leaves
      judging to the two of you.
      """)

  @Option(
    help: ArgumentHelp(
      "Writes a page, for your eyes only (a new file has mode 0600); - is standard output.",
      valueName: "file"),
    completion: .file())
  var html: String?

  @Option(help: "How many weeks, this one included; up to 520.")
  var weeks = 13

  @Flag(help: "Without your own words.")
  var discreet = false

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let request = ReportRequest(weeks: weeks, discreet: discreet)
    let summary = try options.daemon.call("Report", request, member: "summary", as: Summary.self)
    if let html, OutputFile.isStandard(html) { return Terminal.write(ReportPage(try summary.value).text) }
    if let html {
      try OutputFile.write(ReportPage(try summary.value).text, to: html)
      return try options.print(Written(file: html)) { _ in "The report is in \(TerminalText.line(html))" }
    }
    try options.print(summary) { summary, style in ReportText(summary, style).text }
  }

  private struct Written: Encodable { let file: String }
}
