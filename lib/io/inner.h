/* SPDX-License-Identifier: MIT */
/*
 * Private to io: how an input is made up.
 *
 * source   bytes from a descriptor or from memory, the first of them (the head) read in advance
 * decode   turns them into UTF-8 in a window that moves along the text
 * split    finds the cells of well-formed rows in the window (fast); csv asks libcsv about all others
 * yaml     feeds the window to libyaml
 */
#ifndef IO_INNER_H
#define IO_INNER_H

#include "io/io.h"

#include <sha2.h>
#include <sys/types.h>

enum {
	HEAD_MAX = 1 << 18,     /* bytes read before anything is decided */
	WINDOW = 1 << 18,       /* bytes the window grows by and begins with */
	WINDOW_PAD = 64,        /* readable bytes behind the window's end */
	ROW_MAX = 64 << 20,     /* bytes a row may have */
	ROW_CELLS_MAX = 100000, /* cells it may have: a spreadsheet has 16,384 columns */
	CELL_MAX_DEFAULT = 10 << 20,
	VALUE_MAX = 8 << 20, /* bytes of a YAML value, of a YAML record, and how deep it may go */
	RECORD_MAX = 64 << 20,
	DEPTH_MAX = 32
};

enum encoding { ENC_UTF8, ENC_CP1252, ENC_UTF16LE, ENC_UTF16BE };

struct yaml_reader;
struct csv_parser;

struct input {
	char *name;
	enum input_format format;
	bool sheet; /* rows come from the helper: lines are counted in rows */
	size_t cell_max;
	char told[96];

	/* source.c */
	int fd; /* -1: memory alone */
	bool own_fd;
	const char *memory; /* bytes not yet served, before the descriptor's */
	size_t memory_n;
	const char *memory_start;
	char *head;   /* the memory of a descriptor's first bytes */
	size_t chunk; /* most bytes served at once; tests make it small. 0: no limit */
	uint64_t done, size;
	bool hashing;
	SHA2_CTX hash;
	int hash_fd;      /* a sheet's file, hashed when asked; else -1 */
	pid_t child;      /* 0: none */
	int child_errors; /* what the child writes to its standard error */

	/* decode.c */
	enum encoding encoding;
	bool bom;
	bool high; /* something above ASCII was taken as UTF-8: Windows-1252 is ruled out */
	char *raw; /* bytes awaiting conversion */
	size_t raw_n;
	char *window;
	size_t window_cap;
	char *p, *e;      /* what is left to read */
	size_t unchecked; /* bytes before e that may be a character cut in two */
	bool eof;
	bool ill;     /* the window holds what is no UTF-8 */
	bool suspect; /* the window may hold control characters or what is no UTF-8 */

	/* csv.c, split.c */
	char separator;
	bool separator_line;   /* the first line is "sep=;" and no row */
	const char *line_ends; /* for told */
	bool keep_blank, resumable, rows_begun;
	bool passing;     /* the rest of a refused line is still to be read over */
	bool libcsv_only; /* for tests: never the fast way */
	long line;        /* of p */
	struct cell *cell;
	size_t cell_n, cell_cap;
	const char *row_start; /* of the last row, for rows_raw */
	size_t row_n;
	bool row_split; /* it came by the fast way */
	struct csv_parser *csv;
	/* Set with it: programs that read no rows are linked without libcsv. */
	void (*csv_close)(struct input *);
	struct buf cells;  /* texts of cells that libcsv made */
	struct buf mended; /* of cells that cells_mend made */
	size_t mended_cells;
	struct buf row_text;

	/* yaml.c */
	struct yaml_reader *yaml;
};

/* source.c */
/* Up to n bytes; 0 at the end, -1 with a fault. */
ssize_t source_read(struct input *, char *to, size_t n, struct fault *);
/* Reads the head, so that in->memory holds the beginning of the input. */
bool source_begin(struct input *, struct fault *);
/* A descriptor at offset 0 that can seek and holds the whole input: its own, or an unlinked copy. -1: fault. */
int source_whole(struct input *, struct fault *);

/* child.c */
/* Starts the helper on the input and lets the input read what it writes. */
bool child_start(struct input *, const char *helper, const char *sheet, struct fault *);
/* Waits for it; false with its own message where it failed. */
bool child_end(struct input *, struct fault *);

/* sniff.c */
/* Settles encoding, format and separator from the head; false for what cannot be read. */
bool sniff(struct input *, const struct input_options *, struct fault *);
/* Writes in->told. */
void sniff_tell(struct input *);

/* decode.c */
/* More text behind p: 1; none is left: 0; -1 with a fault. Moves the window: pointers into it change. */
int window_fill(struct input *, struct fault *);
/* The bytes as UTF-8, appended, by an encoding; returns how many were taken (a cut character is not). */
size_t decode_add(enum encoding, const char *bytes, size_t n, bool last, struct buf *);

/* split.c */
enum split {
	SPLIT_ROW,  /* a row stands in in->cell; p is behind it */
	SPLIT_MORE, /* the window ends within the row */
	SPLIT_ODD   /* not well-formed, or over a limit */
};
enum split split_row(struct input *, long *lines);

/* csv.c */
/* mend.c: of the row just read */
void cells_mend(struct input *);

/* yaml.c */
void yaml_close(struct input *);

#endif
