# Makes compact-schema(5): the page's own text comes from compact-schema.5.in, its lists from the
# comments, columns and rules of lib/schema/*.sql, which come first among the operands.

function words(text, n, line, i, at) # one sentence a line; nothing at the start of a line that troff would obey
{
	gsub(/\\/, "\\e", text)
	gsub(/\. /, ".\n", text)
	n = split(text, line, "\n")
	text = ""
	for (i = 1; i <= n; i++) {
		while (length(line[i]) > 78) {
			for (at = 78; at > 40 && substr(line[i], at, 1) != " "; at--)
				;
			text = text guard(substr(line[i], 1, at - 1)) "\n"
			line[i] = substr(line[i], at + 1)
		}
		text = text guard(line[i]) (i < n ? "\n" : "")
	}
	return text
}
function guard(line)
{
	return (line ~ /^[.']/ ? "\\&" : "") line
}
function add(list, text)
{
	page[list] = page[list] text "\n"
}
function type_of(declared, n, part)
{
	n = split(declared, part, " ")
	return tolower(part[n])
}
function flush_kind(i, n, part)
{
	if (kind == "")
		return
	add("KINDS", ".It Ic " kind (key != "" ? " Pq " key : ""))
	add("KINDS", words(about))
	if (shared)
		add("KINDS", "Shared.")
	if (prefix != "")
		add("KINDS", "Made refs begin with\n.Ql " prefix " .")
	add("KINDS", ".Bl -tag -width Ds -compact")
	add("KINDS", fields lists ".El")
	n = split(rules, part, "\n")
	if (n > 1) {
		add("KINDS", "Rules:\n.Bl -bullet -compact")
		for (i = 1; i < n; i++)
			add("KINDS", ".It\n" words(part[i]))
		add("KINDS", ".El")
	}
	kind = ""
}
function between(text, from, to, i, rest) # what stands between two texts
{
	if ((i = index(text, from)) == 0)
		return ""
	rest = substr(text, i + length(from))
	return (i = index(rest, to)) ? substr(rest, 1, i - 1) : rest
}
function comment_of(line, text)
{
	text = between(line, "/* ", " */")
	return text
}
function column(line, name, text, type, more, note)
{
	name = line
	sub(/^\t/, "", name)
	sub(/ .*/, "", name)
	type = line
	sub(/^\t[a-z_0-9]+ /, "", type)
	match(type, /^(TEXT|INTEGER|REAL)( (REF|MARKDOWN|DATE|TIME|MOMENT|ENUM|EMAIL|POSTCODE|NUMBER|PERSONAL|PENCE|PERCENT|BOOL))?/)
	type = type_of(substr(type, RSTART, RLENGTH))
	text = comment_of(line)
	more = ""
	if (sub(/^\*/, "", text))
		more = "*"
	note = type
	if (type == "enum") {
		note = between(line, " IN (", "))")
		gsub(/'/, "", note)
		gsub(/,/, ", ", note)
		note = "one of " note
	}
	if (line ~ / DEFAULT /) {
		type = between(line, " DEFAULT ", (line ~ / CHECK /) ? " CHECK" : ", /*")
		gsub(/'/, "", type)
		if (line ~ / BOOL /)
			type = type ? "yes" : "no"
		note = note "; " type " unless given"
	} else if (line ~ / NOT NULL/ && name != "partnership")
		note = note "; needed"
	return ".It Va " name more " Pq " note "\n" words(text) "\n"
}

FNR == 1 {
	flush_kind()
	list_table = view = ""
}
# The line under the licence says what a file of kinds is about: a subsection.
FILENAME ~ /\/[1-6][0-9]-.*sql$/ && FNR == 2 {
	text = comment_of($0)
	title = text
	sub(/:.*/, "", title)
	sub(/^[^:]*: */, "", text)
	if (sections++)
		add("KINDS", ".El")
	add("KINDS", ".Ss " title "\n" toupper(substr(text, 1, 1)) words(substr(text, 2)) "\n.Bl -tag -width Ds")
}
FILENAME ~ /\.sql$/ && /^CREATE TABLE store_/ { flush_kind(); skip = 1 }
FILENAME ~ /\.sql$/ && /^CREATE TABLE / && !/^CREATE TABLE store_/ {
	skip = 0
	name = $3
	if (name ~ /__/) {
		list_table = name
		next
	}
	flush_kind()
	list_table = ""
	kind = name
	about = comment_of($0)
	prefix = key = fields = lists = rules = ""
	if (match(about, / ?ref: [A-Za-z]+$/)) {
		prefix = substr(about, RSTART)
		sub(/.*ref: /, "", prefix)
		about = substr(about, 1, RSTART - 1)
	}
	shared = (name != "partnership")
	next
}
FILENAME ~ /\.sql$/ && !skip && kind != "" && /^\t[a-z_0-9]+ (TEXT|INTEGER|REAL)/ {
	if (list_table != "") {
		if ($1 ~ /^item/ && !seen_item[list_table]++) {
			field = list_table
			sub(/.*__/, "", field)
			pending = field
			pending_text = comment_of($0)
		}
		next
	}
	if ($1 == "partnership") {
		shared = 0
		next
	}
	fields = fields column($0)
	next
}
FILENAME ~ /\.sql$/ && !skip && kind != "" && /^\tPRIMARY KEY/ {
	if (list_table == "") {
		key = between($0, "(", ")")
		sub(/^partnership, /, "", key)
		gsub(/, /, " / ", key)
	}
	next
}
FILENAME ~ /\.sql$/ && !skip && kind != "" && /^\tFOREIGN KEY/ {
	target = between($0, "REFERENCES ", " (")
	columns = between($0, "FOREIGN KEY (", ")")
	sub(/^partnership, /, "", columns)
	if (list_table != "") {
		if (columns ~ /^item/)
			pending_target = target
	} else {
		n = split(columns, part, ", ")
		# A reference says its target where the type stands.
		for (i = 1; i <= n; i++)
			gsub("\n.It Va " part[i] "[*]? Pq ref", "&\001" target, fields)
		sub("^.It Va " part[n] "[*]? Pq ref", "&\001" target, fields)
		gsub("\001" target "(\001[a-z_]+)+", "\001" target, fields)
		gsub("\001", " of ", fields)
	}
	next
}
FILENAME ~ /\.sql$/ && !skip && kind != "" && /^\tCONSTRAINT "/ && list_table == "" {
	text = between($0, "CONSTRAINT \"", "\"")
	if (text !~ /: (is no |is empty|may not be|holds an )/ || text ~ /is no month/)
		rules = rules text "\n"
	next
}
FILENAME ~ /\.sql$/ && /^\)/ && list_table != "" {
	lists = lists ".It Va " pending " Pq list" (pending_target != "" ? " of " pending_target : "") "\n" words(pending_text) "\n"
	list_table = pending_target = ""
}
FILENAME ~ /\.sql$/ && /^CREATE VIEW / {
	view = $3
	view_text = comment_of($0)
	view_columns = ""
	next
}
view != "" && /^\t?\t?\(?[a-z_, ()]+( AS)?$/ && view_columns !~ /AS$/ {
	line = $0
	gsub(/^[\t(]+/, "", line)
	view_columns = view_columns (view_columns == "" ? "" : " ") line
	if (line ~ /\) AS$/) {
		columns = view_columns
		sub(/\) AS$/, "", columns)
		gsub(/, /, " , ", columns)
		name = view
		if (sub(/^fault_/, "", name))
			add("CHECKS", ".It Cm " name "\n" words(view_text))
		else
			add("VIEWS", ".It Cm " name "\n" words(view_text) "\n.br\n.Va " columns)
		view_is_setting = (view == "setting_default")
		view = ""
	}
	next
}
view_is_setting && /^\t\('/ {
	line = $0
	sub(/^\t\('/, "", line)
	name = line
	sub(/'.*/, "", name)
	sub(/^[^,]*, /, "", line)
	value = (line ~ /^NULL/) ? "" : between(line, "'", "'")
	sub(/^(NULL|'[^']*'), /, "", line)
	allowed = (line ~ /^NULL/) ? "" : between(line, "'", "'")
	sub(/^(NULL|'[^']*'), /, "", line)
	split(line, part, ", ")
	gsub(/ /, ", ", allowed)
	if (allowed == "" && part[1] != "NULL")
		allowed = "a number from " part[1] " to " part[2]
	text = line
	sub(/^[^']*'/, "", text)
	sub(/'\).*/, "", text)
	gsub(/''/, "'", text)
	add("SETTINGS", ".It Cm " name (value != "" ? " Pq " value : "") "\n" toupper(substr(text, 1, 1)) words(substr(text, 2)) "." \
		(allowed != "" ? "\nIt is " (allowed ~ /^a number/ ? "" : "one of ") allowed "." : ""))
	if ($0 ~ /;$/)
		view_is_setting = 0
}
FILENAME ~ /\.in$/ {
	if (!ended++) {
		flush_kind()
		add("KINDS", ".El")
	}
	if (match($0, /^@[A-Z]+@$/))
		printf "%s", page[substr($0, 2, length($0) - 2)]
	else
		print
}
