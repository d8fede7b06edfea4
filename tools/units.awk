# Reads the first lines of the unit tests and writes what the Makefile must know of each:
#
#	// unit: sources kernel/mem/buddy.c libc/string/memcpy.c flags -Ikernel -DHOST libs -lm
#
# ("/* unit: ... */" as well; the words may spread over several such lines among the first ten).
# sources, C or nasm, are built and linked with the test, flags given to the compiler, libs to the
# linker.

FNR > 10 || FILENAME == "/dev/null" {
	next
}

sub(/^[\/ ]*[\/*][ \t]*unit:/, "") {
	sub(/\*\/[ \t]*$/, "")
	target = FILENAME
	sub(/\.c$/, "", target)
	kind = ""
	for (i = 1; i <= NF; i++) {
		if ($i == "sources" || $i == "flags" || $i == "libs")
			kind = $i
		else if (kind == "sources") {
			# A variable too: the prerequisites also have what is included.
			source = $i ~ /\.asm$/ ? "build/" $i ".o" : $i
			print "build/" target ": " source
			print "build/" target ": unit_sources += " source
		} else if (kind == "flags" || kind == "libs")
			print "build/" target ": unit_" kind " += " $i
		else {
			print FILENAME ": bad unit line: " $i >"/dev/stderr"
			exit 1
		}
	}
}
