#!/bin/busybox sh
# awk: fields, patterns, arrays, functions, formats, many lines.
printf 'pear 3\napple 10\nfig 7\napple 2\n' | awk '{ sum[$1] += $2 } END { for (k in sum) print k, sum[k] }' | sort
seq 1 1000 | awk '{ s += $1 } END { print s, NR, s / NR }'
awk 'BEGIN { for (i = 1; i <= 5; i++) printf "%d %5.2f %s\n", i, sqrt(i), substr("abcdefgh", i, 3) }'
echo 'root:x:0:0' | awk -F: -v OFS=- '{ $2 = "y"; print; print NF }'
awk 'function f(n) { return n < 2 ? n : f(n - 1) + f(n - 2) } BEGIN { print f(18) }'
printf 'a1\nb22\nc333\n' | awk '/[0-9][0-9]/ { gsub(/[0-9]/, "#"); print toupper($0), length($0) }'
awk 'BEGIN { "echo from a command" | getline line; print line; print "to a command" | "cat"; close("cat") }'
awk 'BEGIN { n = split("x,y,z", part, ","); print n, part[3], index("hello", "ll"), match("aaab", /b/) }'
awk 'BEGIN { exit 3 }'; echo "status $?"
seq 1 20000 | awk '{ line[NR] = $0 } END { for (i = NR; i > NR - 3; i--) print line[i] }'
