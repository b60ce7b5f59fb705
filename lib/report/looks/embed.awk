# Writes the files of this folder as C: page.css becomes look_page_css[], and so on.
BEGIN {
	print "/* Made from lib/report/looks by embed.awk. */"
	print "#include \"report/looks.h\""
}
FNR == 1 {
	if (NR > 1)
		print "\t;"
	name = FILENAME
	sub(/^.*\//, "", name)
	gsub(/[^a-z]/, "_", name)
	print "const char look_" name "[] ="
}
{
	gsub(/\\/, "&&")
	gsub(/"/, "\\\"")
	print "\t\"" $0 "\\n\""
}
END {
	print "\t;"
}
