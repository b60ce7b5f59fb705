# SPDX-License-Identifier: MIT
# The tables of compact.bash: one case a program. Reads what the programs say with --describe.

function flush()
{
	if (program == "")
		return
	printf "\t%s)\n", program
	printf "\t\tverbs='%s'\n\t\toptions='%s'\n\t\tfiles='%s'\n\t\tformats='%s'\n", verbs, options, files, formats
	printf "\t\trefs='%s'\n\t\tkinds='%s'\n", refs, kinds
	printf "\t\town='%s'\n\t\ttakes='%s'\n\t\t;;\n", own, takes
	verbs = options = files = formats = refs = kinds = own = takes = ""
}
function more(list, word)
{
	return list (list == "" ? "" : " ") word
}
BEGIN {
	FS = "\t"
}
$1 == "program" {
	flush()
	program = $2
}
$1 == "kind" {
	own = $2
}
$1 == "verb" {
	verbs = more(verbs, $2)
	if ($3 ~ /^\[?REF/ && $2 != "add")
		refs = more(refs, $2)
	if ($3 ~ /FIELD=VALUE|FILTER/)
		takes = more(takes, $2)
	# The verbs of compact-record that come without a kind in front.
	if (program == "compact-record" && ($2 == "kinds" || $2 == "fields"))
		kinds = more(kinds, $2)
}
$1 == "option" {
	names = ($2 == "-" ? "" : "-" $2 " ") "--" $3
	options = more(options, names ($4 == "" ? "" : "="))
	if ($4 ~ /FILE|FOLDER|MAP/)
		files = more(files, names)
	if ($3 == "output") {
		formats = $5
		gsub(/,/, "", formats)
	}
}
END {
	flush()
}
