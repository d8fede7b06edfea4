# Makes the libc's <bits/errno.h> from the rows of abi/errno.def: awk -f tools/errno.awk
# abi/errno.def

BEGIN {
	FS = "[(, ]+"
	print "/* Made from abi/errno.def by tools/errno.awk: the error numbers of <errno.h>. */"
	print "#ifndef _BITS_ERRNO_H"
	print "#define _BITS_ERRNO_H\n"
}

$1 == "ERRNO" {
	print "#define " $3 " " $2
}

END {
	print "\n#endif"
}
