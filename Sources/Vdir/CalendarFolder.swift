package import CivilTime
package import Files
package import ICalendar
package import Rituals
import Schedules

/// A folder of calendar files, one event each (vdirsyncer, "The Vdir Storage Format"), as it was when it was
/// read last. A file that has not changed since is not read again.
package struct CalendarFolder {
  /// The most files that are read, and the most bytes of them all; the rest is left out.
  package static let mostFiles = 10_000
  private static let mostBytes = 64 << 20

  package let path: String
  /// The reason why the folder cannot be read; nil where it can. What was in it counts until it can again.
  package private(set) var failure: FileError?
  /// True if the folder was read at least once, so that its files are known.
  package private(set) var isRead = false
  /// True if the folder lies on another machine; see `RemoteFolder`.
  package private(set) var isRemote = false
  private var files: [String: File] = [:]
  /// The files that were left out, as words; nil where all were read.
  private var leftOut: String?
  /// Nil in a program that keeps no marks.
  private let marks: ReadingMarks?
  /// The names of files that end a process which reads them, or may do so; nil until the marks of earlier
  /// processes were read.
  private var suspects: Set<String>?

  /// A warning about a file: it is left out, or a part of it is, or something in it is doubtful.
  package struct Problem: Hashable, Sendable {
    package let file: String
    /// Counted from 1; 0 where the warning is about the whole file.
    package let line: Int
    package let text: String

    package init(file: String, line: Int, text: String) {
      self.file = file
      self.line = line
      self.text = text
    }

    /// The text with its place before it.
    package var sentence: String { (line > 0 ? "\(file):\(line)" : file) + ": " + text }
  }

  /// A ritual and the path of its file.
  package struct Found: Sendable {
    package let ritual: CalendarRitual
    package let file: String
  }

  /// An event that some configuration published, this user's or another one's.
  package struct Published: Sendable {
    package let uid: String
    package let ritual: String
    package let file: String
    package let acknowledged: Instant?
    /// The stamp of the file that the event was read from.
    let stamp: FileStamp?
  }

  private struct File {
    let stamp: FileStamp?
    /// The events of the file; of a broken file, those that it had last.
    var series: [Series] = []
    var rituals: [CalendarRitual] = []
    var notes: [ICalendarError] = []

    init(stamp: FileStamp?) { self.stamp = stamp }

    /// A file that ends the process which reads it.
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

  /// The folder of a calendar.
  /// - Parameter home: the folder that `~` stands for.
  package init(of calendar: SharedCalendar, home: String, marks: ReadingMarks? = nil) {
    self.init(
      path: calendar.vdir.hasPrefix("~/") ? home + calendar.vdir.dropFirst() : calendar.vdir,
      marks: marks)
  }

  /// True if a file is not read because it ends the process that reads it.
  package func isSetAside(_ name: String) -> Bool { suspects?.contains(name) ?? false }

  /// Reads the folder again. Returns whether anything in it has changed.
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

  /// Reads a file.
  /// - Parameter listed: the stamp from the folder's list. A file that cannot be read keeps it, and is tried
  ///   again once it has another one.
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
          // A schedule that ends the process does so here, where the file is marked.
          for ritual in rituals { _ = ritual.schedule.next(after: Instant(seconds: 0), in: .utc) }
          file.rituals += rituals
        } catch {
          file.notes.append(error)
        }
      }
    } catch {
      // A mistake in a file must not silence a reminder.
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

  /// True if there is an event of this key (`CalendarRitual.key`), or was when its file could be read last. A
  /// cancelled event counts.
  package func has(eventOf key: String) -> Bool {
    files.values.contains { file in
      file.series.contains { key == $0.uid || key.hasPrefix($0.uid + " ") }
    }
  }

  /// All events that say which ritual they were made from.
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

  /// The warnings about the folder and its files, in the order of the files.
  package var notes: [Problem] {
    if let failure { return [Problem(file: path, line: 0, text: "the folder cannot be read: \(failure)")] }
    var notes = leftOut.map { [Problem(file: path, line: 0, text: "\($0) is left out")] } ?? []
    for (path, file) in sorted {
      notes += file.notes.map { note in
        let accepted = note.accepted.isEmpty ? "" : "; accepted: \(note.accepted)"
        return Problem(file: path, line: note.line, text: note.reason + accepted)
      }
    }
    return notes
  }
}
