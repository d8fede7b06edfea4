; sigsetjmp(3), siglongjmp(3): setjmp, and the signal mask if it is asked for. Words 8 and 9 of the
; buffer say whether the mask was saved, and what it was.
bits 64
default rel
global sigsetjmp:function
global __sigsetjmp:function
global siglongjmp:function
extern setjmp
extern longjmp

SAVED		equ 64
MASK		equ 72

RT_SIGPROCMASK	equ 14
SIG_SETMASK	equ 2
SET_SIZE	equ 8

section .text
sigsetjmp:
__sigsetjmp:
	movsxd rsi, esi
	mov [rdi + SAVED], rsi
	test rsi, rsi
	jz setjmp
	mov r8, rdi		; a system call leaves it alone
	lea rdx, [rdi + MASK]
	xor esi, esi
	mov edi, SIG_SETMASK
	mov r10d, SET_SIZE
	mov eax, RT_SIGPROCMASK
	syscall
	mov rdi, r8
	jmp setjmp

siglongjmp:
	cmp qword [rdi + SAVED], 0
	je .jump
	push rdi
	push rsi
	lea rsi, [rdi + MASK]
	xor edx, edx
	mov edi, SIG_SETMASK
	mov r10d, SET_SIZE
	mov eax, RT_SIGPROCMASK
	syscall
	pop rsi
	pop rdi
.jump:
	jmp longjmp

section .note.GNU-stack noalloc noexec nowrite progbits
