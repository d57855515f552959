# make            lists what there is
# SWIFT_FLAGS=…   goes to every build
# DEPS=install    installs missing dependencies without a question; NEED=no does not look for them

SWIFT ?= swift
SWIFT_FLAGS ?=

# SwiftPM asks pkg-config about libraries that have a module map. toml++ has only headers, which may be in a
# folder that the compiler does not search.
TOML_FOLDER := $(shell pkg-config --cflags-only-I tomlplusplus 2>/dev/null)
override SWIFT_FLAGS += $(addprefix -Xcxx ,$(TOML_FOLDER))

# An import of a room that the manifest does not name is an error, also where it would build.
STRICT = --explicit-target-dependency-import-check error
# Relocations in a tenth of their size (glibc 2.36 and later), identical functions merged, and no exported
# names.
SMALL = --disable-local-rpath -Xswiftc -use-ld=lld -Xlinker --icf=safe -Xlinker -z -Xlinker pack-relative-relocs -Xlinker --no-export-dynamic
# Swift's functions throw no exceptions. The compiler is told so, since with debug information it would give
# each its lines in the unwinder's table, which is a part of the program; now these are debug information too
# (docs/decisions/0032-debug-information-beside-the-programs.md).
SMALL += -Xswiftc -Xllvm -Xswiftc -force-attribute=nounwind
# The same programs from every folder: no paths in them.
SAME = -Xswiftc -file-prefix-map -Xswiftc "$(CURDIR)=." -Xcc "-ffile-prefix-map=$(CURDIR)=."
RELEASE = .build/release
DIST ?= .build/dist
PROGRAMS = rituald ritualctl

# Each test has a bus, and so an inotify instance, of which a user may have 128 (inotify(7)); and tests that
# wait for each other prove nothing. `swift test` has no option for the number of parallel tests, but the test
# program has.
TESTS = ritualPackageTests.xctest --testing-library swift-testing --experimental-maximum-parallelization-width 12

.PHONY: help
help: ## lists what there is
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' $(MAKEFILE_LIST) | expand -t 18

.PHONY: try
try: deps-build ## builds the daemon and shows a reminder
	$(SWIFT) build $(SWIFT_FLAGS) $(STRICT) --product rituald
	$(SWIFT) build $(SWIFT_FLAGS) $(STRICT) --product ritualctl
	scripts/try

.PHONY: test
test: deps-build deps-test lint ## runs all tests
	$(SWIFT) build $(SWIFT_FLAGS) $(STRICT) --build-tests
	"$$($(SWIFT) build $(SWIFT_FLAGS) --show-bin-path)"/$(TESTS)

SERVERS ?=

.PHONY: test-servers
test-servers: build ## runs the daemon with real notification servers; SERVERS=… for some
	scripts/need dbus-daemon:dbus-daemon dbus-monitor:dbus-bin Xvfb:xvfb xdotool:xdotool import:imagemagick gdbus:libglib2.0-bin \
	  fonts/dejavu:fonts-dejavu-core gdk-pixbuf-svg:librsvg2-common dunst:dunst \
	  /usr/lib/notification-daemon/notification-daemon:notification-daemon xfce4-notifyd-config:xfce4-notifyd \
	  /usr/lib/mate-notification-daemon/mate-notification-daemon:mate-notification-daemon \
	  lxqt-notificationd:lxqt-notificationd mako:mako-notifier sway:sway grim:grim setpriv:util-linux
	scripts/test-servers $(SERVERS)

BACKENDS ?=

.PHONY: test-portal
test-portal: build ## runs the daemon as in a Flatpak, with the real portal; BACKENDS=… for some
	scripts/need dbus-daemon:dbus-daemon dbus-monitor:dbus-bin Xvfb:xvfb dunst:dunst import:imagemagick gdbus:libglib2.0-bin \
	  xdotool:xdotool fonts/dejavu:fonts-dejavu-core xdg-dbus-proxy:xdg-dbus-proxy bwrap:bubblewrap \
	  /usr/libexec/xdg-desktop-portal:xdg-desktop-portal /usr/libexec/xdg-desktop-portal-gtk:xdg-desktop-portal-gtk
	scripts/test-portal $(BACKENDS)

