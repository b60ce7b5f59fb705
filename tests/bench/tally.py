# SPDX-License-Identifier: MIT
"""The tally as pandas does it: every column by the first."""
import sys

try:
    import pandas
except ImportError:
    sys.exit(127)
frame = pandas.read_csv(sys.argv[1], dtype="category")
first = frame.columns[0]
for column in frame.columns[1:]:
    print(pandas.crosstab(frame[first], frame[column]).to_csv())
