-- What a careful hand would write: everything in as text, then checked, turned and made unique.
.mode csv
.import notices.csv raw
PRAGMA synchronous=OFF;
CREATE TABLE notice (reference TEXT PRIMARY KEY, employer TEXT NOT NULL, site TEXT, council TEXT, postcode TEXT, received TEXT,
	employed INTEGER, proposed INTEGER, first TEXT, contact TEXT) STRICT;
INSERT OR IGNORE INTO notice
SELECT reference, employer, site, council, postcode, r, CAST(employed AS INTEGER), CAST(proposed AS INTEGER), f, contact
FROM (SELECT *, substr(received, 7) || '-' || substr(received, 4, 2) || '-' || substr(received, 1, 2) AS r,
	substr("first dismissal", 7) || '-' || substr("first dismissal", 4, 2) || '-' || substr("first dismissal", 1, 2) AS f FROM raw)
WHERE employer <> '' AND r IS date(r, '+0 days') AND f IS date(f, '+0 days') AND employed GLOB '[0-9]*' AND proposed GLOB '[0-9]*';
DROP TABLE raw;
