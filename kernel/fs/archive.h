/* Boot archives: the modules that the loader has put into memory become files of the root file
 * system. */
#ifndef FS_ARCHIVE_H
#define FS_ARCHIVE_H

#include "fs/context.h"
#include "x86/boot_info.h"

/* Lays module number `number` over what is there: directories merge, other names are replaced. Owns
 * the module's frames from then on: they are pages of files or free. A damaged archive is a panic
 * that names the module and the offset. */
void archive_unpack(struct fs_context *context, const struct boot_range *module, u32 number);

#endif
