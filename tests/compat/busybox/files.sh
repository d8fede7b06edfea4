#!/bin/busybox sh
# Files and directories: mkdir, touch, cp, mv, ln, rm, find, test, stat, chmod, du, basename.
umask 022
top=$(mktemp -d)
cd "$top" || exit
mkdir -p a/b/c d
touch a/one a/b/two
echo three >a/b/c/three
cp a/b/c/three d/copy
cp -r a e
mv d/copy d/moved
ln -s moved d/soft
ln d/moved d/hard
find . | sort
find . -type f -name 't*' | sort
find . -type d | sort | wc -l
find . -type l -exec echo link {} \;
find . -name three -exec cat {} +
cat d/soft d/hard
readlink d/soft
stat -c '%n %s %h %a' d/moved
[ -d a ] && [ -f d/moved ] && [ -L d/soft ] && [ ! -e nothing ] && echo tests
[ d/moved -ef d/hard ] && echo "the same file"
chmod 600 d/moved; stat -c %a d/hard
chmod u+x,g=r d/moved; stat -c %A d/moved
touch -d '2020-01-02 03:04:05' d/moved; stat -c %Y d/moved
[ a/one -nt d/moved ] && echo newer
basename /x/y.c .c; dirname /x/y.c
rmdir a 2>&1
rm -r e; ls
ls -1 d
ls a/b
echo a/* d/*
pwd | sed 's/.*\///' | tr -c '\n' x
truncate -s 10000 sparse; wc -c sparse
cd /; rm -rf "$top"; [ -e "$top" ] || echo gone
