/// The words and actions of a notification (Desktop Notifications Specification 1.2). All texts are plain;
/// `NotifyArguments` escapes them for the server.
nonisolated package struct Notification: Hashable, Sendable {
  /// One line.
  package var summary: String
  /// May have several lines; nil or empty for none.
  package var body: String?
  /// The actions in the order of their buttons. The key `default` stands for a click on the notification
  /// itself. It should be there, and first: some servers ask in a menu of their own otherwise.
  package var actions: [Action]
  /// An answer that the user can type into the notification, if the server supports it.
  package var reply: Reply?
  package var urgency: Urgency
  /// True if it was shown before without an answer, and the user wants it to be harder to overlook.
  package var isNudge: Bool
  /// A category of the specification, such as `im.received`, or one's own, `x-vendor.class`.
  package var category: String?
  package var expiration: Expiration
  /// Notifications with the same tag replace each other on servers that know the hint `x-dunst-stack-tag`
  /// (dunst, mako), also when the number of the earlier one is lost.
  package var tag: String?
  /// Keeps the notification out of the server's history.
  package var isTransient: Bool
  /// A name of the freedesktop Sound Naming Specification.
  package var soundName: String?
  /// A name of the freedesktop Icon Naming Specification.
  package var iconName: String?

  package init(
    summary: String, body: String? = nil, actions: [Action] = [], reply: Reply? = nil,
    urgency: Urgency = .normal, isNudge: Bool = false,
    category: String? = nil, expiration: Expiration = .serverDefault, tag: String? = nil,
    isTransient: Bool = false, soundName: String? = nil, iconName: String? = nil
  ) {
    self.summary = summary
    self.body = body
    self.actions = actions
    self.reply = reply
    self.urgency = urgency
    self.isNudge = isNudge
    self.category = category
    self.expiration = expiration
    self.tag = tag
    self.isTransient = isTransient
    self.soundName = soundName
    self.iconName = iconName
  }

  /// A button, or a click on the notification.
  package struct Action: Hashable, Sendable {
    /// The argument of `onAction`; the user does not see it.
    package let key: String
    package let label: String
    /// True if a click on the notification itself does the same: it is the first to be left out where there
    /// is no room for all.
    package let isSpare: Bool

    package init(key: String, label: String, isSpare: Bool = false) {
      self.key = key
      self.label = label
      self.isSpare = isSpare
    }

    /// The key of a click on the notification itself.
    package static let defaultKey = "default"
  }

  /// A line to type into, and its button, for servers with the capability `inline-reply` (Plasma and others):
  /// an action of that key, and the signal `NotificationReplied`.
  package struct Reply: Hashable, Sendable {
    package let label: String
    /// The text of the empty line, where the server shows one.
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

  /// The time after which the server removes the notification by itself.
  package enum Expiration: Hashable, Sendable {
    case serverDefault
    case never
    /// At least a millisecond; the server may have a limit of its own.
    case after(Duration)
  }
}
