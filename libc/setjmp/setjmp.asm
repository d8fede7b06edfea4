; setjmp(3), longjmp(3). A jmp_buf holds what a function must preserve for its caller, and where it
; returns to.
bits 64
default rel
global setjmp:function
global _setjmp:function
global longjmp:function
global _longjmp:function

section .text
setjmp:
_setjmp:
	mov [rdi], rbx
	mov [rdi + 8], rbp
	mov [rdi + 16], r12
	mov [rdi + 24], r13
	mov [rdi + 32], r14
	mov [rdi + 40], r15
	lea rdx, [rsp + 8]	; the stack pointer after the return
	mov [rdi + 48], rdx
	mov rdx, [rsp]
	mov [rdi + 56], rdx
	xor eax, eax
	ret

longjmp:
_longjmp:
	mov eax, esi
	test eax, eax
	jnz .value
	inc eax			; setjmp never returns 0 twice
.value:
	mov rbx, [rdi]
	mov rbp, [rdi + 8]
	mov r12, [rdi + 16]
	mov r13, [rdi + 24]
	mov r14, [rdi + 32]
	mov r15, [rdi + 40]
	mov rsp, [rdi + 48]
	jmp [rdi + 56]

section .note.GNU-stack noalloc noexec nowrite progbits
