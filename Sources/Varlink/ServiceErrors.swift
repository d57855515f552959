/// The errors of `org.varlink.service`, which every service has.
package enum ServiceError {
  /// The service has no interface of this name.
  package struct InterfaceNotFound: VarlinkError, Hashable {
    package static let name = "org.varlink.service.InterfaceNotFound"
    package var interface: String
    package init(interface: String) { self.interface = interface }
  }

  /// The interface has no method of this name.
  package struct MethodNotFound: VarlinkError, Hashable {
    package static let name = "org.varlink.service.MethodNotFound"
    package var method: String
    package init(method: String) { self.method = method }
  }

  /// The interface has the method, but this service does not offer it.
  package struct MethodNotImplemented: VarlinkError, Hashable {
    package static let name = "org.varlink.service.MethodNotImplemented"
    package var method: String
    package init(method: String) { self.method = method }
  }

  /// A parameter is missing, has another type, is out of its range, or is unknown to the method.
  package struct InvalidParameter: VarlinkError, Hashable {
    package static let name = "org.varlink.service.InvalidParameter"
    /// The parameter, with its path if it is nested: `at`, `rituals[2].title`.
    package var parameter: String
    package init(parameter: String) { self.parameter = parameter }
  }

  /// The caller has no permission for that.
  package struct PermissionDenied: VarlinkError, Hashable {
    package static let name = "org.varlink.service.PermissionDenied"
    package init() {}
  }

  /// The method sends several replies, and the call was made without `more`.
  package struct ExpectedMore: VarlinkError, Hashable {
    package static let name = "org.varlink.service.ExpectedMore"
    package init() {}
  }
}
