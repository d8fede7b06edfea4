; The entry point of every program. The kernel enters with rsp at argc, followed by argv, the
; environment and the auxiliary vector; all other registers mean nothing. A zero rbp ends the chain
; of stack frames for debuggers.
bits 64
default rel
global _start:function
extern __libc_start

section .text
_start:
	xor ebp, ebp
	mov rdi, rsp
	and rsp, -16
	call __libc_start
	ud2

section .note.GNU-stack noalloc noexec nowrite progbits
