# Makes everything that follows from a system call's row in abi/syscalls.def, which explains the
# rows. POSIX awk.
#
#	awk -f tools/syscalls.awk -v out=MODE [-v name=NAME] abi/syscalls.def
#
# out=numbers  C header: #define ABI_SYS_NAME number
# out=libc     C header <bits/syscall.h>: #define SYS_NAME number, and the same as __NR_NAME
# out=kernel   C header gen/syscalls.h: prototypes of sys_NAME, the table, the types of arguments
# out=stubs    the names of the calls that have a stub in the libc, one per line
# out=stub     nasm source of the libc stub of the call NAME
# out=sets     C header gen/syscall_sets.h: the constants of the sets, from the abi headers, which
#              follow abi/syscalls.def on the command line
# out=docs     docs/syscalls.md
#
# A bad row is an error with its line number: nothing is written and the exit status is 1.

BEGIN {
	MODES = " numbers libc kernel stubs stub sets docs "
	MAX_ARGS = 6
	OWN_BASE = 21248	# 0x5300: SynOS's own calls start here

	# The scalar types and the C type in which the kernel takes them.
	split("int fd dirfd sig pid whence wait_options clock arch_code prot map_flags open_flags " \
		"fd_flags at_flags timer_flags mremap_flags msync_flags madvise", list)
	for (i in list)
		scalar[list[i]] = "int"
	split("uint mode reboot_cmd random_flags ioctl_cmd query_flags", list)
	for (i in list)
		scalar[list[i]] = "unsigned int"
	scalar["long"] = scalar["off"] = "long"
	scalar["ulong"] = scalar["addr"] = scalar["clone_flags"] = "unsigned long"
	scalar["size"] = "size_t"

	# All kinds, in the order of the generated enum.
	kind_count = split("none int uint long ulong size off pid mode fd dirfd sig addr open_flags " \
		"fd_flags at_flags prot map_flags whence wait_options clock arch_code reboot_cmd random_flags ioctl_cmd " \
		"query_flags timer_flags mremap_flags msync_flags madvise clone_flags path strings in out " \
		"inout", kinds)
	split("int size off addr pid none", list)
	for (i in list)
		result_type[list[i]] = 1

	if (index(MODES, " " out " ") == 0)
		fail("usage: awk -f syscalls.awk -v out=numbers|libc|kernel|stubs|stub|sets|docs " \
			"[-v name=NAME] syscalls.def")
}

FILENAME ~ /\.h$/ {
	if ($1 == "#define" && $2 ~ /^ABI_[A-Z0-9_]+$/ && NF > 2)
		constant[++constants] = substr($2, 5)
	next
}

/^[ \t]*(#|$)/ {
	if ($1 == "#" && NF > 1)
		heading = substr($0, 3)
	else if (NF == 0)
		heading = ""
	next
}

$1 == "set" {
	parse_set()
	next
}

{
	parse_row()
}

END {
	if (failed)
		exit 1
	if (out == "numbers")
		write_numbers()
	else if (out == "libc")
		write_libc_numbers()
	else if (out == "kernel")
		write_kernel()
	else if (out == "stubs")
		write_stub_names()
	else if (out == "stub")
		write_stub()
	else if (out == "sets")
		write_sets()
	else if (out == "docs")
		write_docs()
}

function fail(message)
{
	print message > "/dev/stderr"
	failed = 1
	exit 1
}

function row_error(message)
{
	fail(FILENAME ":" FNR ": " message)
}

# The value of a decimal or 0x number, or -1.
function number_value(text,    i, value)
{
	if (text ~ /^[0-9]+$/)
		return text + 0
	if (text !~ /^0x[0-9a-fA-F]+$/)
		return -1
	value = 0
	text = tolower(text)
	for (i = 3; i <= length(text); i++)
		value = value * 16 + index("0123456789abcdef", substr(text, i, 1)) - 1
	return value
}

function parse_row(    i)
{
	if (NF < 5)
		row_error("a row has at least five fields: number name frame libc result")
	rows++
	number[rows] = number_value($1)
	number_text[rows] = $1
	call[rows] = $2
	frame[rows] = $3
	libc[rows] = $4
	result[rows] = $5
	section[rows] = heading
	arg_count[rows] = NF - 5

	if (number[rows] < 0)
		row_error("bad number \"" $1 "\"")
	if (number[rows] in seen_number)
		row_error("number " $1 " is already that of " seen_number[number[rows]])
	if ($2 !~ /^[a-z][a-z0-9_]*$/)
		row_error("bad name \"" $2 "\"")
	if ($2 in row_of)
		row_error("there is already a call named " $2)
	if ($3 != "full" && $3 != "-")
		row_error("frame is \"full\" or \"-\", not \"" $3 "\"")
	if ($4 != "stub" && $4 != "point" && $4 != "-")
		row_error("libc is \"stub\", \"point\" or \"-\", not \"" $4 "\"")
	if (!($5 in result_type))
		row_error("unknown result type \"" $5 "\"")
	if (arg_count[rows] > MAX_ARGS)
		row_error("more than " MAX_ARGS " arguments")
	seen_number[number[rows]] = $2
	row_of[$2] = rows

	for (i = 1; i <= arg_count[rows]; i++)
		parse_argument(rows, i, $(5 + i))
	for (i = 1; i <= arg_count[rows]; i++)
		resolve_count(rows, i)
}