DESKTOPS = $(or $(SERVERS),gnome-shell plasma cinnamon budgie swaync)

.PHONY: test-desktops
test-desktops: build deps-desktops ## the same with the servers of whole desktops; SERVERS=… for some
	scripts/test-servers $(DESKTOPS)

SCENARIOS ?=

.PHONY: test-system
test-system: build ## runs the service under a real systemd user manager (as root); SCENARIOS=… for some
	scripts/need dunst:dunst Xvfb:xvfb unshare:util-linux systemd-analyze:systemd systemd-run:systemd perl:perl-base \
	  /usr/lib/systemd/user/dbus.socket:dbus-user-session
	scripts/test-system $(SCENARIOS)

.PHONY: interface
interface: ## writes io.ritual.Control.varlink as Swift, in Sources/Control/Interface
	$(SWIFT) run $(SWIFT_FLAGS) $(STRICT) InterfaceWriter Sources/Control/io.ritual.Control.varlink \
	  Sources/Control/Interface

.PHONY: schema
schema: ## writes the known keys of TOML files as schemas for editors, in config/schema
	$(SWIFT) run $(SWIFT_FLAGS) $(STRICT) SchemaWriter config/schema

.PHONY: build
build: deps-build ## builds both programs
	$(SWIFT) build $(SWIFT_FLAGS) $(STRICT)

.PHONY: release
release: deps-build ## builds small programs that need no Swift, in .build/dist
	SWIFT="$(SWIFT)" scripts/swift-packages check
	for program in $(PROGRAMS); do \
	  $(SWIFT) build $(SWIFT_FLAGS) -c release --static-swift-stdlib $(SMALL) $(SAME) \
	    -Xlinker "--why-extract=$(CURDIR)/.build/$$program.extracted" --product $$program || exit; \
	done
	mkdir -p $(DIST)/unstripped
	for program in $(PROGRAMS); do \
	  scripts/strip-alike $(RELEASE)/$$program $(DIST)/$$program $(DIST)/unstripped/$$program || exit; \
	done
	scripts/make-completions $(DIST)
	scripts/check-licences $(addprefix $(RELEASE)/,$(PROGRAMS))
	scripts/check-size $(DIST)/rituald $(DIST)/ritualctl
	scripts/check-hardening $(RELEASE) $(addprefix $(DIST)/,$(PROGRAMS))

include packaging/install.mk

.PHONY: test-install
test-install: ## installs and uninstalls: folders with blanks, DESTDIR, umask 077; nothing comes unasked
	scripts/need systemd-analyze:systemd desktop-file-validate:desktop-file-utils script:bsdutils
	scripts/test-install
	scripts/test-need
	scripts/test-release

.PHONY: test-recipes
test-recipes: ## asks linters about the recipes for Arch, Fedora and Nix
	scripts/need makepkg:makepkg shellcheck:shellcheck rpmspec:rpm rpmlint:rpmlint nix-instantiate:nix-bin setpriv:util-linux
	scripts/test-recipes

.PHONY: dist
dist: ## packs the sources, with the Swift packages, for builds without a network, in .build/dist
	scripts/need xz:xz-utils
	SWIFT="$(SWIFT)" scripts/make-dist

.PHONY: deb
deb: dist deps-build ## makes Debian packages from these sources, without a network, in .build/dist
	scripts/need dpkg-buildpackage:dpkg-dev dh:debhelper lintian:lintian appstreamcli:appstream \
	  /usr/share/build-essential/list:build-essential
	scripts/make-deb

.PHONY: test-deb
test-deb: deb ## installs the package into a clean root and runs it there (as root)
	scripts/need debootstrap:debootstrap
	scripts/test-deb

.PHONY: test-upgrade
test-upgrade: deb ## upgrades, downgrades, removes and purges the package in open sessions (as root); KEEP=1
	scripts/need debootstrap:debootstrap unshare:util-linux
	scripts/test-upgrade

