; vfork(2). The child returns first, on the parent's stack, and overwrites the return address there;
; so that address waits in rdx, which the kernel gives back to both as it was.
bits 64
default rel
global __vfork:function
global vfork:function weak
extern __syscall_error

section .text
__vfork:
vfork:
	pop rdx
	mov eax, 58
	syscall
	push rdx
	cmp rax, -4095
	jae .failed
	ret
.failed:
	mov rdi, rax
	jmp __syscall_error

section .note.GNU-stack noalloc noexec nowrite progbits
