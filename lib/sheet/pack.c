/* SPDX-License-Identifier: MIT */
/* A small zip file made in memory, for documents: libzip, with all that it draws in, would cost a
 * report more at its start than the report itself. */
#include <string.h>
#include <zlib.h>

#include "sheet/sheet.h"

enum { DOS_DATE_1980 = 1 << 5 | 1, VERSION_NEEDED = 20, NAMES_UTF8 = 1 << 11, PACKED_AT = 18 };

/* Of zlib's tables: small ones are cleared sooner and stay in the processor's cache; a document's markup
 * is packed as well with them. */
enum { TABLES = 6, ROOM = 16384 };

static void add_short(struct buf *b, size_t v)
{
	const char bytes[] = { (char)(v & 0xFF), (char)(v >> 8 & 0xFF) };

	buf_add(b, bytes, sizeof bytes);
}

static void add_long(struct buf *b, size_t v)
{
	add_short(b, v & 0xFFFF);
	add_short(b, v >> 16);
}

/* What the entry's own head and the directory say of it alike. */
static void add_about(struct buf *b, bool deflated, size_t crc, size_t packed, size_t n)
{
	add_short(b, VERSION_NEEDED);
	add_short(b, NAMES_UTF8);
	add_short(b, deflated ? 8 : 0);
	add_short(b, 0);
	add_short(b, DOS_DATE_1980);
	add_long(b, crc);
	add_long(b, packed);
	add_long(b, n);
}

/* One for the whole file: making one costs as much as packing a small entry. */
struct sheet_deflater {
	z_stream z;
};

static void deflater_reset(struct sheet_pack *p)
{
	if (p->deflater == NULL) {
		p->deflater = mem_zalloc(sizeof *p->deflater);
		/* Raw deflate, as a zip file holds it. */
		if (deflateInit2(&p->deflater->z, Z_BEST_SPEED, Z_DEFLATED, -MAX_WBITS, TABLES,
		            Z_DEFAULT_STRATEGY) != Z_OK)
			base_oom_handler();
	} else {
		deflateReset(&p->deflater->z);
	}
}

static void deflate_piece(struct buf *out, z_stream *z, const char *bytes, size_t n, int flush)
{
	z->next_in = (z_const Bytef *)bytes;
	z->avail_in = (uInt)n;
	do {
		z->next_out = (Bytef *)buf_space(out, ROOM);
		z->avail_out = ROOM;
		deflate(z, flush);
		out->n += ROOM - z->avail_out;
	} while (z->avail_out == 0);
}

/* The bytes of the entry, behind its head. */
static void add_bytes(struct sheet_pack *p, const struct sheet_piece *piece, size_t n, bool deflate)
{
	if (deflate)
		deflater_reset(p);
	for (size_t i = 0; i < n; i++)
		if (deflate)
			deflate_piece(&p->file, &p->deflater->z, piece[i].p, piece[i].n,
			        i + 1 < n ? Z_NO_FLUSH : Z_FINISH);
		else
			buf_add(&p->file, piece[i].p, piece[i].n);
}

bool sheet_pack_add(struct sheet_pack *p, const char *name, const struct sheet_piece *piece,
        size_t n, bool deflate, struct fault *f)
{
	size_t at = p->file.n, size = 0, crc = crc32(0, NULL, 0);
	struct buf length = { 0 };

	for (size_t i = 0; i < n; i++) {
		/* Sizes and places have four bytes. */
		if (piece[i].n > SHEET_PACK_MAX || size + piece[i].n > SHEET_PACK_MAX ||
		        at > SHEET_PACK_MAX)
			return fault_set(f, STATUS_DATA,
			        "%s is too large for the file; ask for less", quote(name));
		size += piece[i].n;
		crc = crc32(crc, (const Bytef *)piece[i].p, (uInt)piece[i].n);
	}
	buf_add(&p->file, "PK\3\4", 4);
	add_about(&p->file, deflate, crc, 0, size);
	add_short(&p->file, strlen(name));
	add_short(&p->file, 0);
	buf_adds(&p->file, name);
	size_t from = p->file.n;
	add_bytes(p, piece, n, deflate);
	size_t packed = p->file.n - from;
	/* How long it became is known only now. */
	add_long(&length, packed);
	memcpy(p->file.p + at + PACKED_AT, length.p, 4);
	buf_free(&length);
	buf_add(&p->list, "PK\1\2", 4);
	add_short(&p->list, VERSION_NEEDED);
	add_about(&p->list, deflate, crc, packed, size);
	add_short(&p->list, strlen(name));
	for (int i = 0; i < 4; i++) /* extra, comment, disk, kind of text */
		add_short(&p->list, 0);
	add_long(&p->list, 0);
	add_long(&p->list, at);
	buf_adds(&p->list, name);
	p->entries++;
	return true;
}

void sheet_pack_finish(struct sheet_pack *p, struct buf *out)
{
	size_t at = p->file.n;

	buf_add(out, p->file.p == NULL ? "" : p->file.p, p->file.n);
	buf_add(out, p->list.p == NULL ? "" : p->list.p, p->list.n);
	buf_add(out, "PK\5\6\0\0\0\0", 8);
	add_short(out, p->entries);
	add_short(out, p->entries);
	add_long(out, p->list.n);
	add_long(out, at);
	add_short(out, 0);
	sheet_pack_free(p);
}

void sheet_pack_free(struct sheet_pack *p)
{
	if (p->deflater != NULL)
		deflateEnd(&p->deflater->z);
	mem_free(p->deflater);
	buf_free(&p->file);
	buf_free(&p->list);
	*p = (struct sheet_pack){ 0 };
}
