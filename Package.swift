// swift-tools-version: 6.2

import Glibc
import PackageDescription

/// Every room is compiled alike: Swift 6 mode, imports that are internal unless said otherwise, and, while we
/// develop, no warning passes. A release build does not break when a newer compiler finds something to warn
/// of.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error, .when(configuration: .debug)),
]

/// Where nothing waits for the processor, a release is made small: less of it has to be read, and to stay in
/// memory. A manifest has no name for the compiler's option (`swiftc -help`).
let small: [SwiftSetting] = strict + [.unsafeFlags(["-Osize"], .when(configuration: .release))]

/// The rooms that talk to the world do so on one queue, the main one (docs/ARCHITECTURE.md, "One queue").
let oneQueue: [SwiftSetting] = small + [.defaultIsolation(MainActor.self)]

/// Flags that harden the C and C++ parts, so that a memory error in them ends the process and opens no way
/// in: bounds checks of copies whose size is known, stack canaries, a stack that grows page by page and,
/// where the processor has them, marks for jump targets. They stand here and not in the Makefile, so that
/// every build has them. They replace a level of FORTIFY that a distribution sets, since it cannot be set
/// twice.
#if arch(x86_64)
  let branchMarks = ["-fcf-protection=full"]
#elseif arch(arm64)
  let branchMarks = ["-mbranch-protection=standard"]
#else
  let branchMarks: [String] = []
#endif
let guarded = ["-fstack-protector-strong", "-fstack-clash-protection"] + branchMarks
// FORTIFY needs a build that optimises.
let fortified = ["-U_FORTIFY_SOURCE", "-D_FORTIFY_SOURCE=3"]

/// Everything is bound at the start, and what that has written to is read-only from then on.
let bound: [LinkerSetting] = [
  .unsafeFlags(["-Xlinker", "-z", "-Xlinker", "relro", "-Xlinker", "-z", "-Xlinker", "now"])
]

