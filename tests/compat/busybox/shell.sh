#!/bin/busybox sh
# The language of the shell: loops, cases, functions, expansions, here-documents, sub-shells.
for i in 1 2 3; do
	echo "round $i"
done
n=0
while [ $n -lt 5 ]; do
	n=$((n + 1))
	[ $n = 3 ] && continue
	echo -n "$n "
done
echo
until [ $n -le 2 ]; do n=$((n - 1)); done
echo "down to $n"
case "main.c" in
*.h) echo header ;;
*.c | *.cc) echo source ;;
esac
square() {
	local x=$1
	echo $((x * x))
}
echo "square of 12: $(square 12)"
word=/usr/local/lib/libc.so.6
echo "${word##*/} ${word%/*} ${word#/usr} ${#word} ${nothing:-default} ${word:5:5}"
cat <<END
expanded: $n
END
cat <<'END'
as it is: $n
END
(cd / && echo "below: $PWD"; exit 4)
echo "status $?"
{ echo one; echo two; } | while read -r line; do echo "got $line"; done
set -- a 'b c' d
echo "$# arguments:"; for a in "$@"; do echo "<$a>"; done
shift 2
echo "left: $*"
x=5
eval "echo \$x"
echo "$((0x10 + 010)) $((7 / 2)) $((7 % 4)) $((1 << 10)) $((x > 3 ? 1 : 0))"
if ! false && true; then echo right; else echo wrong; fi
IFS=: ; for part in a:b:c; do echo $part; done; for part in $(echo a:b:c); do echo "[$part]"; done
