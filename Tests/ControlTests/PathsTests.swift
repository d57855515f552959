import Control
import Testing

@Suite("Paths")
struct PathsTests {
  @Test("Folders come from the environment; relative ones are ignored")
  func folders() {
    let set = ["HOME": "/home/a", "XDG_CONFIG_HOME": "/c", "XDG_STATE_HOME": "/s", "XDG_RUNTIME_DIR": "/r"]
    let paths = Paths(environment: { set[$0] }, user: 1000)
    #expect(paths.configuration == "/c/ritual")
    #expect(paths.journal == "/s/ritual/journal.sqlite")
    #expect(paths.socket == "/r/ritual/control.sock")
    let relative = ["HOME": "/home/a", "XDG_CONFIG_HOME": "c", "XDG_STATE_HOME": "", "XDG_RUNTIME_DIR": "r"]
    let usual = Paths(environment: { relative[$0] }, user: 1000)
    #expect(usual.configuration == "/home/a/.config/ritual")
    #expect(usual.journal == "/home/a/.local/state/ritual/journal.sqlite")
    #expect(usual.socket == "/run/user/1000/ritual/control.sock")
  }
}
