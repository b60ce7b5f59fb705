/* SPDX-License-Identifier: MIT */
/* Private to io: libyaml's events made into nodes (yaml.c), for those who read items and documents (items.c). */
#ifndef IO_YAML_READER_H
#define IO_YAML_READER_H

#include "io/inner.h"

#include <yaml.h>

/* What a node takes besides its text, for the size of a record. */
enum { NODE_COST = 96, TOP_KEYS_MAX = 2000 };

enum stage {
	STAGE_BEGIN,    /* nothing read yet */
	STAGE_STREAM,   /* between documents */
	STAGE_MAP,      /* within a document's map */
	STAGE_LIST,     /* within the list under a key */
	STAGE_ROOT_LIST /* within a document that is a list */
};

struct yaml_reader {
	yaml_parser_t parser;
	struct input *in;
	struct fault *f; /* where the handler puts what went wrong, during one call */
	enum stage stage;
	bool first; /* no element of the list was read yet */
	bool failed;
	size_t document;
	struct buf key; /* of the list being read */
	long key_line;
	struct buf keys; /* the document's keys so far, each with its NUL */
	size_t key_count;
	size_t since_event; /* bytes given to libyaml since the last event */
	size_t record;      /* size of the item so far */
};

/* The input's reader, made at the first call. */
struct yaml_reader *yaml_reader_of(struct input *);
/* Puts the place to a fault that was set, and ends the reading; always false. */
bool yaml_fail(struct yaml_reader *, long line, struct fault *);
/* The next event, refused where it has an anchor or a tag, or is an alias. */
bool yaml_next(struct yaml_reader *, yaml_event_t *, struct fault *);
/* The node that begins with an event, which is deleted; NULL on a fault. depth: of the node, 1 a document's. */
struct node *yaml_build(
        struct yaml_reader *, struct arena *, yaml_event_t *, int depth, struct fault *);
/* An empty node; NULL where the record grows too large. size: of its text. */
struct node *yaml_node_new(struct yaml_reader *, struct arena *, enum node_kind, long line,
        size_t size, struct fault *);
/* A scalar that means nothing: written as nothing, ~ or null, without quotes. */
bool yaml_is_null(const yaml_event_t *);
/* A key, which must be a text; NULL on a fault. */
const char *yaml_key_of(struct yaml_reader *, struct arena *, const yaml_event_t *, struct fault *);
bool yaml_refuse_twice(struct yaml_reader *, const char *key, long line, struct fault *);

#endif
