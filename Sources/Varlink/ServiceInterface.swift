/// `org.varlink.service`: a service's description of itself.
enum ServiceInterface {
  static let name = "org.varlink.service"

  static let text = """
    # What every Varlink service tells of itself.
    interface org.varlink.service

    # The program, and the names of the interfaces it offers.
    method GetInfo() -> (
      vendor: string,
      product: string,
      version: string,
      url: string,
      interfaces: []string
    )

    # The description of an interface, as text in the form of this one.
    method GetInterfaceDescription(interface: string) -> (description: string)

    # There is no interface of this name.
    error InterfaceNotFound (interface: string)

    # The interface has no method of this name.
    error MethodNotFound (method: string)

    # The interface has the method, but the service does not offer it.
    error MethodNotImplemented (method: string)

    # A parameter is missing, unknown, or has a value that is not accepted.
    error InvalidParameter (parameter: string)

    # The caller may not call this method.
    error PermissionDenied ()

    # The method has several replies and has to be called with 'more'.
    error ExpectedMore ()

    """

  struct Info: Codable, Equatable {
    var vendor: String
    var product: String
    var version: String
    var url: String
    var interfaces: [String]
  }

  struct DescriptionRequest: Codable {
    var interface: String
  }

  struct DescriptionReply: Codable {
    var description: String
  }
}

extension VarlinkService {
  /// Answers `org.varlink.service` itself.
  func addServiceInterface() {
    // The text is the constant above; a test parses it.
    guard let description = try? InterfaceDescription(parsing: ServiceInterface.text) else { return }
    add(description)
    handle("org.varlink.service.GetInfo") { [unowned self] call in
      let others = interfaces.keys.filter { $0 != ServiceInterface.name }.sorted()
      try call.reply(
        ServiceInterface.Info(
          vendor: information.vendor, product: information.product, version: information.version,
          url: information.url, interfaces: [ServiceInterface.name] + others))
    }
    handle(
      "org.varlink.service.GetInterfaceDescription", as: ServiceInterface.DescriptionRequest.self
    ) { [unowned self] request, call in
      guard let interface = interfaces[request.interface] else {
        throw ServiceError.InterfaceNotFound(interface: request.interface)
      }
      try call.reply(ServiceInterface.DescriptionReply(description: interface.text))
    }
  }
}
