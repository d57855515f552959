/// What a notification says and offers (Desktop Notifications Specification 1.2). All texts are plain; how they
/// are written for a server is not the sender's business.
nonisolated package struct Notification: Hashable, Sendable {
  /// One line.
  package var summary: String
  /// May have several lines; nil or empty for none.
  package var body: String?
  /// In the order of their buttons. The key `default` stands for a click on the notification itself; it belongs
  /// first, and there should be one: some servers ask in a menu of their own otherwise.
  package var actions: [Action]
  /// An answer that can be typed into it, where the server has that.
  package var reply: Reply?
  package var urgency: Urgency
  /// A category of the specification, such as `im.received`, or one's own, `x-vendor.class`.
  package var category: String?
  package var expiration: Expiration
  /// Notifications with the same tag replace each other on servers that know the hint `x-dunst-stack-tag`
  /// (dunst, mako), also when we no longer know the number.
  package var tag: String?
  /// Not kept in the server's history.
  package var isTransient: Bool
  /// A name of the freedesktop Sound Naming Specification.
  package var soundName: String?
  /// A name of the freedesktop Icon Naming Specification.
  package var iconName: String?

  package init(
    summary: String, body: String? = nil, actions: [Action] = [], reply: Reply? = nil,
    urgency: Urgency = .normal,
    category: String? = nil, expiration: Expiration = .serverDefault, tag: String? = nil,
    isTransient: Bool = false, soundName: String? = nil, iconName: String? = nil
  ) {
    self.summary = summary
    self.body = body
    self.actions = actions
    self.reply = reply
    self.urgency = urgency
    self.category = category
    self.expiration = expiration
    self.tag = tag
    self.isTransient = isTransient
    self.soundName = soundName
    self.iconName = iconName
  }

  /// Something that the user can press.
  package struct Action: Hashable, Sendable {
    /// What `onAction` gets; the user does not see it.
    package let key: String
    package let label: String

    package init(key: String, label: String) {
      self.key = key
      self.label = label
    }

    /// The key of a click on the notification itself.
    package static let defaultKey = "default"
  }

  /// A line to type into, and its button. Servers with the capability `inline-reply` have it (KDE's Plasma, and others
  /// after it): an action of that key, and the signal `NotificationReplied`.
  package struct Reply: Hashable, Sendable {
    package let label: String
    /// What stands in the empty line, where the server shows it.
    package let placeholder: String

    package init(label: String, placeholder: String) {
      self.label = label
      self.placeholder = placeholder
    }

    /// The key of its action.
    static let key = "inline-reply"
  }

  /// "Urgency Levels": the numbers are the specification's.
  package enum Urgency: UInt8, CaseIterable, Sendable {
    case low = 0
    case normal = 1
    case critical = 2
  }

  /// When the server takes it down by itself.
  package enum Expiration: Hashable, Sendable {
    case serverDefault
    case never
    /// At least a millisecond; servers may have a limit of their own.
    case after(Duration)
  }
}