let package = Package(
  name: "ritual",
  products: [
    .executable(name: "rituald", targets: ["rituald"]),
    .executable(name: "ritualctl", targets: ["ritualctl"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
  ],
  targets: [
    // C, reached through module maps; no meaning lives here.
    .systemLibrary(
      name: "CSystemd", pkgConfig: "libsystemd", providers: [.apt(["libsystemd-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .target(
      name: "CLinux",
      cSettings: [.unsafeFlags(guarded), .unsafeFlags(fortified, .when(configuration: .release))]),
    .target(
      name: "CToml",
      cxxSettings: [.unsafeFlags(guarded), .unsafeFlags(fortified, .when(configuration: .release))]),

    // Pure rooms: no clock, no files, no Foundation.
    .target(name: "Escaping", swiftSettings: small),
    .target(name: "Texts", swiftSettings: small),
    .target(name: "CivilTime", swiftSettings: strict),
    .target(name: "Schedules", dependencies: ["CivilTime"], swiftSettings: strict),
    .target(name: "Phrases", dependencies: ["CivilTime", "Schedules"], swiftSettings: small),
    .target(
      name: "Rituals", dependencies: ["Escaping", "CivilTime", "Schedules"], swiftSettings: small),
    .target(
      name: "ICalendar", dependencies: ["Escaping", "CivilTime", "Schedules", "Rituals"],
      swiftSettings: strict),
    .target(
      name: "Engine",
      dependencies: [
        "CivilTime", "Schedules", "Rituals",
        .product(name: "HeapModule", package: "swift-collections"),
        .product(name: "OrderedCollections", package: "swift-collections"),
      ],
      swiftSettings: strict),

    // Rooms that read and write the world.
    .target(name: "Descriptors", dependencies: ["CLinux"], swiftSettings: small),
    .target(name: "Files", dependencies: ["CLinux", "Descriptors"], swiftSettings: small),
    .target(name: "SystemZones", dependencies: ["Files", "CivilTime"], swiftSettings: small),
    .target(
      name: "Vdir", dependencies: ["Descriptors", "Files", "CivilTime", "Schedules", "Rituals", "ICalendar"],
      swiftSettings: small),
    .target(
      name: "Settings",
      dependencies: ["Escaping", "Files", "CivilTime", "Schedules", "Phrases", "Rituals", "CToml"],
      swiftSettings: small),
    .target(
      name: "Journal",
      dependencies: ["Texts", "Descriptors", "Files", "CivilTime", "Rituals", "CSQLite"],
      swiftSettings: small),
    .target(
      name: "Desktop",
      dependencies: ["CLinux", "CSystemd", "Escaping", "Texts", "Descriptors", "Files"],
      swiftSettings: oneQueue),
    .target(name: "BusFilter", dependencies: ["CLinux", "Descriptors"], swiftSettings: oneQueue),
    .target(name: "Varlink", dependencies: ["CLinux", "Descriptors", "Files"], swiftSettings: small),
    .target(
      name: "Control",
      dependencies: ["CivilTime", "Rituals", "Varlink"],
      resources: [.embedInCode("io.ritual.Control.varlink")], swiftSettings: small),

    // The two programs.
    .executableTarget(
      name: "rituald",
      dependencies: [
        "CLinux", "Escaping", "Texts", "Descriptors", "Files", "CivilTime", "SystemZones",
        "Schedules", "Phrases", "Rituals", "Engine", "Settings", "Journal", "Desktop", "BusFilter", "Varlink",
        "Control", "ICalendar", "Vdir",
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: oneQueue, linkerSettings: bound),
    .executableTarget(
      name: "ritualctl",
      dependencies: [
        "CLinux", "Escaping", "CivilTime", "SystemZones", "Schedules", "Phrases", "Rituals", "Settings",
        "Varlink", "Control", "ICalendar", "Vdir", "Descriptors", "Files",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: small, linkerSettings: bound),

    // `make interface`: io.ritual.Control.varlink as Swift, in Sources/Control/Interface.
    .target(name: "InterfaceLanguage", path: "Tools/InterfaceLanguage", swiftSettings: strict),
    .executableTarget(
      name: "InterfaceWriter", dependencies: ["InterfaceLanguage"], path: "Tools/InterfaceWriter",
      swiftSettings: strict),

    // `make schema`: the known keys of TOML files as JSON Schemas, in config/schema.
    .target(
      name: "SchemaLanguage", dependencies: ["Settings"], path: "Tools/SchemaLanguage",
      swiftSettings: strict),
    .executableTarget(
      name: "SchemaWriter", dependencies: ["SchemaLanguage"], path: "Tools/SchemaWriter",
      swiftSettings: strict),

    .testTarget(
      name: "CivilTimeTests", dependencies: ["CivilTime", "SystemZones", "ZoneRig", "DesktopRig"],
      swiftSettings: strict),
    // Zone files that do not change with the machine's release of tzdata.
    .target(
      name: "ZoneRig", dependencies: ["CivilTime", "SystemZones"], path: "Tests/ZoneRig",
      exclude: ["zones.zi", "zoneinfo"], swiftSettings: strict),
    .testTarget(
      name: "SchedulesTests",
      dependencies: ["CivilTime", "SystemZones", "Schedules", "ScheduleRig", "ZoneRig", "DesktopRig"],
      exclude: ["Oracles"], swiftSettings: strict),
    // Expressions and rules at random, for tests of schedules.
    .target(
      name: "ScheduleRig", dependencies: ["CivilTime", "Schedules", "ZoneRig"], path: "Tests/ScheduleRig",
      swiftSettings: strict),
    .testTarget(
      name: "PhrasesTests",
      dependencies: ["CivilTime", "Schedules", "Phrases", "ScheduleRig", "ZoneRig"],
      exclude: ["phrases.tsv"], swiftSettings: strict),
    .testTarget(
      name: "EscapingTests", dependencies: ["Escaping", "SimulationRig"], swiftSettings: strict),
    .testTarget(name: "RitualsTests", dependencies: ["Rituals", "Texts"], swiftSettings: strict),
    .testTarget(
      name: "ICalendarTests",
      dependencies: [
        "Escaping", "CivilTime", "SystemZones", "Schedules", "Rituals", "ICalendar", "ZoneRig", "DesktopRig",
      ],
      exclude: ["Oracles"], swiftSettings: strict),
    .testTarget(
      name: "EngineTests",
      dependencies: ["CivilTime", "Schedules", "Rituals", "Engine", "SimulationRig", "ZoneRig"],
      swiftSettings: strict),
    // Years of use in a made-up world: a little in the tests, much in `make simulate`.
    .target(
      name: "SimulationRig", dependencies: ["CivilTime", "Schedules", "Rituals", "Engine", "ZoneRig"],
      path: "Tests/SimulationRig", swiftSettings: strict),
    .executableTarget(
      name: "Simulation", dependencies: ["SimulationRig"], path: "Tests/Simulation", swiftSettings: strict),
    .executableTarget(
      name: "EngineBench",
      dependencies: ["CivilTime", "SystemZones", "Schedules", "Rituals", "Engine", "HeapCount"],
      path: "Tests/EngineBench", swiftSettings: strict),
    .testTarget(
      name: "SettingsTests",
      dependencies: [
        "CLinux", "CivilTime", "Schedules", "Phrases", "Rituals", "Settings", "ZoneRig", "DesktopRig",
        "SchemaLanguage",
      ],
      exclude: ["Oracles"], swiftSettings: strict),
    .testTarget(
      name: "JournalTests",
      dependencies: ["CivilTime", "Rituals", "Texts", "Journal", "CSQLite", "SimulationRig"],
      swiftSettings: strict),
    .executableTarget(
      name: "JournalBench", dependencies: ["CivilTime", "Rituals", "Journal"], path: "Tests/JournalBench",
      swiftSettings: strict),
    // A stage for the desktop's tests and the end-to-end ones: a bus, a display and a notification server of
    // their own; and a program that tries what a process has from its environment.
    .target(
      name: "DesktopRig", dependencies: ["CSystemd"], path: "Tests/DesktopRig", swiftSettings: oneQueue),
    .executableTarget(
      name: "DesktopProbe", dependencies: ["Desktop"], path: "Tests/DesktopProbe", swiftSettings: oneQueue),
    .testTarget(
      name: "DesktopTests", dependencies: ["Desktop", "DesktopRig", "DesktopProbe"], swiftSettings: oneQueue),
    .testTarget(
      name: "BusFilterTests",
      dependencies: ["BusFilter", "CLinux", "Descriptors", "Desktop", "DesktopRig"],
      swiftSettings: oneQueue),
    .testTarget(
      name: "DescriptorsTests", dependencies: ["Descriptors", "DesktopRig"], swiftSettings: oneQueue),
    .testTarget(
      name: "VarlinkTests", dependencies: ["Varlink", "DesktopRig", "SimulationRig"], swiftSettings: strict),
    // Answers, and calls, the interface that implementations of Varlink are tried with.
    .executableTarget(
      name: "Certification", dependencies: ["Varlink", "DesktopRig"], path: "Tests/Certification",
      resources: [.embedInCode("org.varlink.certification.varlink")], swiftSettings: strict),
    // How long a call waits while a watcher is told much.
    .executableTarget(
      name: "WatchBench", dependencies: ["CivilTime", "Control", "Varlink", "DesktopRig"],
      path: "Tests/WatchBench", swiftSettings: oneQueue),
    // Compares JSON with the types of an interface file, and makes samples of them.
    .target(
      name: "InterfaceRig", dependencies: ["Control", "InterfaceLanguage", "Varlink"],
      path: "Tests/InterfaceRig", swiftSettings: strict),
    .testTarget(
      name: "ControlTests",
      dependencies: [
        "Control", "Varlink", "InterfaceLanguage", "InterfaceRig", "CivilTime", "Rituals", "DesktopRig",
      ],
      swiftSettings: strict),
    // Measures the schedules beside other programs' (make bench); those are found at run time.
    .target(name: "SchedulePeers", path: "Tests/SchedulePeers"),
    .target(name: "HeapCount", path: "Tests/HeapCount"),
    // The way from an instant to its notification, beside the daemon's.
    .executableTarget(name: "LatencyPeers", dependencies: ["CSystemd"], path: "Tests/LatencyPeers"),
    .testTarget(
      name: "FilesTests", dependencies: ["CLinux", "Files", "DesktopRig", "SimulationRig"],
      swiftSettings: strict),
    .testTarget(
      name: "VdirTests",
      dependencies: [
        "CivilTime", "Schedules", "Rituals", "ICalendar", "Vdir", "ZoneRig", "DesktopRig",
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "CalendarBench",
      dependencies: ["CivilTime", "Schedules", "Rituals", "SystemZones", "ICalendar", "Vdir"],
      path: "Tests/CalendarBench", swiftSettings: strict),
    .executableTarget(
      name: "ScheduleBench",
      dependencies: ["CivilTime", "Schedules", "SystemZones", "SchedulePeers", "HeapCount"],
      path: "Tests/ScheduleBench", swiftSettings: strict),
    // The real programs: built with the package, run as a user runs them.
    .testTarget(
      name: "CommandsTests",
      dependencies: [
        "ritualctl", "Control", "Varlink", "DesktopRig", "InterfaceLanguage", "InterfaceRig", "ZoneRig",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "rituald", "ritualctl", "Control", "Journal", "Rituals", "CivilTime", "Varlink", "CSQLite",
        "DesktopRig", "SimulationRig", "InterfaceLanguage", "InterfaceRig", "Certification", "ZoneRig",
      ],
      swiftSettings: oneQueue),
  ],
  cxxLanguageStandard: .cxx17
)

// A source archive has the packages with it, for builds without a network (`make dist`).
let vendored = ["swift-argument-parser", "swift-collections", "swift-log"]
if access("\(Context.packageDirectory)/vendor", F_OK) == 0 {
  package.dependencies = vendored.map { .package(path: "vendor/\($0)") }
}

// Some of the tests alone, and what they stand on (`make sanitize TESTED="VarlinkTests"`): a build with a
// sanitizer takes long, and is made beside the others.
if let names = Context.environment["RITUAL_TESTED"], !names.isEmpty {
  var wanted = Set(names.split(separator: " ").map(String.init))
  var before = 0
  while wanted.count != before {
    before = wanted.count
    for target in package.targets where wanted.contains(target.name) {
      for case .byNameItem(let name, _) in target.dependencies { wanted.insert(name) }
    }
  }
  package.targets.removeAll { !wanted.contains($0.name) }
  package.products = []
}

// Targets for libFuzzer have no main function of their own: `make fuzz` asks for them, and brings one along.
if Context.environment["RITUAL_FUZZ"] != nil {
  package.targets.append(
    .target(
      name: "Fuzzing", dependencies: ["CivilTime", "Schedules"], path: "Tests/Fuzz/Fuzzing",
      swiftSettings: strict))
  for name in [
    "FuzzSchedules", "FuzzPlainWords", "FuzzTimeSpans", "FuzzZones", "FuzzCalendars", "FuzzMessages",
    "FuzzSettings", "FuzzBus", "FuzzConfiguration",
  ] {
    package.targets.append(
      .executableTarget(
        name: name,
        dependencies: [
          "Fuzzing", "CivilTime", "Schedules", "Phrases", "Rituals", "ZoneRig", "ICalendar", "Varlink",
          "Settings",
          "Desktop",
        ],
        path: "Tests/Fuzz/\(name)",
        swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]))
  }
}
