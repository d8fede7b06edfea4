; A system call that is a cancellation point (internal/cancel.h). The handler of CANCEL_SIGNAL
; compares where the thread is with __cancel_begin and __cancel_end, and lets it go on at
; __cancel_here, or at __cancel_anywhere if it may be cancelled at any instruction.
bits 64
default rel
global __cancel_call:function
global __cancel_stub:function
global __cancel_begin, __cancel_end, __cancel_here, __cancel_anywhere
extern __cancel_now:weak	; there if the program cancels threads at all
extern __syscall_error

CANCEL		equ 0x30	; struct thread's
ASKED		equ 1
DISABLED	equ 2
EINTR		equ 4

section .text
; rax has the number and the registers are those of the system call. Gives what the kernel gave.
call_or_cancel:
__cancel_begin:
	mov r11d, [fs:CANCEL]
	and r11d, ASKED | DISABLED
	cmp r11d, ASKED
	je __cancel_here
	syscall
__cancel_end:
	; A call that the signal has ended, and that has done nothing.
	cmp rax, -EINTR
	je .interrupted
	ret
.interrupted:
	mov r11d, [fs:CANCEL]
	and r11d, ASKED | DISABLED
	cmp r11d, ASKED
	je __cancel_here
	ret
__cancel_here:
	jmp __cancel_now

; The stack may be anything that an instruction leaves it, with a red zone below.
__cancel_anywhere:
	sub rsp, 128
	and rsp, -16
	call __cancel_now
	ud2

__cancel_call:
	mov r10, rcx
	mov rax, [rsp + 8]
	jmp call_or_cancel

; The stubs of abi/syscalls.def jump here: a C function's result.
__cancel_stub:
	sub rsp, 8
	call call_or_cancel
	add rsp, 8
	cmp rax, -4095
	jae .failed
	ret
.failed:
	mov rdi, rax
	jmp __syscall_error

section .note.GNU-stack noalloc noexec nowrite progbits
