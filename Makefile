# The compact toolkit. `make help` lists the targets.
CC      ?= cc
PREFIX  ?= /usr/local
BUILD   ?= build
VERSION := 0.1.0

WARN    := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wformat=2 -Wmissing-prototypes
WERROR  ?= -Werror
OPT     ?= -O2 -g
HARDEN  ?= -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
SAN     ?=
DEFS    := -D_GNU_SOURCE -DSQLITE_ENABLE_SESSION -DSQLITE_ENABLE_PREUPDATE_HOOK \
           -DVERSION='"$(VERSION)"' -DPREFIX='"$(PREFIX)"'
ALL_CFLAGS  = -std=c17 $(OPT) $(WARN) $(WERROR) $(HARDEN) $(SAN) $(DEFS) -Ilib -I$(BUILD)/gen -MMD -MP $(CFLAGS)
ALL_LDFLAGS = -pie -Wl,-z,relro,-z,now -Wl,--as-needed -Wl,--gc-sections $(SAN) $(LDFLAGS)
LIBS    := -lsqlite3 -lcsv -lyaml -lutf8proc -llowdown -lzip -lexpat -lxlsxwriter -lmd -lseccomp -lm

LIB_SRC := $(wildcard lib/*/*.c)
BIN_SRC := $(wildcard bin/*.c)
LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/obj/%.o) $(BUILD)/obj/gen/schema.o $(BUILD)/obj/gen/looks.o
PROGS   := $(BIN_SRC:bin/%.c=$(BUILD)/bin/%)
ARCHIVE := $(BUILD)/libcompact.a
UNIT    := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/test-*.c))

all: $(ARCHIVE) $(PROGS) $(BUILD)/share $(BUILD)/man/compact-schema.5

$(BUILD)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -ffunction-sections -fdata-sections -c -o $@ $<
$(BUILD)/obj/gen/%.o: $(BUILD)/gen/%.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Wno-overlength-strings -c -o $@ $<
$(ARCHIVE): $(LIB_OBJ)
	@rm -f $@
	$(AR) rcs $@ $(LIB_OBJ)
$(BUILD)/bin/%: $(BUILD)/obj/bin/%.o $(ARCHIVE)
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -o $@ $< $(ARCHIVE) $(LIBS)
# The programs look for share/ beside themselves (build/bin/../share) before the installed one.
$(BUILD)/share:
	@mkdir -p $(BUILD)
	ln -sfn ../share $@

# The schema: every lib/schema/*.sql in the order of its name, as C texts (schema_files).
$(BUILD)/gen/schema.c: $(sort $(wildcard lib/schema/*.sql lib/schema/upgrade/*.sql)) lib/schema/embed.awk
	@mkdir -p $(@D)
	LC_ALL=C awk -f lib/schema/embed.awk $(sort $(wildcard lib/schema/*.sql lib/schema/upgrade/*.sql)) > $@.tmp && mv $@.tmp $@

# The manual page of the schema, from the comments, columns and rules of its tables and views.
$(BUILD)/man/compact-schema.5: man/schema.awk $(sort $(wildcard lib/schema/*.sql)) man/compact-schema.5.in
	@mkdir -p $(@D)
	LC_ALL=C awk -f $^ > $@.tmp && mv $@.tmp $@

# The looks of documents (style sheet, ODT styles, troff preamble), as C texts.
LOOKS := $(sort $(wildcard lib/report/looks/*.css lib/report/looks/*.xml lib/report/looks/*.ms))
$(BUILD)/gen/looks.c: $(LOOKS) lib/report/looks/embed.awk
	@mkdir -p $(@D)
	LC_ALL=C awk -f lib/report/looks/embed.awk $(LOOKS) > $@.tmp && mv $@.tmp $@

# Unit tests: tests/unit/test-NAME.c, cmocka.
$(BUILD)/unit/%: tests/unit/%.c $(ARCHIVE)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MF $(BUILD)/unit/.$*.d $(ALL_LDFLAGS) -o $@ $< $(ARCHIVE) -lcmocka $(LIBS)

unit: $(UNIT)

# ---------- tests ----------

# Debian packages by what needs them; `make deps` installs those that are missing.
BUILD_DEPS := gcc make pkg-config libsqlite3-dev libcsv-dev libyaml-dev libutf8proc-dev liblowdown-dev \
	libzip-dev libexpat1-dev libxlsxwriter-dev libmd-dev libseccomp-dev
RUN_DEPS   := groff librsvg2-bin
CHECK_DEPS := libcmocka-dev perl sqlite3 mandoc python3-minimal python3-yaml shellcheck zip unzip strace diffutils
PEER_DEPS  := chromium libreoffice-calc-nogui libreoffice-writer-nogui poppler-utils r-base-core r-cran-survey \
	mblaze calcurse python3-icalendar python3-xlsxwriter gnumeric cppcheck clang clang-tidy libclang-rt-14-dev llvm nodejs npm
BENCH_DEPS := sqlite3 miller datamash csvkit sqlite-utils xlsx2csv gnumeric taskwarrior pandoc python3-pandas \
	python3-xlsxwriter lowdown cmark-gfm mawk recutils hyperfine

deps:
	@sh tests/tools/need $(BUILD_DEPS) $(RUN_DEPS)
check-deps:
	@sh tests/tools/need $(BUILD_DEPS) $(RUN_DEPS) $(CHECK_DEPS)
peer-deps:
	@sh tests/tools/need $(BUILD_DEPS) $(RUN_DEPS) $(CHECK_DEPS) $(PEER_DEPS)
bench-deps:
	@sh tests/tools/need $(BUILD_DEPS) $(CHECK_DEPS) $(BENCH_DEPS)

# The tests a change is never landed without: seconds, no packages installed.
quick: all unit
	@BUILD=$(BUILD) sh tests/tools/run-tests quick
check: check-deps
	@$(MAKE) --no-print-directory -j2 all unit
	@BUILD=$(BUILD) sh tests/tools/run-tests check
# The same programs with the sanitizers of gcc, in a folder of their own.
check-sanitize: check-deps
	@$(MAKE) --no-print-directory -j2 BUILD=build-sanitize OPT='-O1 -g' HARDEN= \
		SAN='-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer' all unit
	@BUILD=build-sanitize sh tests/tools/run-tests sanitize
check-peers: peer-deps
	@$(MAKE) --no-print-directory -j2 all unit
	@BUILD=$(BUILD) sh tests/tools/run-tests peers

clean:
	rm -rf build build-*

.PHONY: all unit clean deps check-deps peer-deps bench-deps quick check check-sanitize check-peers
.SECONDARY:
.DELETE_ON_ERROR:
-include $(LIB_OBJ:.o=.d) $(BIN_SRC:%.c=$(BUILD)/obj/%.d) $(wildcard $(BUILD)/unit/.*.d)
