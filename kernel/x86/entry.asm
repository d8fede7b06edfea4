; The ways into the kernel and out of it. Every entry ends up with a struct trap_frame (x86/trap.h)
; at rsp.
;
; GS: user code runs with its own GS base, the kernel with this CPU's per-CPU block; swapgs changes
; between the two. An entry from user mode swaps first, an exit to it last, and nothing between an
; exit's swapgs and its last instruction can fault: frames are checked before
; (trap_check_user_frame). NMI, double fault and machine check can interrupt even there, so their
; entries look at the base itself.
;
; System calls: the fast path stores only the registers that C may change; the others are still the
; caller's when the function returns. A call marked "full" is reached through a function of this
; file in the table, which completes the frame and leaves by the slow path.

USER_SS		equ 0x2b		; x86/cpu.h
USER_CS		equ 0x33
KERNEL_CS	equ 0x10

TRAP_SYSCALL	equ 0x100		; x86/trap.h
TRAP_WORK_STAYS	equ 1 << 31
SYSCALL_TABLE_SIZE equ 512
ENOSYS		equ 38

PERCPU_USER_RSP	equ 8			; x86/percpu.h
PERCPU_KERNEL_RSP equ 16
PERCPU_WORK	equ 32
PERCPU_CALLS	equ 136
PERCPU_CALL_ERRORS equ PERCPU_CALLS + 528 * 8

MSR_GS_BASE	equ 0xc0000101

struc frame				; struct trap_frame
	.r15:		resq 1
	.r14:		resq 1
	.r13:		resq 1
	.r12:		resq 1
	.rbp:		resq 1
	.rbx:		resq 1
	.r11:		resq 1
	.rcx:		resq 1
	.rax:		resq 1
	.r10:		resq 1
	.r9:		resq 1
	.r8:		resq 1
	.rdx:		resq 1
	.rsi:		resq 1
	.rdi:		resq 1
	.vector:	resq 1
	.error:		resq 1
	.rip:		resq 1
	.cs:		resq 1
	.rflags:	resq 1
	.rsp:		resq 1
	.ss:		resq 1
endstruc

extern trap_dispatch, trap_return_work, trap_check_user_frame
extern syscall_table, syscall_full_table, syscall_other
global trap_stubs, trap_enter_user
global syscall_entry, syscall_hole, syscall_full
global trap_probe, trap_probe_access, trap_probe_failed

section .text
bits 64
default rel

; CLAC where the CPU has SMAP (x86/cpu.c): a program may have set AC, and so may the copy that was
; interrupted. Bit 0 of the address in the list says that it is to be CLAC, so the place is even.
%macro smap_close 0
	align 2, nop
%%here:
	db 0x0f, 0x1f, 0x00
	section .smap_patches progbits alloc noexec nowrite align=8
	dq %%here + 1
	section .text
%endmacro

%macro push_registers 0
	push rdi
	push rsi
	push rdx
	push r8
	push r9
	push r10
	push rax
	push rcx
	push r11
	push rbx
	push rbp
	push r12
	push r13
	push r14
	push r15
%endmacro

; All but rsp, which is left at the frame.
%macro load_registers 0
	mov r15, [rsp + frame.r15]
	mov r14, [rsp + frame.r14]
	mov r13, [rsp + frame.r13]
	mov r12, [rsp + frame.r12]
	mov rbp, [rsp + frame.rbp]
	mov rbx, [rsp + frame.rbx]
	mov r11, [rsp + frame.r11]
	mov r10, [rsp + frame.r10]
	mov r9, [rsp + frame.r9]
	mov r8, [rsp + frame.r8]
	mov rax, [rsp + frame.rax]
	mov rcx, [rsp + frame.rcx]
	mov rdx, [rsp + frame.rdx]
	mov rsi, [rsp + frame.rsi]
	mov rdi, [rsp + frame.rdi]
%endmacro

; One stub per vector, 16 bytes apart: x86/trap.c fills the IDT with them. Those exceptions that
; push no error code get 0.
	align 16
trap_stubs:
%assign vector 0
%rep 256
	align 16
%if vector == 8 || (vector >= 10 && vector <= 14) || vector == 17 || vector == 21
%elif vector == 29 || vector == 30
%else
	push 0
%endif
	push vector
%if vector == 2 || vector == 8 || vector == 18
	jmp trap_enter_any
%else
	jmp trap_enter
%endif
%assign vector vector + 1
%endrep

	align 16
trap_enter:
	push_registers
	cld
	smap_close
	test byte [rsp + frame.cs], 3
	jz .from_kernel
	swapgs
	xor ebp, ebp			; backtraces end here
	mov rdi, rsp
	call trap_dispatch
	cli
	jmp exit_to_user
.from_kernel:
	mov rdi, rsp
	call trap_dispatch
	load_registers
	add rsp, frame.rip
	iretq

; For what may come anywhere, also where GS and the stack are neither the user's nor the kernel's.
; The kernel's GS base is the negative one. Runs on a stack of its own, so it does no return work
; and never becomes another thread.
trap_enter_any:
	push_registers
	cld
	smap_close
	mov ecx, MSR_GS_BASE
	rdmsr
	xor ebx, ebx
	test edx, edx
	js .dispatch
	swapgs
	inc ebx