function parse_set()
{
	if (NF != 4 || $3 !~ /^[0-9]+$/)
		row_error("a set is \"set type bits pattern\"")
	if (!($2 in scalar))
		row_error("there is no type \"" $2 "\"")
	sets++
	set_type[sets] = $2
	set_low[sets] = $3
	set_pattern[sets] = "^(" $4 ")$"
}

# Sets of the row's argument i: arg_name, arg_kind, and for in, out and inout arg_element and
# arg_count_text.
function parse_argument(row, i, text,    colon, type, open, inside, comma)
{
	colon = index(text, ":")
	arg_name[row, i] = substr(text, 1, colon - 1)
	type = substr(text, colon + 1)
	if (colon == 0 || arg_name[row, i] !~ /^[a-z_][a-z0-9_]*$/)
		row_error("an argument is name:type, not \"" text "\"")
	if ((row, arg_name[row, i]) in arg_index)
		row_error("two arguments are named " arg_name[row, i])
	arg_index[row, arg_name[row, i]] = i

	if (type in scalar || type == "path" || type == "strings") {
		arg_kind[row, i] = type
		return
	}
	open = index(type, "(")
	arg_kind[row, i] = substr(type, 1, open - 1)
	if (type !~ /^(in|out|inout)\([^()]+\)$/)
		row_error("unknown type \"" type "\" of argument " arg_name[row, i])
	inside = substr(type, open + 1, length(type) - open - 1)
	comma = index(inside, ",")
	arg_element[row, i] = comma ? substr(inside, 1, comma - 1) : inside
	arg_count_text[row, i] = comma ? substr(inside, comma + 1) : "1"
	if (arg_element[row, i] !~ /^[a-z][a-z0-9_]*$/)
		row_error("bad element type in \"" type "\"")
	if (arg_element[row, i] == "byte" && !comma)
		row_error("\"" type "\" needs a count of bytes")
}

# Sets arg_counted_by (the place of the argument that holds the count, from 0, or -1) and
# arg_count_number.
function resolve_count(row, i,    text, other)
{
	if (!((row, i) in arg_element))
		return
	text = arg_count_text[row, i]
	if (text ~ /^[1-9][0-9]*$/) {
		arg_counted_by[row, i] = -1
		arg_count_number[row, i] = text + 0
		return
	}
	if (!((row, text) in arg_index))
		row_error("the count of " arg_name[row, i] " is \"" text \
			"\": neither a number nor an argument")
	other = arg_index[row, text]
	if (arg_kind[row, other] !~ /^(size|int|uint|long|ulong)$/)
		row_error("the count of " arg_name[row, i] " is argument " text \
			", which is no number")
	arg_counted_by[row, i] = other - 1
	arg_count_number[row, i] = 0
}

function is_pointer(kind)
{
	return !(kind in scalar)
}

function write_numbers(    row)
{
	print "/* Made from abi/syscalls.def by tools/syscalls.awk: the numbers of the calls. */"
	print "#ifndef ABI_SYSCALL_NUMBERS_H"
	print "#define ABI_SYSCALL_NUMBERS_H\n"
	for (row = 1; row <= rows; row++)
		print "#define ABI_SYS_" call[row] " " number_text[row]
	print "\n#endif"
}

function write_libc_numbers(    row)
{
	print "/* Made from abi/syscalls.def by tools/syscalls.awk: the numbers that syscall(2) takes. */"
	print "#ifndef _BITS_SYSCALL_H"
	print "#define _BITS_SYSCALL_H\n"
	for (row = 1; row <= rows; row++) {
		print "#define __NR_" call[row] " " number_text[row]
		print "#define SYS_" call[row] " " number_text[row]
	}
	print "\n#endif"
}

function write_stub_names(    row)
{
	for (row = 1; row <= rows; row++)
		if (libc[row] != "-")
			print call[row]
}

