/// The version of both programs. It stands nowhere else.
package let ritualVersion = "0.1.0"

/// The text of the interface file.
package let controlInterface = String(decoding: PackageResources.io_ritual_Control_varlink, as: UTF8.self)
