# SPDX-License-Identifier: MIT
# Completions for fish, a file a program, from what the programs say with --describe.
# `to` is the folder they go to.

function quoted(text)
{
	gsub(/[\\']/, "\\\\&", text)
	return "'" text "'"
}
BEGIN {
	FS = "\t"
}
$1 == "program" {
	if (file)
		close(file)
	program = $2
	file = to "/" program ".fish"
	print "# SPDX-License-Identifier: MIT" >file
}
$1 == "verb" {
	print "complete -c " program " -n __fish_use_subcommand -a " $2 " -d " quoted($4) >file
}
$1 == "option" {
	values = $4 == "" ? "" : $4 ~ /FILE|FOLDER|MAP/ ? " -r" : " -x"
	if ($3 == "output") {
		formats = $5
		gsub(/,/, "", formats)
		values = " -x -a " quoted(formats)
	}
	print "complete -c " program ($2 == "-" ? "" : " -s " $2) " -l " $3 values " -d " quoted($5) >file
}
