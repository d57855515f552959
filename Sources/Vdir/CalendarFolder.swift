package import CivilTime
package import Files
package import ICalendar
package import Rituals
import Schedules

/// A folder of calendar files, one event each (vdirsyncer, "The Vdir Storage Format"), as it was read last.
/// Files that did not change since are not read again.
package struct CalendarFolder {
  /// Files over this number are left out, and what is over so many bytes.
  package static let mostFiles = 10_000
  private static let mostBytes = 64 << 20

  package let path: String
  /// Why the folder cannot be read; nil where it can. What was in it stays until it can again.
  package private(set) var failure: FileError?
  /// Whether what is in it is known: it was read at least once.
  package private(set) var isRead = false
  /// Whether it lies on another machine, as far as is known.
  package private(set) var isRemote = false
  private var files: [String: File] = [:]
  private var leftOut: String?
  /// Nil in a program that keeps no marks.
  private let marks: ReadingMarks?
  /// The names of files that end a process which reads them, or may; nil until the marks of earlier ones were
  /// read.
  private var suspects: Set<String>?

  /// Something to be told of a file: it is left out, a part of it is, or it is doubtful.
  package struct Note: Hashable, Sendable {
    package let file: String
    /// Counted from 1; 0 where it is about the whole file.
    package let line: Int
    package let text: String

    package init(file: String, line: Int, text: String) {
      self.file = file
      self.line = line
      self.text = text
    }

    /// With its place before it.
    package var sentence: String { (line > 0 ? "\(file):\(line)" : file) + ": " + text }
  }

  /// A ritual, and the file that it is in.
  package struct Found: Sendable {
    package let ritual: CalendarRitual
    package let file: String
  }

  /// An event that a configuration published: that of a ritual, by whom ever.
  package struct Published: Sendable {
    package let uid: String
    package let ritual: String
    package let file: String
    package let acknowledged: Instant?
    /// The file as it was when this was read from it.
    let stamp: FileStamp?
  }

  private struct File {
    let stamp: FileStamp?
    /// What it says; where it is broken, what it said last.
    var series: [Series] = []
    var rituals: [CalendarRitual] = []
    var notes: [ICalendarError] = []

    init(stamp: FileStamp?) { self.stamp = stamp }

    /// One that ends the process which reads it.
    init(deadly stamp: FileStamp?, before: File?) {
      self.stamp = stamp
      series = before?.series ?? []
      rituals = before?.rituals ?? []
      notes = [ICalendarError(line: 0, reason: "the file is not used: reading it ended the program")]
    }
  }

  package init(path: String, marks: ReadingMarks? = nil) {
    self.path = path
    self.marks = marks
  }

  /// The folder of a calendar; `home` is what `~/` stands for.
  package init(of calendar: SharedCalendar, home: String, marks: ReadingMarks? = nil) {
    self.init(
      path: calendar.folder.hasPrefix("~/") ? home + calendar.folder.dropFirst() : calendar.folder,
      marks: marks)
  }

  /// Whether a file is not read because it ends the process that does.
  package func isSetAside(_ name: String) -> Bool { suspects?.contains(name) ?? false }

  /// Looks at the folder again. Returns whether anything in it is another way now.
  package mutating func read(zones: CalendarZones) -> Bool {
    isRemote = RemoteFolder.isRemote(path)
    let listed: [(name: String, stamp: FileStamp?)]
    do throws(FileError) {
      listed = try CalendarFiles.list(in: path)
    } catch {
      defer { failure = error }
      return failure != error
    }
    var isChanged = failure != nil || !isRead
    failure = nil
    isRead = true
    var suspects = suspects ?? marks?.suspects() ?? []
    var writer = marks?.begin(suspects)
    var next: [String: File] = [:]
    var bytes = 0
    leftOut = nil
    for (name, stamp) in listed {
      bytes += min(stamp?.size ?? 0, Bounds.file)
      guard next.count < Self.mostFiles, bytes <= Self.mostBytes else {
        leftOut = next.count < Self.mostFiles ? "what is over 64 MiB" : "what is over \(Self.mostFiles) files"
        break
      }
      if let known = files[name], known.stamp == stamp {
        next[name] = known
      } else {
        isChanged = true
        writer?.mark(name)
        if suspects.contains(name), let marks, !marks.isHarmless(path + "/" + name) {
          next[name] = File(deadly: stamp, before: files[name])
        } else {
          suspects.remove(name)
          next[name] = file(name, stamp, before: files[name], zones)
        }
      }
    }
    suspects.formIntersection(next.keys)
    writer?.end(suspects)
    self.suspects = suspects
    isChanged = isChanged || next.count != files.count
    files = next
    return isChanged
  }

  /// Reads a file that was listed with a stamp: one that cannot be read is tried again once it has another.
  private func file(
    _ name: String, _ listed: FileStamp?, before: File?, _ zones: CalendarZones
  ) -> File {
    var file = File(stamp: listed)
    do {
      let read = try VdirFile.contents(path + "/" + name)
      file = File(stamp: read.stamp)
      let calendar = try CalendarFile(parsing: read.bytes, zones: zones)
      file.notes = calendar.notes
      file.series = calendar.series
      for series in calendar.series {
        file.notes += series.notes
        do throws(ICalendarError) {
          let rituals = try series.rituals(zones: zones)
          // The first step along each schedule is made here, where a death is nobody else's.
          for ritual in rituals { _ = ritual.schedule.next(after: Instant(seconds: 0), in: .utc) }
          file.rituals += rituals
        } catch {
          file.notes.append(error)
        }
      }
    } catch {
      // A slip of somebody's pen must not silence a reminder.
      file.series = before?.series ?? []
      file.rituals = before?.rituals ?? []
      let cause = error as? ICalendarError ?? ICalendarError(line: 0, reason: "\(error)")
      file.notes = [
        ICalendarError(
          line: cause.line, reason: "the file is not used: \(cause.reason)", accepted: cause.accepted)
      ]
    }
    return file
  }

  private var sorted: [(path: String, file: File)] {
    files.sorted { $0.key < $1.key }.map { (path + "/" + $0.key, $0.value) }
  }

  /// All rituals, in the order of the files.
  package var rituals: [Found] {
    sorted.flatMap { path, file in file.rituals.map { Found(ritual: $0, file: path) } }
  }

  /// Whether there is an event of this key (`CalendarRitual.key`), or was when its file could be read last;
  /// it may be cancelled.
  package func has(eventOf key: String) -> Bool {
    files.values.contains { file in
      file.series.contains { key == $0.uid || key.hasPrefix($0.uid + " ") }
    }
  }

  /// All events that say which ritual they were.
  package var published: [Published] {
    sorted.flatMap { path, file in
      file.series.compactMap { series in
        series.origin.map {
          Published(
            uid: series.uid, ritual: $0, file: path, acknowledged: series.acknowledged, stamp: file.stamp)
        }
      }
    }
  }

  /// What is to be told, in the order of the files.
  package var notes: [Note] {
    if let failure { return [Note(file: path, line: 0, text: "the folder cannot be read: \(failure)")] }
    var notes = leftOut.map { [Note(file: path, line: 0, text: "\($0) is left out")] } ?? []
    for (path, file) in sorted {
      notes += file.notes.map { note in
        let accepted = note.accepted.isEmpty ? "" : "; accepted: \(note.accepted)"
        return Note(file: path, line: note.line, text: note.reason + accepted)
      }
    }
    return notes
  }
}
