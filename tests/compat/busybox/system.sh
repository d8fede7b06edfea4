#!/bin/busybox sh
# What shows the machine as it runs: top, ps, free, uptime.
top -b -n 1 | sed -n '1,2s/:.*//p'
top -b -n 1 | grep -c 'top -b -n [1]'
top -b -n 2 -d 0.1 | grep -c '^ *PID'
ps | awk 'NR == 1 { print $1 } $1 == 1 { print $1 }'
free | awk '{ print $1 }'
uptime | grep -c 'load average:'
awk '$1 == "cpu" { print NF } $1 ~ /^ctxt|^btime|^proc/ { print $1, NF }' /proc/stat
awk '{ print NF }' /proc/loadavg
