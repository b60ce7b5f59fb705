-- What a careful hand would write: everything in as text, then checked, turned and made unique.
.mode csv
.import notices.csv raw
PRAGMA synchronous=OFF;
CREATE TABLE notice (reference TEXT PRIMARY KEY, employer TEXT NOT NULL, company TEXT, site TEXT, postcode TEXT, council TEXT,
	received TEXT, started TEXT, first TEXT, last TEXT, employed INTEGER, proposed INTEGER, reasons TEXT, "union" TEXT,
	contact TEXT) STRICT;
INSERT OR IGNORE INTO notice
SELECT reference, employer, "company number", site, postcode, council, r, s, f, l, CAST(employed AS INTEGER),
	CAST(proposed AS INTEGER), reasons, "union", "contact email"
FROM (SELECT *,
	CASE WHEN received LIKE '__/__/____' THEN substr(received, 7) || '-' || substr(received, 4, 2) || '-' || substr(received, 1, 2)
		ELSE received END AS r,
	CASE WHEN "consultation started" LIKE '__/__/____' THEN substr("consultation started", 7) || '-' ||
		substr("consultation started", 4, 2) || '-' || substr("consultation started", 1, 2) ELSE "consultation started" END AS s,
	CASE WHEN "first dismissal" LIKE '__/__/____' THEN substr("first dismissal", 7) || '-' ||
		substr("first dismissal", 4, 2) || '-' || substr("first dismissal", 1, 2) ELSE "first dismissal" END AS f,
	CASE WHEN "last dismissal" LIKE '__/__/____' THEN substr("last dismissal", 7) || '-' ||
		substr("last dismissal", 4, 2) || '-' || substr("last dismissal", 1, 2) ELSE "last dismissal" END AS l
	FROM raw)
WHERE employer <> '' AND r IS date(r, '+0 days') AND s IS date(s, '+0 days') AND f IS date(f, '+0 days')
	AND l IS date(l, '+0 days') AND employed GLOB '[0-9]*' AND proposed GLOB '[0-9]*';
DROP TABLE raw;
