# The files of `make install` and their places. DESTDIR precedes every path, for packages; the programs know
# only PREFIX.

PREFIX ?= /usr/local
DESTDIR ?=
BINDIR ?= $(PREFIX)/bin
DATADIR ?= $(PREFIX)/share
LIBEXECDIR ?= $(PREFIX)/libexec/ritual
ZSHDIR ?= $(DATADIR)/zsh/site-functions
# systemd searches a user's own units under ~/.local/share, and all users' under lib (systemd.unit(5)).
UNITDIR ?= $(if $(filter $(HOME)/%,$(PREFIX)),$(DATADIR),$(PREFIX)/lib)/systemd/user

# The version is in one place; the date is that of the last change.
VERSION = $(shell scripts/version)
DATE = $(shell scripts/version --date)

UNITS = rituald.service rituald.socket rituald-prepare.service rituald-bus.socket rituald-bus.service \
  rituald-guide.socket rituald-guide@.service
APP = io.ritual.Ritual
ICONS = $(DATADIR)/icons/hicolor
ICON_SIZES = $(notdir $(wildcard packaging/icons/*x*))
icon = $(ICONS)/$(1)/apps/$(APP).png
# All manual pages, decks, guides and presets.
MANUALS = $(wildcard docs/man/*.[1-8])
WORDS = $(patsubst config/%,%,$(wildcard config/decks/*.toml config/guides/*.toml config/presets/*.toml config/schema/*.json))
manual = $(DATADIR)/man/man$(subst .,,$(suffix $(1)))/$(notdir $(1))

INSTALLED = \
  $(addprefix $(BINDIR)/,$(PROGRAMS)) $(addprefix $(UNITDIR)/,$(UNITS)) $(dir $(UNITDIR))user-preset/80-ritual.preset \
  $(LIBEXECDIR)/prepare \
  $(DATADIR)/applications/$(APP).desktop $(DATADIR)/metainfo/$(APP).metainfo.xml \
  $(ICONS)/scalable/apps/$(APP).svg $(ICONS)/symbolic/apps/$(APP)-symbolic.svg \
  $(foreach size,$(ICON_SIZES),$(call icon,$(size))) \
  $(DATADIR)/bash-completion/completions/ritualctl $(ZSHDIR)/_ritualctl \
  $(DATADIR)/fish/vendor_completions.d/ritualctl.fish \
  $(foreach page,$(MANUALS),$(call manual,$(page)))

.PHONY: install
install: ## installs what `make release` made, to PREFIX
	@test -x $(DIST)/rituald || { echo "run make release first"; exit 1; }
	install -d $(sort $(addprefix $(DESTDIR),$(dir $(INSTALLED)) $(DATADIR)/doc/ritual))
	install -m 755 $(addprefix $(DIST)/,$(PROGRAMS)) $(DESTDIR)$(BINDIR)/
	install -m 644 $(addprefix systemd/,$(UNITS)) $(DESTDIR)$(UNITDIR)/
	sed -i 's|@bindir@|$(BINDIR)|; s|@libexecdir@|$(LIBEXECDIR)|' $(addprefix $(DESTDIR)$(UNITDIR)/,$(UNITS))
	install -m 755 systemd/prepare $(DESTDIR)$(LIBEXECDIR)/
	install -m 644 systemd/80-ritual.preset $(DESTDIR)$(dir $(UNITDIR))user-preset/
	install -m 644 packaging/$(APP).desktop $(DESTDIR)$(DATADIR)/applications/
	sed 's|@version@|$(VERSION)|; s|@date@|$(DATE)|' packaging/$(APP).metainfo.xml \
	  >$(DESTDIR)$(DATADIR)/metainfo/$(APP).metainfo.xml
	install -m 644 packaging/$(APP).svg $(DESTDIR)$(ICONS)/scalable/apps/
	install -m 644 packaging/$(APP)-symbolic.svg $(DESTDIR)$(ICONS)/symbolic/apps/
	$(foreach size,$(ICON_SIZES),install -m 644 packaging/icons/$(size)/$(APP).png $(DESTDIR)$(call icon,$(size)) &&) true
	$(DIST)/ritualctl --generate-completion-script bash | sed '1{/^#!/d}' >$(DESTDIR)$(DATADIR)/bash-completion/completions/ritualctl
	$(DIST)/ritualctl --generate-completion-script zsh >$(DESTDIR)$(ZSHDIR)/_ritualctl
	$(DIST)/ritualctl --generate-completion-script fish >$(DESTDIR)$(DATADIR)/fish/vendor_completions.d/ritualctl.fish
	$(foreach page,$(MANUALS),install -m 644 $(page) $(DESTDIR)$(call manual,$(page)) &&) true
	$(foreach file,$(WORDS),install -D -m 644 config/$(file) $(DESTDIR)$(DATADIR)/ritual/$(file) &&) true
	install -m 644 Sources/Control/io.ritual.Control.varlink $(DESTDIR)$(DATADIR)/ritual/
	install -m 644 README.md CHANGELOG.md CONTRIBUTING.md SECURITY.md LICENSE THIRD-PARTY.md $(DESTDIR)$(DATADIR)/doc/ritual/
	install -D -m 644 config/ritual.toml $(DESTDIR)$(DATADIR)/doc/ritual/config/ritual.toml
	install -d $(DESTDIR)$(DATADIR)/doc/ritual/docs/images $(DESTDIR)$(DATADIR)/doc/ritual/docs/decisions
	install -m 644 $(wildcard docs/decisions/*.md) $(DESTDIR)$(DATADIR)/doc/ritual/docs/decisions/
	install -m 644 $(wildcard docs/*.md) $(DESTDIR)$(DATADIR)/doc/ritual/docs/
	install -m 644 $(wildcard docs/images/*) $(DESTDIR)$(DATADIR)/doc/ritual/docs/images/

.PHONY: uninstall
uninstall: ## removes what install put there; configuration and journal stay
	rm -f $(addprefix $(DESTDIR),$(INSTALLED))
	rm -rf $(DESTDIR)$(DATADIR)/doc/ritual $(DESTDIR)$(DATADIR)/ritual $(DESTDIR)$(LIBEXECDIR)
