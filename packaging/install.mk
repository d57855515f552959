# `make install`, `make uninstall`, and their places, which may have blanks. packaging/install-files has the
# list of files. DESTDIR precedes every place, for packages; the programs know only PREFIX.

PREFIX ?= /usr/local
DESTDIR ?=
BINDIR ?= $(PREFIX)/bin
DATADIR ?= $(PREFIX)/share
LIBEXECDIR ?= $(PREFIX)/libexec/ritual
ZSHDIR ?= $(DATADIR)/zsh/site-functions
# Empty: lib/systemd/user of PREFIX, or share/systemd/user if PREFIX is in one's home.
UNITDIR ?=
# PRESET=yes installs a preset too: then a distribution's tools enable rituald.path for all accounts.
PRESET ?=
# Empty: user-preset beside UNITDIR.
PRESETDIR ?=

# AppStream has developers with ids since 1.0, and before that only their names. Debian 12 has 0.16.
OLD_APPSTREAM ?= $(shell grep -qsx VERSION_CODENAME=bookworm /etc/os-release && echo yes)

# Only these targets export them: a make within another one, as of a package, has settings of its own.
SETTINGS = PREFIX DESTDIR BINDIR DATADIR LIBEXECDIR ZSHDIR UNITDIR PRESET PRESETDIR OLD_APPSTREAM DIST PROGRAMS
$(foreach name,$(SETTINGS),$(eval install uninstall: export $(name) := $$($(name))))

.PHONY: install
install: ## installs what `make release` made, to PREFIX
	@packaging/install-files install

.PHONY: uninstall
uninstall: ## removes what install put there; configuration, journal and files of others stay
	@packaging/install-files uninstall
