/* SPDX-License-Identifier: MIT */
/* A small zip file made in memory, for documents: libzip, with all that it draws in, would cost a
 * report more at its start than the report itself. */
#include <string.h>
#include <zlib.h>

#include "sheet/sheet.h"

enum { DOS_DATE_1980 = 1 << 5 | 1, VERSION_NEEDED = 20, NAMES_UTF8 = 1 << 11 };

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

static void compress_all(struct buf *out, const char *bytes, size_t n)
{
	z_stream z = { 0 };

	/* Raw deflate, as a zip file holds it. */
	if (deflateInit2(&z, Z_BEST_SPEED, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		base_oom_handler();
	size_t most = deflateBound(&z, (uLong)n);
	char *packed = mem_alloc(most);
	z.next_in = (z_const Bytef *)bytes;
	z.avail_in = (uInt)n;
	z.next_out = (Bytef *)packed;
	z.avail_out = (uInt)most;
	deflate(&z, Z_FINISH);
	buf_add(out, packed, z.total_out);
	deflateEnd(&z);
	mem_free(packed);
}

bool sheet_pack_add(struct sheet_pack *p, const char *name, const char *bytes, size_t n,
        bool deflate, struct fault *f)
{
	struct buf packed = { 0 };
	size_t at = p->file.n;

	/* Sizes and places have four bytes. */
	if (n > SHEET_PACK_MAX || at > SHEET_PACK_MAX)
		return fault_set(
		        f, STATUS_DATA, "%s is too large for the file; ask for less", quote(name));
	size_t crc = crc32(0, (const Bytef *)bytes, (uInt)n);
	if (deflate)
		compress_all(&packed, bytes, n);
	size_t size = deflate ? packed.n : n;
	buf_add(&p->file, "PK\3\4", 4);
	add_about(&p->file, deflate, crc, size, n);
	add_short(&p->file, strlen(name));
	add_short(&p->file, 0);
	buf_adds(&p->file, name);
	buf_add(&p->file, deflate ? packed.p : bytes, size);
	buf_add(&p->list, "PK\1\2", 4);
	add_short(&p->list, VERSION_NEEDED);
	add_about(&p->list, deflate, crc, size, n);
	add_short(&p->list, strlen(name));
	for (int i = 0; i < 4; i++) /* extra, comment, disk, kind of text */
		add_short(&p->list, 0);
	add_long(&p->list, 0);
	add_long(&p->list, at);
	buf_adds(&p->list, name);
	p->entries++;
	buf_free(&packed);
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
	buf_free(&p->file);
	buf_free(&p->list);
}
