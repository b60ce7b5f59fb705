# The compact toolkit. `make help` lists the targets.

# ---------- settings ----------

CC      ?= cc
PREFIX  ?= /usr/local
DESTDIR ?=
BUILD   ?= build
JOBS    ?= $(shell nproc 2>/dev/null || echo 2)
# The version stands in one place, the first line of the Debian changelog.
VERSION := $(shell sed -n '1s/^compact .\([0-9.]*\).*/\1/p' debian/changelog)

WARN    := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wformat=2 -Wmissing-prototypes
WERROR  ?= -Werror
OPT     ?= -O2 -g
HARDEN  ?= -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
SAN     ?=
DEFS    := -D_GNU_SOURCE -DSQLITE_ENABLE_SESSION -DSQLITE_ENABLE_PREUPDATE_HOOK \
           -DVERSION='"$(VERSION)"' -DPREFIX='"$(PREFIX)"'
LIBS    := -lsqlite3 -lcsv -lyaml -lutf8proc -llowdown -lzip -lz -lexpat -lxlsxwriter -lmd -lseccomp -lm

# No path of this machine ends up in a program; --as-needed keeps to the libraries a program calls.
ALL_CFLAGS  = -std=c17 $(OPT) $(WARN) $(WERROR) $(HARDEN) $(SAN) $(DEFS) -Ilib -I$(BUILD)/gen -MMD -MP \
              -ffunction-sections -fdata-sections -ffile-prefix-map=$(CURDIR)=. $(CPPFLAGS) $(CFLAGS)
ALL_LDFLAGS = -pie -Wl,-z,relro,-z,now -Wl,--as-needed -Wl,--gc-sections $(SAN) $(LDFLAGS)

# A make of its own for a target's parts: parallel, unless -j says otherwise already.
SUBMAKE = $(MAKE) --no-print-directory $(if $(findstring j,$(filter-out --%,$(MAKEFLAGS))),,-j$(JOBS))

