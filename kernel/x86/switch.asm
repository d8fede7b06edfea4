; The switch between kernel stacks (x86/switch.h). What a stack that does not run holds, from its
; saved pointer up: r15 r14 r13 r12 rbp rbx, and the address where it goes on.

global switch_stack, switch_start

PERCPU_SWITCHES	equ 136 + 2 * 528 * 8	; x86/percpu.h

section .text
bits 64
default rel

; void switch_stack(u64 *save, u64 to)
switch_stack:
	inc qword [gs:PERCPU_SWITCHES]
	push rbx
	push rbp
	push r12
	push r13
	push r14
	push r15
	mov [rdi], rsp
	mov rsp, rsi
	pop r15
	pop r14
	pop r13
	pop r12
	pop rbp
	pop rbx
	ret

; Where a new stack goes on: switch_prepare puts the function into r12 and its argument into r13.
switch_start:
	mov rdi, r13
	call r12
	ud2

section .note.GNU-stack noalloc noexec nowrite progbits
