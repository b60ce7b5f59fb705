/* SPDX-License-Identifier: MIT */
/* What the writers of xlsx and ods share; private to this folder. */
#ifndef SHEET_OUT_H
#define SHEET_OUT_H

#include "sheet/sheet.h"

enum { OUT_ROWS = 1048576, OUT_COLUMNS = 16384, OUT_NARROW = 8, OUT_WIDE = 60 };

struct xlsx_out;
struct ods_out;
struct xlsx_out *xlsx_out_open(
        const char *path, const char *title, const char *tmp, bool large, struct fault *);
bool xlsx_out_sheet(struct xlsx_out *, const char *name, const struct sheet_column *, size_t n,
        long rows, struct fault *);
/* row counts from 0, the heading. */
bool xlsx_out_row(struct xlsx_out *, long row, const struct sheet_cell *, size_t n, struct fault *);
bool xlsx_out_close(struct xlsx_out *, struct fault *);
void xlsx_out_abandon(struct xlsx_out *);

struct ods_out *ods_out_open(const char *path, const char *title, const char *tmp, struct fault *);
bool ods_out_sheet(struct ods_out *, const char *name, const struct sheet_column *, size_t n,
        long rows, struct fault *);
bool ods_out_row(struct ods_out *, long row, const struct sheet_cell *, size_t n, struct fault *);
bool ods_out_close(struct ods_out *, struct fault *);
void ods_out_abandon(struct ods_out *);

/* Columns a sheet's column is wide: its widest cell, within bounds. */
int out_width(const struct sheet_column *);

#endif
