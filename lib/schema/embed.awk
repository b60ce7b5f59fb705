# Writes the schema's SQL files as C: schema_files[] = { name, text }, then { 0, 0 }.
# Lines keep their order; comments stay, since the catalogue reads those after names.
BEGIN {
	print "/* Made from lib/schema by embed.awk. */"
	print "#include \"schema/schema.h\""
	print "const struct schema_file schema_files[] = {"
}
FNR == 1 {
	if (NR > 1)
		print "\t},"
	name = FILENAME
	sub(/^.*lib\/schema\//, "", name)
	print "\t{ \"" name "\","
}
{
	gsub(/\\/, "&&")
	gsub(/"/, "\\\"")
	print "\t  \"" $0 "\\n\""
}
END {
	if (NR > 0)
		print "\t},"
	print "\t{ 0, 0 },"
	print "};"
}
