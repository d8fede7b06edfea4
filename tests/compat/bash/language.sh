#!/bin/bash-static
# What bash has beyond the common shell: arrays, braces, patterns, arithmetic, here-strings.
echo {1..5} {a..e} x{1,2}y
list=(one "two words" three)
echo "${#list[@]} ${list[1]} ${list[@]: -1}"
for item in "${list[@]}"; do echo "<$item>"; done
declare -A colour=([apple]=red [plum]=blue)
for key in apple plum; do echo "$key is ${colour[$key]}"; done
text="Hello World"
echo "${text,,} ${text^^} ${text/World/there} ${text:6} ${text//o/0}"
[[ $text =~ ^([A-Z][a-z]+)\ (.*)$ ]] && echo "${BASH_REMATCH[2]}"
[[ abc < abd && -n $text ]] && echo compared
((i = 5, i++)); echo $i
for ((i = 0; i < 3; i++)); do echo -n "$i "; done; echo
read -r first rest <<<"a b c"; echo "$first/$rest"
printf '%q %03d %s\n' "a b" 7 end
mapfile -t lines < <(printf 'x\ny\n'); echo "${#lines[@]} ${lines[1]}"
f() { local -i n=$1; ((n <= 1)) && echo 1 && return; echo $((n * $(f $((n - 1))))); }
f 6
case $text in H*) echo begins ;;& *d) echo ends ;; esac
shopt -s extglob; [[ foobar == foo@(bar|baz) ]] && echo extended
echo "$((16#ff)) $((2 ** 40)) ${#text}"
let x=3*4; echo $x
select_one() { return 7; }; select_one; echo $?
printf -v padded '%5s' ab; echo "[$padded]"
