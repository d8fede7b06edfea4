#!/bin/bash-static
# bash and other programs: pipelines, substitution, redirections, jobs that end, statuses.
echo "$(echo hello | busybox tr a-z A-Z)"
busybox seq 1 5 | while read -r n; do echo "n=$n"; done
sum=0; while read -r n; do ((sum += n)); done < <(busybox seq 1 100); echo $sum
busybox seq 1 1000 | busybox sort -r | busybox head -n 2
(exit 9); echo $?
! true; echo $?
false || echo or
busybox sleep 0.02 & wait $!; echo "background $?"
busybox true | busybox false | busybox true; echo "${PIPESTATUS[@]}"
cat_lines() { while IFS= read -r line; do echo "| $line"; done; }
cat_lines <<END
in a document
END
exec 7</dev/null; read -r x <&7; echo "end of file: $?"; exec 7<&-
no_such_command 2>/dev/null; echo $?
type -t echo cat_lines if
bash-static -c 'echo "inner $0 $1"; exit 3' name argument; echo $?
dir=/tmp/compat-bash-$$; busybox mkdir $dir; cd $dir
echo a >one; echo b >>one; echo c >two
for f in *; do echo "$f: $(<$f)"; done
[[ -f one && ! -d one && -s one && one -ef one ]] && echo tests
cd ..; busybox rm -r $dir
{ echo out; echo err >&2; } 2>/dev/null
eval 'echo evaluated'
x=$(busybox seq 1 3000); echo ${#x}
