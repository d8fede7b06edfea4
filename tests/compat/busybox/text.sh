#!/bin/busybox sh
# Filters of text: sed, grep, cut, tr, sort, uniq, head, tail, wc, rev, tac, nl, fold, paste.
cd "$(mktemp -d)" || exit
seq 1 20 >numbers
printf 'pear 3\napple 10\nfig 7\napple 2\n' >fruit
sed -n '3,5p' numbers
sed -e 's/apple/APPLE/' -e '/fig/d' fruit
sed '1!G;h;$!d' fruit
sed -i 's/pear/plum/' fruit
grep -n 'a' fruit
grep -c apple fruit
grep -v -E '^(a|f)' fruit
grep -q nothing fruit || echo "not there"
cut -d ' ' -f 2 fruit
cut -c 1-3 fruit
tr a-z A-Z <fruit
tr -d '0-9\n' <fruit; echo
sort fruit
sort -k 2 -n fruit
sort -r -u -k 1,1 fruit
cut -d ' ' -f 1 fruit | sort | uniq -c
head -n 2 numbers
tail -n 2 numbers
tail -n +19 numbers
wc numbers
wc -l <fruit
rev fruit
tac fruit
nl fruit
seq 1 30 | tr '\n' ' ' | fold -w 20; echo
paste -d , fruit fruit
expand -t 4 <<END
a	b
END
diff numbers fruit >/dev/null; echo "diff: $?"
printf 'a\nb\nc\n' >one; printf 'a\nx\nc\n' >two
diff -u one two | tail -n +3
rm -r "$PWD"
