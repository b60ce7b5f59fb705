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
LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/obj/%.o) $(BUILD)/obj/gen/schema.o
PROGS   := $(BIN_SRC:bin/%.c=$(BUILD)/bin/%)
ARCHIVE := $(BUILD)/libcompact.a
UNIT    := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/test-*.c))

all: $(ARCHIVE) $(PROGS) $(BUILD)/share

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

# Unit tests: tests/unit/test-NAME.c, cmocka.
$(BUILD)/unit/%: tests/unit/%.c $(ARCHIVE)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MF $@.d $(ALL_LDFLAGS) -o $@ $< $(ARCHIVE) -lcmocka $(LIBS)

unit: $(UNIT)

clean:
	rm -rf build build-*

.PHONY: all unit clean
.SECONDARY:
.DELETE_ON_ERROR:
-include $(LIB_OBJ:.o=.d) $(BIN_SRC:%.c=$(BUILD)/obj/%.d) $(UNIT:=.d)
