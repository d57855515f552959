import Rituals

extension Loaded {
  /// This configuration, with those rituals of an earlier one that a mistake has kept out of it: a slip of the pen in a
  /// file must not silence a reminder. What was removed stays removed.
  package func keepingGood(of earlier: Configuration) -> Loaded {
    let errors = problems.filter { $0.severity == .error }
    guard !errors.isEmpty else { return self }
    let present = Set(configuration.rituals.map(\.id))
    let kept = earlier.rituals.filter { ritual in
      !present.contains(ritual.id)
        && errors.contains { $0.keepsOut(ritual.id, of: earlier.file(of: ritual.id)) }
    }
    guard !kept.isEmpty else { return self }
    let merged = Configuration(
      defaults: configuration.defaults, rituals: configuration.rituals + kept,
      files: Dictionary(
        (configuration.rituals + kept).compactMap { ritual in
          (configuration.file(of: ritual.id) ?? earlier.file(of: ritual.id)).map { (ritual.id, $0) }
        }, uniquingKeysWith: { first, _ in first }))
    return Loaded(configuration: merged, problems: problems)
  }
}

extension Problem {
  /// Whether this is why a ritual of a file is missing: a mistake in it, or one that keeps the whole file out.
  fileprivate func keepsOut(_ id: RitualID, of file: String?) -> Bool {
    key == "ritual.\(id)" || key.hasPrefix("ritual.\(id).") || key.isEmpty && self.file == file
  }
}
