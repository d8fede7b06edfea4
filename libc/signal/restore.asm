; Where signal handlers return to: rt_sigreturn(2) takes the registers from the stack. By its bytes
; debuggers know a signal's frame, so they stay as they are.
bits 64
default rel
global __signal_restore:function

section .text
	nop			; what looks for the call before a return address finds no other function
__signal_restore:
	mov rax, 15
	syscall

section .note.GNU-stack noalloc noexec nowrite progbits
