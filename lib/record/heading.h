/* SPDX-License-Identifier: MIT */
/* What the recogniser of headings asks of a column's cells; private to lib/record. */
#ifndef RECORD_HEADING_H
#define RECORD_HEADING_H

#include "record/record.h"

/* How much of what a column holds can be of a type: 0 to 1, or -1 where nothing is filled. */
double heading_fitting(const struct row *sample, size_t nsample, size_t column, enum type type);

#endif
