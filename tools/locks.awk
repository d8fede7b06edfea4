# awk -f tools/locks.awk docs/locking.md kernel/core/spinlock.h kernel/sched/mutex.h
# The page again, with the table behind each line "<!-- enum NAME -->" made from the enum of that
# name: a row for each constant, with its comment, up to the next empty line.

FILENAME == ARGV[1] {
	page[++lines] = $0
	next
}

# Comments may go over several lines.
/^enum [a-z_]+ \{/ {
	name = $2
	next
}
name != "" && /^};/ {
	flush()
	name = ""
	next
}
name != "" {
	if (match($0, /^\t[A-Z_]+/)) {
		flush()
		constant = substr($0, 2, RLENGTH - 1)
	}
	text = $0
	if (text !~ /\/\*/ && text !~ /^[ \t]*\*/)
		next
	sub(/^[^*]*\*/, "", text)
	sub(/\*\/.*/, "", text)
	gsub(/^[ \t]+|[ \t]+$/, "", text)
	comment = comment (comment == "" ? "" : " ") text
}

function flush() {
	if (constant != "")
		rows[name] = rows[name] "| `" constant "` | " comment " |\n"
	constant = comment = ""
}

END {
	for (i = 1; i <= lines; i++) {
		if (skipping && page[i] != "")
			continue
		skipping = 0
		print page[i]
		if (page[i] ~ /^<!-- enum [a-z_]+ -->$/) {
			split(page[i], words, " ")
			printf "| rank | what it guards |\n|---|---|\n%s", rows[words[3]]
			skipping = 1
		}
	}
}