.dispatch:
	mov rdi, rsp
	call trap_dispatch
	test ebx, ebx
	jz .leave
	swapgs
.leave:
	load_registers
	add rsp, frame.rip
	iretq

; SYSCALL: rcx is the return address, r11 the flags; interrupts are off and AC, DF, NT and TF clear
; (x86/cpu.c).
	align 16
syscall_entry:
	swapgs
	mov [gs:PERCPU_USER_RSP], rsp
	mov rsp, [gs:PERCPU_KERNEL_RSP]
	push USER_SS
	push qword [gs:PERCPU_USER_RSP]
	push r11
	push USER_CS
	push rcx
	push rax
	push TRAP_SYSCALL
	push rdi
	push rsi
	push rdx
	push r8
	push r9
	push r10
	sub rsp, frame.r10		; rax, rcx, r11 and what C preserves
	sti
	mov eax, eax			; a call's number has 32 bits, as on Linux
	cmp eax, SYSCALL_TABLE_SIZE
	jae syscall_beyond
	inc qword [gs:PERCPU_CALLS + rax * 8]
	mov rcx, r10
	call [syscall_table + rax * 8]
	test rax, rax
	js syscall_error
syscall_leave:
	cli
	mov rdx, [gs:PERCPU_WORK]
	cmp dword [rdx], 0
	jne syscall_work
	mov r10, [rsp + frame.r10]
	mov r9, [rsp + frame.r9]
	mov r8, [rsp + frame.r8]
	mov rdx, [rsp + frame.rdx]
	mov rsi, [rsp + frame.rsi]
	mov rdi, [rsp + frame.rdi]
	mov rcx, [rsp + frame.rip]
	mov r11, [rsp + frame.rflags]
	mov rsp, [rsp + frame.rsp]
	swapgs
	o64 sysret

; The parts of the frame that the fast path does not store. rax is the call's number or already its
; result. Uses r11.
%macro complete_frame 0
	mov r11, [rsp + frame.rflags]
	mov [rsp + frame.r11], r11
	mov r11, [rsp + frame.rip]
	mov [rsp + frame.rcx], r11
	mov [rsp + frame.rax], rax
	mov [rsp + frame.rbx], rbx
	mov [rsp + frame.rbp], rbp
	mov [rsp + frame.r12], r12
	mov [rsp + frame.r13], r13
	mov [rsp + frame.r14], r14
	mov [rsp + frame.r15], r15
	xor ebp, ebp
%endmacro

; What looks negative may still be no error. The fast path's frame holds the number of the call.
syscall_error:
	mov edx, [rsp + frame.error]
	cmp rax, -4095
	jb syscall_leave
	inc qword [gs:PERCPU_CALL_ERRORS + rdx * 8]
	jmp syscall_leave

; rax: the result. Interrupts are off.
syscall_work:
	complete_frame
	jmp exit_to_user

; Numbers beyond the table, by the registered function.
syscall_beyond:
	complete_frame
	mov rdi, rax
	mov rsi, rsp
	call [syscall_other]
	jmp syscall_full_done

; What the table holds for calls marked "full". The return address, of the fast path, is dropped.
syscall_full:
	add rsp, 8
	complete_frame
	mov rbx, rax			; the frame has the caller's
	call [syscall_full_table + rax * 8]
	cmp rax, -4095
	jb syscall_full_done
	inc qword [gs:PERCPU_CALL_ERRORS + rbx * 8]
syscall_full_done:
	mov [rsp + frame.rax], rax
	mov rdi, rsp
	call trap_check_user_frame
	cli

; rsp: a complete frame of user mode. Interrupts are off. SYSRET is for frames that it can restore:
; it takes rip and the flags from rcx and r11.
exit_to_user:
	mov rax, [gs:PERCPU_WORK]
	cmp dword [rax], 0
	jne .work
.leave:
	cmp qword [rsp + frame.vector], TRAP_SYSCALL
	jne .iret
	mov rax, [rsp + frame.rip]
	cmp rax, [rsp + frame.rcx]
	jne .iret
	mov rax, [rsp + frame.rflags]
	cmp rax, [rsp + frame.r11]
	jne .iret
	load_registers
	mov rsp, [rsp + frame.rsp]
	swapgs
	o64 sysret
.iret:
	load_registers
	add rsp, frame.rip
	swapgs
	iretq
.work:
	xor ebx, ebx			; the first time
.again:
	sti
	mov rdi, rsp
	mov esi, ebx
	call trap_return_work
	cli
	mov ebx, 1
	mov rax, [gs:PERCPU_WORK]
	test dword [rax], ~TRAP_WORK_STAYS & 0xffffffff
	jnz .again
	jmp .leave

; What the table holds for numbers that no call has.
syscall_hole:
	mov rax, -ENOSYS
	ret

; void trap_enter_user(struct trap_frame *frame)
trap_enter_user:
	sti
	mov rsp, rdi
	xor ebp, ebp
	call trap_check_user_frame
	cli
	jmp exit_to_user

; bool trap_probe(u64 address, u64 *value): a fault at trap_probe_access goes on at
; trap_probe_failed.
trap_probe:
trap_probe_access:
	mov rax, [rdi]
	mov [rsi], rax
	mov eax, 1
	ret
trap_probe_failed:
	xor eax, eax
	ret

section .note.GNU-stack noalloc noexec nowrite progbits
