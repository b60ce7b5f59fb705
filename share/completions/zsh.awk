# SPDX-License-Identifier: MIT
# Completions for zsh, from what the programs say with --describe.

function quoted(text)
{
	gsub(/'/, "'\\''", text)
	return text
}
function spec(text) # what _arguments reads as marks of its own
{
	gsub(/\\/, "\\\\", text)
	gsub(/\[/, "\\[", text)
	gsub(/\]/, "\\]", text)
	gsub(/:/, "\\:", text)
	return quoted(text)
}
function flush()
{
	if (program == "")
		return
	body = body sprintf("_compact_%s()\n{\n\tlocal -a verbs=(\n%s\t)\n", name, verbs)
	body = body sprintf("\t_arguments -s : \\\n%s\t\t'%s'\n}\n\n", options, \
		verbs == "" ? "*:operand:_files" : "*:: :_compact_operands")
	verbs = options = ""
}
BEGIN {
	FS = "\t"
}
$1 == "program" {
	flush()
	program = name = $2
	gsub(/-/, "_", name)
	programs = programs " " program
}
$1 == "verb" {
	verbs = verbs "\t\t'" $2 ":" spec($4) "'\n"
}
$1 == "option" {
	action = $4 == "" ? "" : ":" spec($4) ":" ($4 ~ /FILE|MAP/ ? "_files" : $4 ~ /FOLDER/ ? "_files -/" : " ")
	if ($3 == "output") {
		formats = $5
		gsub(/,/, "", formats)
		action = ":FORMAT:(" formats ")"
	}
	if ($2 != "-")
		options = options "\t\t'-" $2 ($4 == "" ? "" : "+") "[" spec($5) "]" action "' \\\n"
	options = options "\t\t'--" $3 ($4 == "" ? "" : "=") "[" spec($5) "]" action "' \\\n"
}
END {
	flush()
	print "#compdef" programs
	print "# SPDX-License-Identifier: MIT"
	print "# Completions of the compact toolkit for zsh, made from the option tables of its programs.\n"
	printf "%s", body
	print "_compact_operands()\n{"
	print "\tif ((CURRENT == 1)) && [[ $service == compact-record ]]; then"
	print "\t\tcompadd kinds fields ${(f)\"$(compact-record kinds -o csv 2>/dev/null | sed '1d;s/,.*//')\"}"
	print "\telif ((CURRENT == 1)) || { ((CURRENT == 2)) && [[ $service == compact-record ]] }; then"
	print "\t\t_describe verb verbs"
	print "\telse\n\t\t_files\n\tfi\n}\n"
	print "_compact_${service//-/_} \"$@\""
}