# The stub is the strong __NAME, which the libc itself calls, and a weak NAME, which a program may
# define anew (with a dollar sign, for there are names that are also instructions). The kernel takes
# the fourth argument in r10, because syscall overwrites rcx. Of a cancellation point the weak name is
# one (libc/internal/cancel.h), the strong one is not: what the libc does is not cancelled half-way.
function write_stub(    row)
{
	if (!(name in row_of) || libc[row_of[name]] == "-")
		fail("syscalls.awk: there is no stub of \"" name "\"")
	row = row_of[name]
	print "; " name "(2). Made from abi/syscalls.def by tools/syscalls.awk."
	print "bits 64"
	print "default rel"
	print "global __" name ":function"
	print "global $" name ":function weak"
	print "extern __syscall_error"
	if (libc[row] == "point")
		print "extern __cancel_stub"
	print "\nsection .text"
	if (libc[row] == "point") {
		print "$" name ":"
		write_stub_registers(row)
		print "\tjmp __cancel_stub"
	}
	print "__" name ":"
	if (libc[row] == "stub")
		print "$" name ":"
	write_stub_registers(row)
	print "\tsyscall"
	print "\tcmp rax, -4095"
	print "\tjae .failed"
	print "\tret"
	print ".failed:"
	print "\tmov rdi, rax"
	print "\tjmp __syscall_error\n"
	print "section .note.GNU-stack noalloc noexec nowrite progbits"
}

function write_stub_registers(row)
{
	if (arg_count[row] >= 4)
		print "\tmov r10, rcx"
	print "\tmov eax, " number_text[row]
}

function write_kernel(    row, i)
{
	print "/* Made from abi/syscalls.def by tools/syscalls.awk: the system calls as the kernel sees"
	print " * them. Each sys_NAME gives the result, or an error as -errno. A call reaches its function"
	print " * with the six argument registers as they are, so a function pointer table indexed by number"
	print " * serves every row. */"
	print "#ifndef GEN_SYSCALLS_H"
	print "#define GEN_SYSCALLS_H\n"
	print "#include <stddef.h>\n"
	print "struct user_ptr;\n"
	for (row = 1; row <= rows; row++)
		print "long sys_" call[row] "(" prototype_arguments(row) ");"
	print ""
	write_tables()
	print ""
	write_argument_types()
	for (row = 1; row <= rows; row++)
		write_argument_list(row)
	print "\n#endif"
}

function prototype_arguments(row,    i, list, kind)
{
	list = ""
	for (i = 1; i <= arg_count[row]; i++) {
		kind = arg_kind[row, i]
		list = list (i > 1 ? ", " : "") (is_pointer(kind) ? "struct user_ptr" : scalar[kind]) \
			" " arg_name[row, i]
	}
	return list == "" ? "void" : list
}

function write_tables(    row, linux_top, own_top)
{
	linux_top = 0
	own_top = OWN_BASE
	for (row = 1; row <= rows; row++) {
		if (number[row] >= own_top)
			own_top = number[row] + 1
		else if (number[row] < OWN_BASE && number[row] >= linux_top)
			linux_top = number[row] + 1
	}
	print "/* Linux's numbers are 0 .. SYSCALL_LINUX_END-1, SynOS's own are SYSCALL_OWN_BASE .."
	print " * SYSCALL_OWN_END-1, both with holes. */"
	print "#define SYSCALL_LINUX_END " linux_top
	print "#define SYSCALL_OWN_BASE " OWN_BASE
	print "#define SYSCALL_OWN_END " own_top "\n"
	print "/* One ROW(number, name, function, full, argument_count) per call; full is 1 if the function"
	print " * looks at all registers of the caller. */"
	write_table("SYSCALL_TABLE_LINUX", 0, OWN_BASE)
	write_table("SYSCALL_TABLE_OWN", OWN_BASE, own_top)
	print "#define SYSCALL_TABLE(ROW) SYSCALL_TABLE_LINUX(ROW) SYSCALL_TABLE_OWN(ROW)"
}

function write_table(macro, low, high,    row, text)
{
	text = "#define " macro "(ROW)"
	for (row = 1; row <= rows; row++)
		if (number[row] >= low && number[row] < high)
			text = text " \\\n\tROW(" number_text[row] ", " call[row] ", sys_" \
				call[row] ", " (frame[row] == "full") ", " arg_count[row] ")"
	print text "\n"
}

function write_argument_types(    i)
{
	print "enum syscall_kind {"
	for (i = 1; i <= kind_count; i++)
		print "\tSYSCALL_KIND_" toupper(kinds[i]) ","
	print "};\n"
	print "/* One argument of a call. A pointer of kind IN, OUT or INOUT points to elements of"
	print " * element_size bytes: to as many as the argument with the index counted_by says, or, if that"
	print " * is negative, to count of them. */"
	print "struct syscall_arg {"
	print "\tconst char *name;"
	print "\tconst char *element;\t\t/* \"byte\", \"int\", \"off\", T for struct abi_T, or NULL */"
	print "\tunsigned int element_size;"
	print "\tunsigned short count;"
	print "\tsigned char counted_by;"
	print "\tunsigned char kind;\t\t/* enum syscall_kind */"
	print "};\n"
	print "/* For each call, SYSCALL_RESULT_name is the kind of its result and SYSCALL_ARGS_name(ARG) one"
	print " * ARG(name, element, element_size, count, counted_by, kind) per argument, in the order of the"
	print " * struct's fields; who expands it includes the abi headers of the structs and <stddef.h>. */"
}

