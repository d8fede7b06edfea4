#!/bin/busybox sh
# Pipelines and statuses: long ones, large ones, broken ones, in the background.
seq 1 10000 | sort -r | sort -n | uniq | tail -n 1
seq 1 100000 | wc -c
cat /dev/zero | head -c 1000000 | wc -c
yes | head -n 1
i=0; while [ $i -lt 30 ]; do i=$((i + 1)); echo $i | cat | cat >/dev/null; done; echo "$i pipelines"
false | true; echo $?
true | false; echo $?
set -o pipefail; false | true; echo $?; set +o pipefail
(exit 3) & wait $!; echo "waited for $?"
sleep 0.05 & sleep 0.02 & wait; echo "both ended"
nothing_here 2>/dev/null; echo "not found: $?"
/etc 2>/dev/null; echo "cannot run: $?"
echo out 3>&1 >&2 2>&3 | cat
{ echo error >&2; echo out; } 2>&1 | sort
echo "$(echo "$(echo nested)")"
x=$(seq 1 2000); echo ${#x}
exec 5>&1; echo five >&5; exec 5>&-
cat <<END | tr a-z A-Z
through a pipe
END
