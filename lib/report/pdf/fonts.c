/* SPDX-License-Identifier: MIT */
/* groff takes a Type 1 font with a description of its letters, no more than 223: that of Nimbus Sans, which
 * has the shapes of groff's own Helvetica and more letters, is made here of its metrics file for the
 * letters that a document needs. A letter is
 * named k and its number, so that it is looked for nowhere else. */
#include "report/pdf/fonts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/io.h"

static const struct {
	const char *groff, *file;
} faces[] = {
	{ "NimbusR", "NimbusSans-Regular" },
	{ "NimbusB", "NimbusSans-Bold" },
	{ "NimbusI", "NimbusSans-Italic" },
	{ "NimbusBI", "NimbusSans-BoldItalic" },
};

/* Latin by name, from U+0100 on; empty: groff's own fonts have the letter. */
static const char *const latin[] = { "Amacron", "amacron", "Abreve", "abreve", "Aogonek", "aogonek",
	"Cacute", "cacute", "Ccircumflex", "ccircumflex", "Cdotaccent", "cdotaccent", "Ccaron",
	"ccaron", "Dcaron", "dcaron", "Dcroat", "dcroat", "Emacron", "emacron", "Ebreve", "ebreve",
	"Edotaccent", "edotaccent", "Eogonek", "eogonek", "Ecaron", "ecaron", "Gcircumflex",
	"gcircumflex", "Gbreve", "gbreve", "Gdotaccent", "gdotaccent", "Gcommaaccent",
	"gcommaaccent", "Hcircumflex", "hcircumflex", "Hbar", "hbar", "Itilde", "itilde", "Imacron",
	"imacron", "Ibreve", "ibreve", "Iogonek", "iogonek", "Idotaccent", "", "IJ", "ij",
	"Jcircumflex", "jcircumflex", "Kcommaaccent", "kcommaaccent", "kgreenlandic", "Lacute",
	"lacute", "Lcommaaccent", "lcommaaccent", "Lcaron", "lcaron", "Ldot", "ldot", "", "",
	"Nacute", "nacute", "Ncommaaccent", "ncommaaccent", "Ncaron", "ncaron", "napostrophe",
	"Eng", "eng", "Omacron", "omacron", "Obreve", "obreve", "Ohungarumlaut", "ohungarumlaut",
	"", "", "Racute", "racute", "Rcommaaccent", "rcommaaccent", "Rcaron", "rcaron", "Sacute",
	"sacute", "Scircumflex", "scircumflex", "Scedilla", "scedilla", "", "", "Tcommaaccent",
	"tcommaaccent", "Tcaron", "tcaron", "Tbar", "tbar", "Utilde", "utilde", "Umacron",
	"umacron", "Ubreve", "ubreve", "Uring", "uring", "Uhungarumlaut", "uhungarumlaut",
	"Uogonek", "uogonek", "Wcircumflex", "wcircumflex", "Ycircumflex", "ycircumflex", "",
	"Zacute", "zacute", "Zdotaccent", "zdotaccent", "", "", "longs" };

/* Greek by name, from U+0386 on; empty: no letter there. */
static const char *const greek[] = { "Alphatonos", "", "Epsilontonos", "Etatonos", "Iotatonos", "",
	"Omicrontonos", "", "Upsilontonos", "Omegatonos", "iotadieresistonos", "Alpha", "Beta",
	"Gamma", "uni0394", "Epsilon", "Zeta", "Eta", "Theta", "Iota", "Kappa", "Lambda", "Mu",
	"Nu", "Xi", "Omicron", "Pi", "Rho", "", "Sigma", "Tau", "Upsilon", "Phi", "Chi", "Psi",
	"uni03A9", "Iotadieresis", "Upsilondieresis", "alphatonos", "epsilontonos", "etatonos",
	"iotatonos", "upsilondieresistonos", "alpha", "beta", "gamma", "delta", "epsilon", "zeta",
	"eta", "theta", "iota", "kappa", "lambda", "uni03BC", "nu", "xi", "omicron", "pi", "rho",
	"uni03C2", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega", "iotadieresis",
	"upsilondieresis", "omicrontonos", "upsilontonos", "omegatonos" };

/* Cyrillic by the numbers of its names (afii10017 …). */
static const struct {
	uint32_t from, to;
	unsigned name;
} cyrillic[] = {
	{ 0x410, 0x415, 10017 },
	{ 0x401, 0x401, 10023 },
	{ 0x416, 0x42F, 10024 },
	{ 0x490, 0x490, 10050 },
	{ 0x402, 0x40C, 10051 },
	{ 0x40E, 0x40E, 10062 },
	{ 0x430, 0x435, 10065 },
	{ 0x451, 0x451, 10071 },
	{ 0x436, 0x44F, 10072 },
	{ 0x491, 0x491, 10098 },
	{ 0x452, 0x45C, 10099 },
	{ 0x45E, 0x45E, 10110 },
	{ 0x40F, 0x40F, 10145 },
	{ 0x45F, 0x45F, 10193 },
};

static const struct {
	uint32_t rune;
	const char *name;
} others[] = { { 0x218, "Scommaaccent" }, { 0x219, "scommaaccent" }, { 0x21A, "uni021A" },
	{ 0x21B, "uni021B" }, { 0x1E80, "Wgrave" }, { 0x1E81, "wgrave" }, { 0x1E82, "Wacute" },
	{ 0x1E83, "wacute" }, { 0x1E84, "Wdieresis" }, { 0x1E85, "wdieresis" },
	{ 0x1EF2, "Ygrave" }, { 0x1EF3, "ygrave" } };