function write_argument_list(row,    i)
{
	print "#define SYSCALL_RESULT_" call[row] " SYSCALL_KIND_" toupper(result[row])
	printf "#define SYSCALL_ARGS_%s(ARG)", call[row]
	for (i = 1; i <= arg_count[row]; i++)
		printf " \\\n\tARG(\"%s\", %s, SYSCALL_KIND_%s)", arg_name[row, i], \
			element_fields(row, i), toupper(arg_kind[row, i])
	printf "\n"
}

function element_fields(row, i,    element, size)
{
	if (!((row, i) in arg_element))
		return "NULL, 0, 0, -1"
	element = arg_element[row, i]
	size = element == "byte" ? "1" : element == "int" ? "sizeof(int)" : \
		element == "off" ? "sizeof(long)" : "sizeof(struct abi_" element ")"
	return "\"" element "\", " size ", " arg_count_number[row, i] ", " arg_counted_by[row, i]
}

function write_sets(    set, i)
{
	print "/* Made from abi/syscalls.def and the abi headers by tools/syscalls.awk: the names of bits and"
	print " * choices. SYSCALL_SETS has a SET(kind, low) for each type, of whose value the low bits are"
	print " * one choice, SYSCALL_CONSTANTS a NAME(kind, name, value) for each name. */"
	print "#ifndef GEN_SYSCALL_SETS_H"
	print "#define GEN_SYSCALL_SETS_H\n"
	printf "#define SYSCALL_SETS(SET)"
	for (set = 1; set <= sets; set++)
		printf " \\\n\tSET(SYSCALL_KIND_%s, %s)", toupper(set_type[set]), set_low[set]
	printf "\n\n#define SYSCALL_CONSTANTS(NAME)"
	for (set = 1; set <= sets; set++)
		for (i = 1; i <= constants; i++)
			if (constant[i] ~ set_pattern[set])
				printf " \\\n\tNAME(SYSCALL_KIND_%s, \"%s\", ABI_%s)", \
					toupper(set_type[set]), constant[i], constant[i]
	print "\n\n#endif"
}

function write_docs(    row, i, last)
{
	print "# System calls\n"
	print "Generated from `abi/syscalls.def` by `make docs`; do not edit. The numbers, names and"
	print "meanings are those of Linux on x86-64, so each name links to its manual page; the calls from"
	print "0x5300 up are SynOS's own and link to their page here. Every number that is not in these"
	print "tables gives `ENOSYS`. A call marked *full* sees all registers of its caller. Under *libc*,"
	print "`stub` says that the C function of that name is the call itself and the conversion of its"
	print "error to `errno`, and `point` that it is a cancellation point besides; for the others the"
	print "libc has a function written by hand, or none.\n"
	print "In the arguments, `in` is memory that the call reads, `out` memory that it writes, `[n]` how"
	print "many there are.\n"
	last = ""
	for (row = 1; row <= rows; row++) {
		if (section[row] != last || row == 1)
			write_docs_heading(section[row])
		last = section[row]
		print "| " number_text[row] " | [" call[row] "](" docs_link(row) ") | " \
			docs_arguments(row) " | " result[row] " | " (libc[row] == "-" ? "" : libc[row]) \
			" | " (frame[row] == "-" ? "" : frame[row]) " |"
	}
}

function write_docs_heading(text)
{
	sub(/ *\(docs\/.*$/, "", text)
	print (rows_written++ ? "\n" : "") "## " toupper(substr(text, 1, 1)) substr(text, 2) "\n"
	print "| number | call | arguments | result | libc | frame |"
	print "|---|---|---|---|---|---|"
}

function docs_link(row,    page)
{
	if (number[row] < OWN_BASE)
		return "https://man7.org/linux/man-pages/man2/" call[row] ".2.html"
	page = call[row]
	gsub(/_/, "-", page)
	return page ".md"
}

function docs_arguments(row,    i, list, type)
{
	list = ""
	for (i = 1; i <= arg_count[row]; i++) {
		type = arg_kind[row, i]
		if ((row, i) in arg_element) {
			type = type " " arg_element[row, i]
			if (arg_count_text[row, i] != "1")
				type = type "[" arg_count_text[row, i] "]"
		}
		list = list (i > 1 ? ", " : "") "`" arg_name[row, i] ": " type "`"
	}
	return list
}
