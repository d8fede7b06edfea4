/* The ELF64 structures that execve reads (elf(5), ELF gABI). */
#ifndef ABI_ELF_H
#define ABI_ELF_H

#include <abi/types.h>

struct abi_elf_header {
	abi_u8 e_ident[16];
	abi_u16 e_type;
	abi_u16 e_machine;
	abi_u32 e_version;
	abi_u64 e_entry;
	abi_u64 e_phoff;
	abi_u64 e_shoff;
	abi_u32 e_flags;
	abi_u16 e_ehsize;
	abi_u16 e_phentsize;
	abi_u16 e_phnum;
	abi_u16 e_shentsize;
	abi_u16 e_shnum;
	abi_u16 e_shstrndx;
};
ABI_LAYOUT(abi_elf_header, e_shstrndx, 62, 64);

struct abi_elf_segment {
	abi_u32 p_type;
	abi_u32 p_flags;
	abi_u64 p_offset;
	abi_u64 p_vaddr;
	abi_u64 p_paddr;
	abi_u64 p_filesz;
	abi_u64 p_memsz;
	abi_u64 p_align;
};
ABI_LAYOUT(abi_elf_segment, p_align, 48, 56);

#define ABI_ELF_CLASS64		2	/* e_ident[4] */
#define ABI_ELF_DATA_LSB	1	/* e_ident[5] */
#define ABI_ELF_VERSION		1	/* e_ident[6] and e_version */
#define ABI_ELF_ET_EXEC		2
#define ABI_ELF_ET_DYN		3
#define ABI_ELF_EM_X86_64	62
#define ABI_ELF_PT_LOAD		1
#define ABI_ELF_PT_DYNAMIC	2
#define ABI_ELF_PT_INTERP	3
#define ABI_ELF_PT_PHDR		6
#define ABI_ELF_PT_TLS		7
#define ABI_ELF_PT_GNU_STACK	0x6474e551
#define ABI_ELF_PF_X		1
#define ABI_ELF_PF_W		2
#define ABI_ELF_PF_R		4

#endif
