import Escaping

/// The arguments of `Notify`: a notification, reduced to the server's capabilities.
nonisolated struct NotifyArguments: Hashable {
  let applicationName: String
  /// The number of the notification to replace; 0 for a new one.
  let replaces: UInt32
  let icon: String
  let summary: String
  let body: String
  /// Keys and labels in turn.
  let actions: [String]
  let hints: [Hint]
  /// Milliseconds; 0 means never, -1 the server's own choice.
  let expireTimeout: Int32

  /// A standard or vendor hint ("Hints").
  struct Hint: Hashable {
    let name: String
    let value: Value

    enum Value: Hashable {
      case text(String)
      case flag(Bool)
      case byte(UInt8)
    }
  }

  init(
    _ notification: Notification, replacing number: UInt32?, applicationName: String, desktopEntry: String,
    server: ServerInformation
  ) {
    let capabilities = server.capabilities
    let quirks = ServerQuirks(of: server)
    self.applicationName = applicationName
    replaces = number ?? 0
    icon = PlainText.line(notification.iconName ?? "")
    summary = PlainText.line(notification.summary)
    let text = PlainText.lines(notification.body ?? "")
    body =
      !capabilities.contains(.body)
      ? "" : capabilities.contains(.bodyMarkup) ? Escaped.markup(text) : text
    actions =
      capabilities.contains(.actions)
      ? quirks.supported(Self.actions(notification, capabilities))
        .flatMap { [$0.key, PlainText.line($0.label)] } : []
    var notification = notification
    // The tag is only for a notification whose number is not known; mako 1.7 crashes if it gets both.
    if number != nil { notification.tag = nil }
    notification.urgency = quirks.urgency(of: notification)
    hints = Self.hints(notification, desktopEntry: desktopEntry, capabilities: capabilities)
    expireTimeout = Self.milliseconds(notification.expiration)
  }

  /// The reply comes after the `default` action and before the buttons.
  private static func actions(
    _ notification: Notification, _ capabilities: Set<Capability>
  ) -> [Notification.Action] {
    var actions = notification.actions
    if let reply = notification.reply, capabilities.contains(.inlineReply) {
      let place = actions.first?.key == Notification.Action.defaultKey ? 1 : 0
      actions.insert(.init(key: Notification.Reply.key, label: reply.label), at: place)
    }
    return actions
  }

  private static func hints(
    _ notification: Notification, desktopEntry: String, capabilities: Set<Capability>
  ) -> [Hint] {
    var hints = [
      Hint(name: "urgency", value: .byte(notification.urgency.rawValue)),
      Hint(name: "desktop-entry", value: .text(desktopEntry)),
    ]
    if let category = notification.category {
      hints.append(Hint(name: "category", value: .text(PlainText.line(category))))
    }
    if let tag = notification.tag {
      hints.append(Hint(name: "x-dunst-stack-tag", value: .text(PlainText.line(tag))))
    }
    if let reply = notification.reply, capabilities.contains(.inlineReply) {
      let text = PlainText.line(reply.placeholder)
      hints.append(Hint(name: "x-kde-reply-placeholder-text", value: .text(text)))
    }
    if notification.isTransient { hints.append(Hint(name: "transient", value: .flag(true))) }
    if let sound = notification.soundName, capabilities.contains(.sound) {
      hints.append(Hint(name: "sound-name", value: .text(PlainText.line(sound))))
    }
    return hints
  }

  private static func milliseconds(_ expiration: Notification.Expiration) -> Int32 {
    switch expiration {
    case .serverDefault: -1
    case .never: 0
    case .after(let duration): Int32(min(max(1, duration / .milliseconds(1)), Double(Int32.max)))
    }
  }
}

extension NotifyArguments {
  /// Appends the arguments with the signature `susssasa{sv}i`.
  func append(to message: borrowing BusMessage) throws(BusError) {
    try message.append(applicationName)
    try message.append(replaces)
    try message.append(icon)
    try message.append(summary)
    try message.append(body)
    try message.append(actions)
    try message.append(BusType.array, of: "{sv}") { () throws(BusError) in
      for hint in hints {
        try message.append(BusType.entry, of: "sv") { () throws(BusError) in
          try message.append(hint.name)
          try append(hint.value, to: message)
        }
      }
    }
    try message.append(expireTimeout)
  }

  private func append(_ value: Hint.Value, to message: borrowing BusMessage) throws(BusError) {
    switch value {
    case .text(let text):
      try message.append(BusType.variant, of: "s") { () throws(BusError) in try message.append(text) }
    case .flag(let flag):
      try message.append(BusType.variant, of: "b") { () throws(BusError) in try message.append(flag) }
    case .byte(let byte):
      try message.append(BusType.variant, of: "y") { () throws(BusError) in try message.append(byte) }
    }
  }
}
