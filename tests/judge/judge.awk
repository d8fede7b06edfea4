# Judges one boot of the machine that ran guest tests: believes only what is proved.
#
#	awk -f judge.awk -v tests='NAME NAME...' -v status=N [-v hung=1]
#		part=log KERNEL-LOG part=stream SERIAL-LOG
#
# tests are the ones that the boot was asked to run, in order; status is QEMU's; hung says that the
# host ended the machine because nothing came any more. A line of the answer is
#
#	pass NAME
#	skip NAME REASON
#	fail NAME REASON
#	next NAME            not begun: to be run by another boot
#	broken REASON        the boot as a whole is not to be believed, whatever its tests said
#
# Every test asked for gets exactly one of the first four lines; a boot without "broken" that has no
# "next" is complete.

BEGIN {
	ENDED = 99	# QEMU's status when SynOS ends it, and
	PANICKED = 101	# when it panics
	count = split(tests, name, " ")
	for (i = 1; i <= count; i++)
		place[name[i]] = i
	done = 0	# the tests that have their result are 1 to done
}

function broken(reason) {
	if (!why_broken)
		why_broken = reason
}

# A result line: number, test, and the remark behind " # ".
function result(line, passed,   words) {
	if (line !~ ((passed ? "^" : "^not ") "ok [0-9]+ [^ ]+($| # )")) {
		broken("not a line of a test's: " line)
		return
	}
	split(line, words, " ")
	number = words[passed ? 2 : 3]
	test = words[passed ? 3 : 4]
	remark = index(line, " # ") ? substr(line, index(line, " # ") + 3) : ""
	if (number != done + 1 || test != name[done + 1]) {
		if (test in place && place[test] <= done)
			broken("a second result: " line)
		else
			broken("a result out of order: " line)
		return
	}
	if (started != test)
		broken("a result without a start: " line)
	if (!planned)
		broken("a result before the plan: " line)
	if (terminated)
		broken("a result after the end: " line)
	done++
	started = ""
	if (!passed) {
		verdict[done] = "fail " test " " (remark == "" ? "not ok" : remark)
		failed++
	} else if (remark ~ /^SKIP/) {
		verdict[done] = "skip " test " " substr(remark, 6)
	} else {
		verdict[done] = "pass " test
	}
}

{
	sub(/\r$/, "")
}

part == "log" {
	if ($0 ~ /(^|\] )SynOS /)
		banners++
	if ($0 ~ /(^|\] )panic: /)
		panic = panic ? panic : substr($0, index($0, "panic: "))
	next
}

$0 == "synos: running" {
	if (++runs > 1)
		broken("the machine started again")
	next
}

/^$/ {
	next
}

runs == 0 {
	broken("before the start: " $0)
	next
}

exited {
	broken("after the exit: " $0)
	next
}

/^panic: / || panic_shown {
	# All that follows in this boot is the panic's own.
	if (!panic_shown++)
		panic = panic ? panic : $0
	next
}

$0 == "KTAP version 1" {
	if (++headers > 1)
		broken("a second header")
	next
}

/^1\.\.[0-9]+$/ {
	planned++
	if (planned > 1)
		broken("a second plan")
	else if (substr($0, 4) + 0 != count)
		broken("the plan is " $0 ", asked for were " count)
	next
}

/^# start / {
	started = $3
	if (started != name[done + 1])
		broken("a start out of order: " $0)
	next
}

$0 == "# synos-tests: done" {
	terminated = 1
	next
}

/^ok / {
	result($0, 1)
	next
}

/^not ok / {
	result($0, 0)
	next
}

/^synos: exit [0-9]+$/ {
	exited = 1
	exit_status = $3
	next
}

/^#/ {
	next
}

{
	broken("not a line of a test's: " $0)
}

# Why the machine ended before its tests did, or "".
function early_end() {
	if (status == PANICKED || panic)
		return panic ? panic : "panic"
	if (hung)
		return "the machine hung"
	if (banners > 1 || runs > 1)
		return "the machine started again"
	if (status == 0)
		return "the machine reset or switched itself off"
	if (status != ENDED)
		return "QEMU ended with status " status
	if (!terminated)
		return "the run ended before its tests did"
	return ""
}

END {
	end = early_end()
	if (end && started != "" && done < count && started == name[done + 1]) {
		# The one that was running has to answer for it.
		verdict[++done] = "fail " started " " end
	} else if (end) {
		# The cause, not what followed from it.
		why_broken = end
	} else {
		if (!headers)
			broken("no header")
		if (!planned)
			broken("no plan")
		if (done < count)
			broken("only " done " of " count " results")
		if (!exited)
			broken("no exit line")
		else if ((exit_status == 0) != (failed == 0))
			broken("exit " exit_status " with " failed + 0 " failed tests")
		if (banners != 1)
			broken(banners + 0 " boot banners in the log")
	}
	for (i = 1; i <= count; i++)
		print i <= done ? verdict[i] : "next " name[i]
	if (why_broken)
		print "broken " why_broken
}
