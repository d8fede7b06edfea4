# Prints what the Makefile says of its targets ("target: ... ## words") and variables ("NAME ?=
# default ## words").

BEGIN {
	print "Targets of make:"
}

/^[a-z_-]+:.*## / {
	text = $0
	sub(/.*## /, "", text)
	sub(/:.*/, "")
	printf "  %-18s %s\n", $0, text
}

/^(#  )?[A-Z_]+ (\?=)?.*## / {
	text = $0
	sub(/.*## /, "", text)
	sub(/^#  /, "")
	value = $0
	sub(/^[A-Z_]+ *(\?= *)?/, "", value)
	sub(/ *##.*/, "", value)
	variables[++count] = sprintf("  %-18s %s", value == "" ? $1 : $1 "=" value, text)
}

END {
	print "\nVariables, with their defaults:"
	for (i = 1; i <= count; i++)
		print variables[i]
	print "\nExamples:  make run    make run CMD='heapdemo' ICOUNT=1    make test CPU=qemu64"
}
