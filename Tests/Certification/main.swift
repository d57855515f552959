import Dispatch
import Glibc

// Tries the wire with another implementation of it: `Certification serve PATH` answers until it is ended,
// `Certification call PATH` calls a service.

func say(_ text: String) {
  print(text)
  fflush(nil)
}

let words = Array(CommandLine.arguments.dropFirst())
switch (words.first, words.dropFirst().first) {
case ("serve", let path?):
  let service = try CertificationService()
  try service.listen(at: path)
  say("Listening on \(path)")
  withExtendedLifetime(service) { dispatchMain() }
case ("call", let path?):
  try CertificationClient.run(at: path)
  say("Certification passed")
default:
  say("Usage: Certification serve|call PATH")
  exit(EX_USAGE)
}
