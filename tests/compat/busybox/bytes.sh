#!/bin/busybox sh
# Bytes: dd, od, hexdump, md5sum and its like, cmp, base64, gzip, xxd.
cd "$(mktemp -d)" || exit
seq 1 5000 >data
md5sum data
sha256sum <data
sha1sum data >sums && sha1sum -c sums
dd if=data of=part bs=512 skip=3 count=4 2>/dev/null; md5sum part
dd if=/dev/zero bs=1k count=64 2>/dev/null | wc -c
dd if=data bs=100 count=1 conv=ucase 2>/dev/null | tail -n 1
head -c 40 data | od -c
head -c 20 data | od -A d -t x1
head -c 20 data | hexdump -C
head -c 16 data | xxd
printf '\001\002\377' | od -A n -t u1
cp data other; cmp data other && echo same
printf X | dd of=other bs=1 seek=100 conv=notrunc 2>/dev/null
cmp data other; echo "status $?"
head -c 30 data | base64
head -c 30 data | base64 | base64 -d | cmp - part >/dev/null; echo "status $?"
gzip -c data | gunzip | md5sum
gzip data; ls; gunzip data.gz; md5sum data
bzip2 -c part | bunzip2 | md5sum
strings -n 3 part | head -n 2
rm -r "$PWD"
