/// The version of both programs; the only place where it stands.
package let ritualVersion = "0.1.0"

/// The text of the interface's description.
package let controlInterface = String(decoding: PackageResources.io_ritual_Control_varlink, as: UTF8.self)
