import DesktopRig
import FoundationEssentials
import Glibc

/// A browser without a window: renders a page as people see it, and runs axe-core (deque.com/axe), which
/// finds what keeps some of them out.
struct Chromium {
  private let folder: TemporaryFolder
  private static let axe = Repository.root + "/.build/python/axe_playwright_python/axe.min.js"

  /// True if both are installed; `make deps-test` does that.
  static var isThere: Bool { (try? find("chromium", package: "chromium")) != nil && access(axe, R_OK) == 0 }

  init(_ folder: TemporaryFolder) { self.folder = folder }

  /// The findings of axe.
  struct Findings: Decodable {
    /// The rules that are broken, each with its first place.
    let violations: [String]
    let passes: [String]
    /// The pixels by which the page is wider than its window, which is never narrower than 500.
    let excess: Double
  }

  /// Looks the page over at a width in pixels, light or dark.
  func look(at page: String, width: Int, isDark: Bool) async throws -> Findings {
    guard let script = Self.text(Self.axe) else { throw RigError.waitedInVain("axe-core") }
    // The page itself allows no script.
    let open = page.replacing("default-src 'none'", with: "default-src 'none'; script-src 'unsafe-inline'")
    let probe = """
      <script>\(script.replacing("</script", with: "<\\/script"))</script>
      <script>
      axe.run(document).then(function (found) {
        var root = document.documentElement, excess = root.scrollWidth - root.clientWidth;
        var text = JSON.stringify({
          violations: found.violations.map(function (rule) { return rule.id + ": " + rule.nodes[0].html }),
          passes: found.passes.map(function (rule) { return rule.id }), excess: excess
        });
        document.body.innerHTML = "";
        document.body.setAttribute("data-found", btoa(unescape(encodeURIComponent(text))));
      });
      </script>
      </body>
      """
    let path = try folder.write(open.replacing("</body>", with: probe), to: "look.html")
    let dom = try await run(path, width, isDark, ["--virtual-time-budget=30000", "--dump-dom"]).output
    guard let start = dom.firstRange(of: "data-found=\"")?.upperBound,
      let end = dom[start...].firstIndex(of: "\""), let data = Data(base64Encoded: String(dom[start..<end]))
    else { throw RigError.waitedInVain("axe to look at the page: \(dom.prefix(200))") }
    return try JSONDecoder().decode(Findings.self, from: data)
  }

  /// Saves how the page looks; returns the picture's path.
  func picture(of page: String, width: Int, isDark: Bool, to path: String) async throws {
    let file = try folder.write(page, to: "picture.html")
    _ = try await run(file, width, isDark, ["--hide-scrollbars", "--screenshot=\(path)"])
  }

  private func run(_ file: String, _ width: Int, _ isDark: Bool, _ more: [String]) async throws -> Output {
    let output = try await ChildProcess.run(
      find("chromium", package: "chromium"),
      [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--user-data-dir=\(folder.path("chromium"))",
        "--blink-settings=preferredColorScheme=\(isDark ? 0 : 1)", "--window-size=\(width),1600",
      ] + more + ["file://\(file)"],
      environment: ["PATH": searchPath, "HOME": folder.path, "LANG": "C.UTF-8"])
    guard output.status == 0 else { throw RigError.waitedInVain("chromium: \(output.errors.suffix(400))") }
    return output
  }

  private static func text(_ path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 4 << 20)
    let count = read(descriptor, &bytes, bytes.count)
    return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
  }
}
