; long __clone(flags, stack_end, function, argument, tid, tls): clone(2) whose child calls the
; function on its own stack and exits with its result. The tid is parent's and child's.
bits 64
default rel
global __clone:function

CLONE	equ 56
EXIT	equ 60

section .text
__clone:
	and rsi, -16
	sub rsi, 16
	mov [rsi], rdx
	mov [rsi + 8], rcx
	mov rdx, r8
	mov r10, r8
	mov r8, r9
	mov eax, CLONE
	syscall
	test rax, rax
	jz .child
	ret
.child:
	xor ebp, ebp
	pop rax
	pop rdi
	call rax
	mov edi, eax
	mov eax, EXIT
	syscall
	ud2

section .note.GNU-stack noalloc noexec nowrite progbits
