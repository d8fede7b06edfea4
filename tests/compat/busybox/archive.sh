#!/bin/busybox sh
# tar and cpio through pipes, with directories and links.
cd "$(mktemp -d)" || exit
mkdir -p tree/below out
seq 1 100 >tree/numbers
echo text >tree/below/text
ln -s below/text tree/link
tar -c tree | tar -t | sort
tar -cf tree.tar tree
tar -xf tree.tar -C out
cat out/tree/link
cmp tree/numbers out/tree/numbers && echo same
tar -c tree | gzip | gunzip | tar -t | wc -l
rm -r out/tree
tar -c tree | (cd out && tar -x)
find out | sort
rm -r out/tree
(find tree | cpio -o -H newc 2>/dev/null) | (cd out && cpio -i -d 2>/dev/null)
find out | sort
rm -r "$PWD"
