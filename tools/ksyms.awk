# Makes the kernel's symbol table, as nasm source, from the output of "nm -n": what core/symbols.c
# looks addresses up in.
#
#	ksyms_count          u32, the number of symbols
#	ksyms_addresses      u32 each, ascending: the address less 0xffffffff80000000
#	ksyms_names_offsets  u32 each: where in ksyms_names the name stands
#	ksyms_names          NUL-terminated strings
#
# Only code has a place in it, and not the labels within nasm's macros. Of several names for one
# address it keeps a global one, else the first. With no input it is the empty table of the first
# link.

function keep() {
	if (address == "")
		return
	addresses[count] = address
	names[count++] = name
}

$2 ~ /^[tTwW]$/ && $1 ~ /^ffffffff[89a-f]/ && $3 !~ /^\.\.@/ {
	if ($1 == last) {
		if (type == "t" && $2 == "T") {
			name = $3
			type = $2
		}
		next
	}
	keep()
	last = $1
	address = substr($1, 9)
	name = $3
	type = $2
}

END {
	keep()
	print "section .ksyms progbits alloc noexec nowrite align=8"
	print "global ksyms_count, ksyms_addresses, ksyms_names_offsets, ksyms_names"
	print "ksyms_count: dd " count + 0
	print "ksyms_addresses:"
	for (i = 0; i < count; i++)
		print "dd 0x" addresses[i] " - 0x80000000"
	print "ksyms_names_offsets:"
	for (i = offset = 0; i < count; i++) {
		print "dd " offset
		offset += length(names[i]) + 1
	}
	print "ksyms_names:"
	for (i = 0; i < count; i++)
		print "db \"" names[i] "\", 0"
	print "db 0"
}
