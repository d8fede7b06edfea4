; Copies between the kernel and user memory (x86/usercopy.h). A fault in the quick ways of copying
; goes on byte by byte, up to the byte that cannot be reached, so the count that is returned is
; exact.

global usercopy, usercopy_clear, usercopy_string, usercopy_compare_exchange

; The next instruction may fault; it then goes on at the label.
%macro may_fault 1
%%here:
	section .fixups progbits alloc noexec nowrite align=8
	dq %%here, %1
	section .text
%endmacro

; STAC and CLAC where the CPU has SMAP (x86/cpu.c). Bit 0 of the address in the list says that it is
; to be CLAC, so the place is even.
%macro smap_patch 1
	align 2, nop
%%here:
	db 0x0f, 0x1f, 0x00
	section .smap_patches progbits alloc noexec nowrite align=8
	dq %%here + %1
	section .text
%endmacro
%define smap_open smap_patch 0
%define smap_close smap_patch 1

section .text
bits 64
default rel

; size_t usercopy(void *to, const void *from, size_t size)
align 16
usercopy:
	smap_open
	cmp rdx, 16
	ja .bulk
	cmp edx, 8
	jae .two_quads
	cmp edx, 4
	jae .two_longs
	mov ecx, edx
	jmp .bytes_left

.two_quads:				; 8 to 16: the first and the last 8, which may overlap
	may_fault .bytes
	mov rax, [rsi]
	may_fault .bytes
	mov rcx, [rsi + rdx - 8]
	may_fault .bytes
	mov [rdi], rax
	may_fault .bytes
	mov [rdi + rdx - 8], rcx
	jmp .done

.two_longs:				; 4 to 7
	may_fault .bytes
	mov eax, [rsi]
	may_fault .bytes
	mov ecx, [rsi + rdx - 4]
	may_fault .bytes
	mov [rdi], eax
	may_fault .bytes
	mov [rdi + rdx - 4], ecx
	jmp .done

.bulk:
	mov rcx, rdx
	and edx, 7
	shr rcx, 3
	may_fault .quads_left
	rep movsq
	test edx, edx
	jz .done
	may_fault .bytes		; the last 8, of which some have been copied
	mov rax, [rsi + rdx - 8]
	may_fault .bytes
	mov [rdi + rdx - 8], rax
.done:
	xor eax, eax
	smap_close
	ret

.quads_left:				; rcx quads and rdx bytes
	lea rcx, [rcx * 8 + rdx]
	jmp .bytes_left
.bytes:
	mov rcx, rdx
.bytes_left:				; rcx bytes
	test rcx, rcx
	jz .end
.byte:
	may_fault .end
	mov al, [rsi]
	may_fault .end
	mov [rdi], al
	inc rsi
	inc rdi
	dec rcx
	jnz .byte
.end:
	mov rax, rcx
	smap_close
	ret

; size_t usercopy_clear(void *to, size_t size)
align 16
usercopy_clear:
	smap_open
	xor eax, eax
	cmp rsi, 32
	jb .bytes
.quads:
	may_fault .bytes
	mov [rdi], rax
	may_fault .bytes
	mov [rdi + 8], rax
	may_fault .bytes
	mov [rdi + 16], rax
	may_fault .bytes
	mov [rdi + 24], rax
	add rdi, 32
	sub rsi, 32
	cmp rsi, 32
	jae .quads
.bytes:					; rsi bytes from rdi on
	test rsi, rsi
	jz .end
.byte:
	may_fault .end
	mov [rdi], al
	inc rdi
	dec rsi
	jnz .byte
.end:
	mov rax, rsi
	smap_close
	ret

; long usercopy_string(char *to, const char *from, size_t size)
;
; Eight bytes at a time as long as they lie in one page, so that nothing is touched that a byte
; before the NUL is not near; the eight that hold a zero byte, or lie across two pages, go byte by
; byte. A byte of x is zero if (x - 0x01..) & ~x has its bit 7 set and no byte below it is zero.
align 16
usercopy_string:
	smap_open
	mov r8, rdi
	mov r9, 0x0101010101010101
	mov r10, 0x8080808080808080
.quads:
	cmp rdx, 8
	jb .bytes
	mov ecx, esi
	and ecx, 4095
	cmp ecx, 4096 - 8
	ja .bytes
	may_fault .fault
	mov rax, [rsi]
	mov rcx, rax
	mov r11, rax
	sub rcx, r9
	not r11
	and rcx, r11
	test rcx, r10
	jnz .bytes
	mov [rdi], rax
	add rsi, 8
	add rdi, 8
	sub rdx, 8
	jmp .quads

.bytes:
	mov ecx, 8			; then it may be quads again
.byte:
	test rdx, rdx
	jz .end
	may_fault .fault
	mov al, [rsi]
	mov [rdi], al
	test al, al
	jz .end
	inc rsi
	inc rdi
	dec rdx
	dec ecx
	jnz .byte
	jmp .quads
.end:					; at the NUL, or behind the last byte
	mov rax, rdi
	sub rax, r8
	smap_close
	ret
.fault:
	mov rax, -1
	smap_close
	ret

; int usercopy_compare_exchange(u32 *user, u32 *expected, u32 desired)
align 16
usercopy_compare_exchange:
	smap_open
	mov eax, [rsi]
	may_fault .fault
	lock cmpxchg [rdi], edx
	mov [rsi], eax
	sete al
	movzx eax, al
	smap_close
	ret
.fault:
	mov eax, -1
	smap_close
	ret

section .note.GNU-stack noalloc noexec nowrite progbits
