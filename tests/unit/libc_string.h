/* Gives the libc's string functions names of their own, so that they stand beside the host's:
 * included before all else by the compiler's -include, in the test and in the functions'
 * sources. */
#ifndef LIBC_STRING_H
#define LIBC_STRING_H

#define memccpy libc_memccpy
#define memchr libc_memchr
#define memcmp libc_memcmp
#define memcpy libc_memcpy
#define memmem libc_memmem
#define memmove libc_memmove
#define mempcpy libc_mempcpy
#define memrchr libc_memrchr
#define memset libc_memset
#define stpcpy libc_stpcpy
#define stpncpy libc_stpncpy
#define strcasecmp libc_strcasecmp
#define strncasecmp libc_strncasecmp
#define strcasestr libc_strcasestr
#define strcat libc_strcat
#define strchr libc_strchr
#define strchrnul libc_strchrnul
#define strcmp libc_strcmp
#define strcpy libc_strcpy
#define strcspn libc_strcspn
#define strlcat libc_strlcat
#define strlcpy libc_strlcpy
#define strlen libc_strlen
#define strncat libc_strncat
#define strncmp libc_strncmp
#define strncpy libc_strncpy
#define strnlen libc_strnlen
#define strpbrk libc_strpbrk
#define strrchr libc_strrchr
#define strsep libc_strsep
#define strspn libc_strspn
#define strstr libc_strstr
#define strtok libc_strtok
#define strtok_r libc_strtok_r

#include <stddef.h>

/* These two are not in every host's header. */
size_t strlcat(char *restrict to, const char *restrict from, size_t size);
size_t strlcpy(char *restrict to, const char *restrict from, size_t size);

#endif
