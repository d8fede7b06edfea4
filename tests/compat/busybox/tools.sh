#!/bin/busybox sh
# Small tools: expr, test, printf, seq, xargs, date, env, factor, tee, yes, which, bc, true and false.
expr 3 + 4 \* 5
expr length hello; expr substr hello 2 3; expr hello : 'h\(.*\)o'
test 3 -gt 2 && test abc != abd && test -z '' && echo right
printf '%d %5s|%-5s|%x %o %c %05.1f\n' 42 ab cd 255 8 z 3.14159
printf '%s-%s\n' a b c d
seq 5 -2 1 | tr '\n' ' '; seq -s , 3; seq 1 0.5 2
seq 1 10 | xargs echo
seq 1 10 | xargs -n 3 echo group
printf 'a\0b c\0' | xargs -0 -n 1 echo
seq 1 3 | xargs -I {} echo 'item {}'
date -u -d @1700000000 '+%Y-%m-%d %H:%M:%S %a'
env -i A=1 B=2 env | sort
A=3 sh -c 'echo $A'
factor 360 97
seq 1 3 | tee /dev/null | wc -l
yes | head -n 3
echo '2 ^ 64; 10 / 4' | bc
dc -e '3 4 * p'
basename "$(which busybox)"
true; echo $?; false; echo $?
nproc >/dev/null && echo processors
cal 2 2024
sleep 0.01 && echo slept
echo abc | md5sum | cut -c 1-8
usleep 1000