/* The font's own name for a letter; false: it has none. */
static bool name_of(uint32_t rune, char name[static 24])
{
	const char *found = NULL;

	if (rune >= 0x100 && rune - 0x100 < COUNT(latin))
		found = latin[rune - 0x100];
	for (size_t i = 0; i < COUNT(others); i++)
		if (rune == others[i].rune)
			found = others[i].name;
	if (rune >= 0x386 && rune - 0x386 < COUNT(greek))
		found = greek[rune - 0x386];
	if (found != NULL) {
		snprintf(name, 24, "%s", found);
		return *found != '\0';
	}
	for (size_t i = 0; i < COUNT(cyrillic); i++)
		if (rune >= cyrillic[i].from && rune <= cyrillic[i].to) {
			snprintf(name, 24, "afii%u", cyrillic[i].name + (rune - cyrillic[i].from));
			return true;
		}
	return false;
}

bool fonts_have(uint32_t rune)
{
	char name[24];

	return name_of(rune, name);
}

const char *fonts_find(struct arena *arena)
{
	static const char *const folders[] = { "/usr/share/fonts/type1/urw-base35",
		"/usr/share/fonts/urw-base35", "/usr/share/fonts/gsfonts",
		"/usr/local/share/fonts/urw-base35" };

	for (size_t i = 0; i < COUNT(folders); i++) {
		bool all = true;

		for (size_t k = 0; k < COUNT(faces) && all; k++) {
			const char *stem = arena_printf(arena, "%s/%s", folders[i], faces[k].file);

			all = access(arena_printf(arena, "%s.t1", stem), R_OK) == 0 &&
			      access(arena_printf(arena, "%s.afm", stem), R_OK) == 0;
		}
		if (all)
			return folders[i];
	}
	return NULL;
}

/* Width and box of a letter in a metrics file: "C -1 ; WX 667 ; N Alpha ; B 17 0 653 729 ;". */
static bool find_metrics(const char *metrics, const char *name, int *width, int *low, int *high)
{
	char key[40];
	const char *at;
	int left, right;

	snprintf(key, sizeof key, "; N %s ; B ", name);
	at = strstr(metrics, key);
	if (at == NULL || sscanf(at + strlen(key), "%d %d %d %d", &left, low, &right, high) != 4)
		return false;
	while (at > metrics && at[-1] != '\n')
		at--;
	at = strstr(at, "WX ");
	return at != NULL && sscanf(at, "WX %d", width) == 1;
}

static void describe(const char *metrics, size_t face, const bool *used, struct buf *out)
{
	int code = 33, width, low, high;
	char name[24];

	buf_addf(out, "name %s\ninternalname %s\nspacewidth 278\ncharset\n", faces[face].groff,
	        faces[face].file);
	for (uint32_t rune = 0; rune < FONTS_RUNES && code < 256; rune++)
		if (used[rune] && name_of(rune, name) &&
		        find_metrics(metrics, name, &width, &low, &high))
			buf_addf(out, "k%04X %d,%d,%d 0 %d %s\n", (unsigned)rune, width,
			        high > 0 ? high : 0, low < 0 ? -low : 0, code++, name);
}

static bool write_file(const char *path, const struct buf *text, struct fault *f)
{
	FILE *file = fopen(path, "wxe");
	bool ok = file != NULL && fwrite(text->p, 1, text->n, file) == text->n;

	if (file != NULL && fclose(file) != 0)
		ok = false;
	return ok || fault_errno(f, STATUS_IO, "cannot write %s", quote(path));
}

bool fonts_make(const char *from, const char *folder, const bool *used, struct arena *arena,
        struct fault *f)
{
	const char *inner = arena_printf(arena, "%s/devpdf", folder);
	struct buf list = { 0 }, text = { 0 };
	bool ok = mkdir(inner, 0700) == 0 ||
	          fault_errno(f, STATUS_CANTCREATE, "cannot create %s", quote(inner));
	size_t n;

	for (size_t i = 0; ok && i < COUNT(faces); i++) {
		const char *stem = arena_printf(arena, "%s/%s", from, faces[i].file);
		const char *metrics =
		        file_read(arena, arena_printf(arena, "%s.afm", stem), 4 << 20, &n, f);

		ok = metrics != NULL;
		if (!ok)
			break;
		buf_clear(&text);
		describe(metrics, i, used, &text);
		buf_addf(&list, "\t%s\t%s.t1\n", faces[i].file, stem);
		ok = write_file(arena_printf(arena, "%s/%s", inner, faces[i].groff), &text, f);
	}
	ok = ok && write_file(arena_printf(arena, "%s/download", inner), &list, f);
	buf_free(&list);
	buf_free(&text);
	return ok;
}

void fonts_remove(const char *folder, struct arena *arena)
{
	const char *inner = arena_printf(arena, "%s/devpdf", folder);

	for (size_t i = 0; i < COUNT(faces); i++)
		unlink(arena_printf(arena, "%s/%s", inner, faces[i].groff));
	unlink(arena_printf(arena, "%s/download", inner));
	rmdir(inner);
}