.PHONY: test-autopkgtest
test-autopkgtest: deb ## runs the package's own test in a clean root (as root)
	scripts/need debootstrap:debootstrap
	scripts/test-autopkgtest

SUITE ?= bookworm

.PHONY: test-debian
test-debian: ## from nothing to a reminder in clean roots of SUITE (as root); KEEP=1, SHORT=1
	scripts/need debootstrap:debootstrap git:git unshare:util-linux
	scripts/test-debian $(SUITE)

.PHONY: tarball
tarball: release ## makes an archive for machines without Swift, in .build/dist
	scripts/make-tarball

.PHONY: reproducible
reproducible: deps-build ## builds a release twice, in different folders, and compares programs and packages
	SWIFT="$(SWIFT)" scripts/reproducible

.PHONY: lint
lint: ## checks the style, the comments, the spelling, the scripts and the walls between the rooms
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests Tools
	scripts/check-comments
	scripts/check-walls
	scripts/check-version
	scripts/check-licences
	scripts/check-shell
	scripts/check-spelling
	scripts/check-links
	cd packaging && sha256sum --check --quiet icons/drawings.sha256 || { echo "run scripts/make-icons" >&2; exit 1; }

.PHONY: bench
bench: release ## measures; prints figures beside their targets, and what has changed since the last ones
	SWIFT="$(SWIFT)" SWIFT_FLAGS="$(SWIFT_FLAGS)" scripts/bench

FUZZ_SECONDS ?= 60

.PHONY: fuzz
fuzz: ## feeds the parsers what nobody would write, for FUZZ_SECONDS each
	SWIFT="$(SWIFT)" SWIFT_FLAGS="$(SWIFT_FLAGS)" scripts/fuzz $(FUZZ_SECONDS)

KILLS ?= 200

.PHONY: crash
crash: deps-build deps-test ## kills the daemon KILLS times while it works
	$(SWIFT) build $(SWIFT_FLAGS) $(STRICT) --build-tests
	RITUAL_KILLS=$(KILLS) "$$($(SWIFT) build $(SWIFT_FLAGS) --show-bin-path)"/$(TESTS) --filter EndToEndTests.CrashTests

# The counters are in a file that is mapped into memory (%c): the daemon ends without exit(3), and some tests
# kill it.
COVERED = $(SWIFT_FLAGS) $(STRICT) --enable-code-coverage --scratch-path .build-coverage \
  -Xswiftc -Xllvm -Xswiftc -runtime-counter-relocation

.PHONY: coverage
coverage: deps-build deps-test ## runs all tests and prints how many lines of each room they reach
	$(SWIFT) build $(COVERED) --build-tests
	rm -rf .build-coverage/profiles
	LLVM_PROFILE_FILE="$(CURDIR)/.build-coverage/profiles/%c%8m.profraw" \
	  "$$($(SWIFT) build $(COVERED) --show-bin-path)"/$(TESTS)
	SWIFT="$(SWIFT)" scripts/coverage

# Leaks of the runtime itself are ignored.
SANITIZERS ?= thread address
SANITIZE_FILTER ?= .
TESTED ?=

.PHONY: sanitize
sanitize: deps-build deps-test ## looks for data races and misused memory in the tests; TESTED=… for some
	export RITUAL_TESTED="$(TESTED)"; for sanitizer in $(SANITIZERS); do \
	  build="$(SWIFT_FLAGS) $(STRICT) --sanitize=$$sanitizer --scratch-path .build-$$sanitizer"; \
	  $(SWIFT) build $$build --build-tests || exit; \
	  ASAN_OPTIONS=detect_leaks=0 "$$($(SWIFT) build $$build --show-bin-path)"/$(TESTS) \
	    --filter '$(SANITIZE_FILTER)' || exit; \
	done

