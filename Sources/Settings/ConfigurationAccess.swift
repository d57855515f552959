import Files

extension Settings {
  /// Warns of files and folders of a configuration that another user can change: that user then decides about
  /// the reminders. The folders above them count too, since their entries can be replaced.
  package static func accessProblems(folder: String) -> [Problem] {
    let folder = ConfigurationFolder(path: folder)
    let writers = ForeignWriters()
    var looked: Set<String> = []
    var problems: [Problem] = []
    func look(_ path: String, isOnTheWay: Bool = false) {
      guard looked.insert(path).inserted, let clause = writers.clause(path, isOnTheWay: isOnTheWay) else {
        return
      }
      problems.append(Problem(access: path, clause))
    }
    /// Checks a file or folder and all folders on its way, and on the way that its symbolic links lead.
    func checkAlong(_ path: String) {
      guard let end = try? PathWalk.end(of: path), end.isThere else { return }
      look(end.path)
      var above = Folders.parent(of: end.path)
      while !looked.contains(above) {
        look(above, isOnTheWay: true)
        above = Folders.parent(of: above)
      }
    }
    checkAlong(folder.path)
    checkAlong(folder.dropIns)
    let dropIns = (try? FolderEntry.names(in: folder.dropIns, suffix: ".toml")) ?? []
    for path in [folder.main] + dropIns.map({ "\(folder.dropIns)/\($0)" }) {
      // Not a device, such as the /dev/null that masks a file: it is not read.
      guard (try? FileStatus(of: path))?.kind == .file else { continue }
      if (try? FileStatus.find(path))?.kind == .link { checkAlong(path) } else { look(path) }
    }
    return problems
  }
}

extension Problem {
  /// A file or folder that others can change.
  fileprivate init(access path: String, _ clause: String) {
    self.init(
      severity: .warning, kind: .other, file: path, line: 0, column: 0, key: "",
      what: "\(clause), and so change what you are reminded of",
      accepted: "a file and folders that belong to you, without write for others (chmod go-w)",
      suggestion: nil, sourceLine: "", caret: 0)
  }
}