LIB_SRC := $(wildcard lib/*/*.c lib/*/*/*.c)
LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/obj/%.o) $(BUILD)/obj/gen/schema.o $(BUILD)/obj/gen/looks.o
BIN_SRC := $(wildcard bin/*.c)
NAMES   := $(BIN_SRC:bin/%.c=%)
PROGS   := $(NAMES:%=$(BUILD)/bin/%)
ARCHIVE := $(BUILD)/libcompact.a
UNIT    := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/test-*.c))

all: $(PROGS) $(BUILD)/share $(BUILD)/man/compact-schema.5 $(BUILD)/completions/done ## build everything into build/

# ---------- Debian packages, by what needs them ----------
# NAME:COMMAND is not installed where the command is there already.

BUILD_DEPS  := gcc make libc6-dev libsqlite3-dev libcsv-dev libyaml-dev libutf8proc-dev liblowdown-dev \
               libzip-dev zlib1g-dev libexpat1-dev libxlsxwriter-dev libmd-dev libseccomp-dev
RUN_DEPS    := groff librsvg2-bin fonts-dejavu-core fonts-urw-base35
CHECK_DEPS  := libcmocka-dev perl sqlite3 mandoc python3 python3-yaml python3-openpyxl shellcheck zip unzip \
               strace diffutils ripmime poppler-utils
PEER_DEPS   := chromium libreoffice-calc-nogui libreoffice-writer-nogui r-base-core r-cran-survey python3-scipy mblaze calcurse libical-dev \
               python3-icalendar python3-xlsxwriter gnumeric zsh fish nodejs:node npm:npm
STATIC_DEPS := clang clang-tidy clang-format cppcheck shellcheck
FUZZ_DEPS   := clang llvm libclang-rt-14-dev
DEB_DEPS    := debhelper dpkg-dev fakeroot lintian
BENCH_DEPS  := sqlite3 miller datamash csvkit sqlite-utils xlsx2csv gnumeric taskwarrior pandoc python3-pandas \
               python3-xlsxwriter lowdown cmark-gfm mawk recutils

need = @sh tests/tools/need
deps: ## install what building and running need
	$(need) $(BUILD_DEPS) $(RUN_DEPS)
check-deps: ## … what make check needs
	$(need) $(BUILD_DEPS) $(RUN_DEPS) $(CHECK_DEPS)
peer-deps: ## … what make check-peers needs
	$(need) $(BUILD_DEPS) $(RUN_DEPS) $(CHECK_DEPS) $(PEER_DEPS) $(DEB_DEPS)
	@test -f $(BUILD)/peers/node_modules/axe-core/axe.min.js || \
		npm install --silent --no-audit --no-fund --prefix $(BUILD)/peers axe-core@4
bench-deps: ## … the programs that make bench measures beside ours
	$(need) $(BUILD_DEPS) $(RUN_DEPS) $(CHECK_DEPS) $(BENCH_DEPS)

# ---------- programs ----------

# What was built with other settings, or from files that are gone, is built again. (+: under -n too, so that it tells
# what would be done.)
$(BUILD)/flags $(BUILD)/sources: $(BUILD)/%: FORCE
	+@mkdir -p $(@D); echo $(NOW_$*) | cmp -s - $@ || echo $(NOW_$*) >$@
NOW_flags = '$(subst ','\'',$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS))'
NOW_sources = '$(LIB_OBJ)'

$(BUILD)/obj/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -c -o $@ $<
$(BUILD)/obj/gen/%.o: $(BUILD)/gen/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Wno-overlength-strings -c -o $@ $<
$(ARCHIVE): $(LIB_OBJ) $(BUILD)/sources
	@rm -f $@
	$(AR) rcs $@ $(LIB_OBJ)
# In two steps: what a program does not use goes first, so that it is not linked with the libraries of that. (The
# linker alone asks which it needs before it looks what is used.) Sanitizers want their parts left alone.
$(BUILD)/bin/%: $(BUILD)/obj/bin/%.o $(ARCHIVE)
	@mkdir -p $(@D)
	$(CC) -r -nostdlib $(if $(SAN),,-Wl,--gc-sections,--entry=main) -o $<.used $< $(ARCHIVE)
	$(CC) $(ALL_LDFLAGS) -o $@ $<.used $(LIBS)
	@rm -f $<.used
# The programs look for share/ beside themselves (build/bin/../share) before the installed one.
$(BUILD)/share:
	@mkdir -p $(BUILD)
	ln -sfn $(abspath share) $@

# The schema: every lib/schema/*.sql in the order of its name, as C texts (schema_files).
SCHEMA := $(sort $(wildcard lib/schema/*.sql))
UPGRADES := $(sort $(wildcard lib/schema/upgrade/*.sql))
$(BUILD)/gen/schema.c: lib/schema/embed.awk $(SCHEMA) $(UPGRADES)
	@mkdir -p $(@D)
	LC_ALL=C awk -f $^ > $@.tmp && mv $@.tmp $@

# The looks of documents (style sheet, ODT styles, troff preamble), as C texts.
$(BUILD)/gen/looks.c: lib/report/looks/embed.awk $(sort $(wildcard lib/report/looks/*.css lib/report/looks/*.xml lib/report/looks/*.ms))
	@mkdir -p $(@D)
	LC_ALL=C awk -f $^ > $@.tmp && mv $@.tmp $@

# The manual page of the schema, from the comments, columns and rules of its tables and views.
$(BUILD)/man/compact-schema.5: man/schema.awk $(SCHEMA) man/compact-schema.5.in
	@mkdir -p $(@D)
	LC_ALL=C awk -f $^ > $@.tmp && mv $@.tmp $@

# Completions, from what each program says of its own option table.
$(BUILD)/completions/done: share/completions/make $(wildcard share/completions/*.awk share/completions/*.bash) $(PROGS)
	sh share/completions/make $(@D) $(PROGS)
	@touch $@

# ---------- installing ----------

MAN1 := $(wildcard man/*.1)
MAN5 := $(wildcard man/*.5) $(BUILD)/man/compact-schema.5
MAN7 := $(wildcard man/*.7)
BASHCOMP = $(DESTDIR)$(PREFIX)/share/bash-completion/completions
ZSHCOMP  = $(DESTDIR)$(PREFIX)/share/zsh/site-functions
FISHCOMP = $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d

install: all ## install into DESTDIR/PREFIX (/usr/local)
	install -d $(DESTDIR)$(PREFIX)/bin $(BASHCOMP) $(ZSHCOMP) $(FISHCOMP)
	install -m755 $(PROGS) $(DESTDIR)$(PREFIX)/bin
	for n in 1 5 7; do install -d $(DESTDIR)$(PREFIX)/share/man/man$$n; done
	install -m644 $(MAN1) $(DESTDIR)$(PREFIX)/share/man/man1
	install -m644 $(MAN5) $(DESTDIR)$(PREFIX)/share/man/man5
	install -m644 $(MAN7) $(DESTDIR)$(PREFIX)/share/man/man7
	cd share && find . -path ./completions -prune -o -type d -exec install -d $(abspath $(DESTDIR)$(PREFIX))/share/compact/{} \;
	cd share && find . -path ./completions -prune -o -type f -exec install -m644 {} $(abspath $(DESTDIR)$(PREFIX))/share/compact/{} \;
	chmod 755 $(DESTDIR)$(PREFIX)/share/compact/examples/*.sh
	install -m644 $(BUILD)/completions/compact.bash $(BASHCOMP)/compact
	for p in $(NAMES); do ln -sfn compact $(BASHCOMP)/$$p; done
	install -m644 $(BUILD)/completions/_compact $(ZSHCOMP)
	install -m644 $(BUILD)/completions/fish/*.fish $(FISHCOMP)
uninstall: ## take away what install put there
	rm -f $(NAMES:%=$(DESTDIR)$(PREFIX)/bin/%) $(BASHCOMP)/compact $(NAMES:%=$(BASHCOMP)/%) \
		$(ZSHCOMP)/_compact $(NAMES:%=$(FISHCOMP)/%.fish)
	rm -f $(foreach n,1 5 7,$(addprefix $(DESTDIR)$(PREFIX)/share/man/man$n/,$(notdir $(MAN$n))))
	rm -rf $(DESTDIR)$(PREFIX)/share/compact

# ---------- showing ----------

demo: deps ## the main jobs on the shipped samples; results in build/demo/
	@echo 'building, which takes half a minute the first time …'
	@$(SUBMAKE) -s all
	@sh share/examples/demo.sh $(BUILD)/demo $(BUILD)/bin

# ---------- tests ----------

# Unit tests: tests/unit/test-NAME.c, cmocka.
$(BUILD)/unit/%: tests/unit/%.c $(ARCHIVE)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MF $(BUILD)/unit/.$*.d $(ALL_LDFLAGS) -o $@ $< $(ARCHIVE) -lcmocka $(LIBS)
# Fuzz targets over their corpora, as tests; and the library that lets calls fail.
FUZZ := $(patsubst tests/fuzz/fuzz-%.c,%,$(wildcard tests/fuzz/fuzz-*.c))
FUZZ_OBJ := $(FUZZ:%=$(BUILD)/obj/tests/fuzz/fuzz-%.o) $(BUILD)/obj/tests/fuzz/replay.o
$(BUILD)/fuzz/replay-%: $(BUILD)/obj/tests/fuzz/fuzz-%.o $(BUILD)/obj/tests/fuzz/replay.o $(ARCHIVE)
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)
$(BUILD)/fault/fail.so: tests/fault/fail.c
	@mkdir -p $(@D)
	$(CC) -std=c17 -D_GNU_SOURCE -O2 $(WARN) $(WERROR) -fno-builtin -shared -fPIC -o $@ $<

unit: $(UNIT)
test-parts: unit $(FUZZ:%=$(BUILD)/fuzz/replay-%) $(BUILD)/fault/fail.so

quick: all test-parts ## the tests of seconds, with what is installed
	@BUILD=$(BUILD) sh tests/tools/run-tests quick
check: check-deps ## install what the tests need, build, run them all
	@$(SUBMAKE) all test-parts
	@BUILD=$(BUILD) sh tests/tools/run-tests check
SANITIZE = OPT='-O1 -g' HARDEN= SAN='-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer'
check-sanitize: check-deps ## the same under AddressSanitizer and UBSan, in build-sanitize/
	@$(SUBMAKE) BUILD=build-sanitize $(SANITIZE) all test-parts
	@BUILD=build-sanitize sh tests/tools/run-tests sanitize
check-peers: peer-deps ## tests beside large programs of others
	@$(SUBMAKE) all test-parts
	@BUILD=$(BUILD) sh tests/tools/run-tests peers

# ---------- longer looks ----------

fault: check-deps ## every malloc, write, sync, rename, close failed in turn; killed anywhere
	@$(SUBMAKE) all test-parts
	@TEST_ROUNDS=$${TEST_ROUNDS:-100} BUILD=$(BUILD) sh tests/tools/run-tests fault
fuzz: ## libFuzzer over every parser, FUZZ_SECONDS (60) each; findings in build-fuzz/
	$(need) $(BUILD_DEPS) $(FUZZ_DEPS)
	@$(SUBMAKE) CC=clang BUILD=build-fuzz $(subst address,fuzzer-no-link$(,)address,$(SANITIZE)) \
		$(FUZZ:%=build-fuzz/fuzz/fuzz-%)
	@sh tests/tools/run-fuzz build-fuzz $(FUZZ)
$(BUILD)/fuzz/fuzz-%: $(BUILD)/obj/tests/fuzz/fuzz-%.o $(ARCHIVE)
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(LIBS)
static: ## gcc's analyzer, clang's warnings, clang-tidy, cppcheck, shellcheck, format; PARTS='shell tidy' for some
	$(need) $(BUILD_DEPS) $(CHECK_DEPS) $(STATIC_DEPS)
	@MAKE='$(SUBMAKE)' sh tests/tools/static $(PARTS)
format: ## clang-format over all C sources
	clang-format -i $(C_FILES)
C_FILES = $(wildcard bin/*.c lib/*/*.[ch] lib/*/*/*.[ch] tests/*/*.[ch])

# Bounds: the least C programs that do a job's work.
BENCH := $(patsubst tests/bench/%.c,$(BUILD)/bench/%,$(wildcard tests/bench/*.c))
$(BUILD)/bench/%: tests/bench/%.c tests/bench/split.h
	@mkdir -p $(@D)
	$(CC) -std=c17 -D_GNU_SOURCE -O2 $(WARN) -Wno-conversion $(WERROR) -o $@ $< -Wl,--as-needed -lsqlite3 -lzip -lexpat
bench: check-deps ## jobs and peers side by side, as Markdown; GROUPS='read add' for some
	@$(SUBMAKE) all $(BENCH)
	@sh tests/bench/bench $(BUILD) $(GROUPS)

# ---------- packages ----------

dist: ## build/compact-VERSION.tar.xz from what is committed, the same bytes each time
	@mkdir -p $(BUILD)
	git archive --prefix=compact-$(VERSION)/ HEAD | xz -T1 > $(BUILD)/compact-$(VERSION).tar.xz
deb: ## a Debian package in build/deb/, looked over by lintian
	$(need) $(BUILD_DEPS) $(DEB_DEPS)
	@sh tests/tools/deb $(VERSION)

# ---------- housekeeping ----------

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 24
clean: ## remove what was built
	rm -rf build build-*

FORCE:
.DEFAULT_GOAL := all
.PHONY: FORCE all deps check-deps peer-deps bench-deps install uninstall demo unit test-parts quick check \
	check-sanitize check-peers fault fuzz static format bench dist deb help clean
.SECONDARY:
.DELETE_ON_ERROR:
, := ,
-include $(LIB_OBJ:.o=.d) $(FUZZ_OBJ:.o=.d) $(BIN_SRC:%.c=$(BUILD)/obj/%.d) $(wildcard $(BUILD)/unit/.*.d)