.PHONY: test-calendars
test-calendars: deps-build ## two daemons, Radicale and vdirsyncer: rituals and answers travel
	scripts/need radicale:radicale vdirsyncer:vdirsyncer curl:curl dbus-daemon:dbus-daemon
	$(SWIFT) build $(SWIFT_FLAGS) $(STRICT) --product rituald
	$(SWIFT) build $(SWIFT_FLAGS) $(STRICT) --product ritualctl
	scripts/test-calendars

CONNECTIONS ?= 5000000

.PHONY: stress
stress: release ## makes CONNECTIONS short connections to the daemon beside changes of files
	scripts/need python3:python3
	scripts/stress $(DIST)/rituald $(CONNECTIONS)

MINUTES ?= 60

.PHONY: soak
soak: release ## runs the daemon for MINUTES with a ritual every second; says whether it grows
	scripts/need dbus-daemon:dbus-daemon Xvfb:xvfb dunst:dunst
	scripts/soak $(MINUTES)

.PHONY: test-toml
test-toml: deps-build ## compiles the TOML shim against the toml++ of Debian 12 and of Debian 13
	scripts/need dpkg-deb:dpkg
	scripts/test-toml

SEED ?= any
YEARS ?= 2000

.PHONY: simulate
simulate: ## lives through YEARS of use in made-up worlds, from SEED on
	$(SWIFT) build $(SWIFT_FLAGS) -c release --static-swift-stdlib --product Simulation
	$(RELEASE)/Simulation $(SEED) $(YEARS)

.PHONY: simulate-mutants
simulate-mutants: ## puts faults into the engine; the simulation must notice each within 200 years
	$(SWIFT) build $(SWIFT_FLAGS) -c release --static-swift-stdlib --product Simulation
	$(RELEASE)/Simulation mutants 200

.PHONY: deps-build
deps-build:
	scripts/need g++:g++ pkg-config:pkg-config libsystemd.pc:libsystemd-dev sqlite3.pc:libsqlite3-dev \
	  tomlplusplus.pc:libtomlplusplus-dev

.PHONY: deps-test
deps-test:
	scripts/need dbus-daemon:dbus-daemon dbus-send:dbus-bin Xvfb:xvfb dunst:dunst xdotool:xdotool tmux:tmux prlimit:util-linux \
	  xdg-dbus-proxy:xdg-dbus-proxy \
	  import:imagemagick systemd-analyze:systemd zoneinfo/Europe/Berlin:tzdata \
	  dist-packages/dateutil:python3-dateutil mandoc:mandoc zsh:zsh fish:fish \
	  fusefat:fusefat /usr/sbin/mkfs.fat:dosfstools sqlite3:sqlite3 dbus-monitor:dbus-bin strace:strace setfacl:acl \
	  chromium:chromium dist-packages/icalendar:python3-icalendar dist-packages/jsonschema:python3-jsonschema \
	  dist-packages/recurring_ical_events.py:python3-recurring-ical-events
	scripts/need-python varlink==31.0.0 axe-playwright-python==0.1.8

NEED_gnome-shell = gnome-shell:gnome-shell gjs:gjs
NEED_plasma = plasmashell:plasma-workspace /usr/share/plasma/shells/org.kde.plasma.desktop:plasma-desktop \
  kwin_x11:kwin-x11 kwriteconfig5:libkf5config-bin kde-inhibit:kde-cli-tools
NEED_cinnamon = cinnamon:cinnamon
NEED_budgie = budgie-daemon:budgie-core
NEED_swaync = swaync:sway-notification-center sway:sway grim:grim wtype:wtype setpriv:util-linux dunst:dunst

.PHONY: deps-desktops
deps-desktops:
	scripts/need dbus-daemon:dbus-daemon dbus-monitor:dbus-bin dist-packages/dbusmock:python3-dbusmock Xvfb:xvfb \
	  xdotool:xdotool import:imagemagick gsettings:libglib2.0-bin fonts/dejavu:fonts-dejavu-core \
	  gdk-pixbuf-svg:librsvg2-common $(foreach desktop,$(DESKTOPS),$(NEED_$(desktop)))

.PHONY: clean
clean: ## removes everything that was built
	rm -rf .build .build-fuzz .build-thread .build-address .build-coverage try.png
