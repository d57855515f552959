/// The argument of `AddNotification`: it has no markup, category or expiration.
struct PortalArguments {
  private let notification: Notification

  init(_ notification: Notification) { self.notification = notification }

  /// Appends it with the signature `a{sv}`.
  func append(to message: borrowing BusMessage) throws(BusError) {
    try message.append(BusType.array, of: "{sv}") { () throws(BusError) in
      try text("title", PlainText.line(notification.summary), to: message)
      if let body = notification.body, !body.isEmpty { try text("body", PlainText.lines(body), to: message) }
      try text("priority", priority, to: message)
      if let name = notification.iconName { try icon(name, to: message) }
      let isDefault = { (action: Notification.Action) in action.key == Notification.Action.defaultKey }
      if notification.actions.contains(where: isDefault) {
        try text("default-action", Notification.Action.defaultKey, to: message)
      }
      let buttons = notification.actions.filter { !isDefault($0) }
      try entry("buttons", of: "aa{sv}", to: message) { () throws(BusError) in
        try message.append(BusType.array, of: "a{sv}") { () throws(BusError) in
          for button in buttons { try append(button, to: message) }
        }
      }
    }
  }

  private var priority: String {
    switch notification.urgency {
    case .low: "low"
    case .normal: "normal"
    case .critical: "urgent"
    }
  }

  private func append(_ button: Notification.Action, to message: borrowing BusMessage) throws(BusError) {
    try message.append(BusType.array, of: "{sv}") { () throws(BusError) in
      try text("label", PlainText.line(button.label), to: message)
      try text("action", button.key, to: message)
    }
  }

  /// Appends a themed icon as g_icon_serialize() writes it: `("themed", <["name"]>)`.
  private func icon(_ name: String, to message: borrowing BusMessage) throws(BusError) {
    try entry("icon", of: "(sv)", to: message) { () throws(BusError) in
      try message.append(BusType.structure, of: "sv") { () throws(BusError) in
        try message.append("themed")
        try message.append(BusType.variant, of: "as") { () throws(BusError) in
          try message.append([PlainText.line(name)])
        }
      }
    }
  }

  private func text(_ key: String, _ value: String, to message: borrowing BusMessage) throws(BusError) {
    try entry(key, of: "s", to: message) { () throws(BusError) in try message.append(value) }
  }

  private func entry(
    _ key: String, of signature: String, to message: borrowing BusMessage,
    _ value: () throws(BusError) -> Void
  ) throws(BusError) {
    try message.append(BusType.entry, of: "sv") { () throws(BusError) in
      try message.append(key)
      try message.append(BusType.variant, of: signature, value)
    }
  }
}
