/* setenv(3), putenv(3), unsetenv(3), clearenv(3).
 *
 * The array that the kernel made has no room to grow, so the first addition copies it. Entries made
 * by setenv are remembered, so that their memory can be used again when they are replaced; those of
 * putenv belong to the program. */
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "alias.h"
#include "lock.h"
#include "names.h"

/* Those that change the environment; who reads it at the same time (getenv, environ, exec) may see
 * what is not there any more, as POSIX has it. */
int __environ_lock;

static char **own_array;	/* what __environ points to once it had to grow */
static size_t own_array_size;

static char **own_entries;
static size_t own_entry_count;

static size_t entry_count(void)
{
	size_t count = 0;

	while (__environ && __environ[count])
		count++;
	return count;
}

/* The place of the entry with that name (of the given length), or NULL. */
static char **find(const char *name, size_t length)
{
	for (char **entry = __environ; entry && *entry; entry++)
		if (strncmp(*entry, name, length) == 0 && (*entry)[length] == '=')
			return entry;
	return NULL;
}

/* Frees an entry that no longer stands in the environment, if setenv made it. */
static void forget(char *entry)
{
	for (size_t i = 0; i < own_entry_count; i++) {
		if (own_entries[i] == entry) {
			own_entries[i] = own_entries[--own_entry_count];
			free(entry);
			return;
		}
	}
}

static bool remember(char *entry)
{
	char **larger = own_entries;

	/* Room is there for a power of two of entries; when they are as many, it doubles. */
	if ((own_entry_count & (own_entry_count - 1)) == 0)
		larger = realloc(
			own_entries, (own_entry_count ? 2 * own_entry_count : 1) * sizeof(*larger));
	if (!larger)
		return false;
	own_entries = larger;
	own_entries[own_entry_count++] = entry;
	return true;
}

static bool append(char *entry)
{
	size_t count = entry_count();

	if (__environ != own_array || count + 2 > own_array_size) {
		size_t size = 2 * count + 8;
		char **larger = malloc(size * sizeof(*larger));

		if (!larger)
			return false;
		if (count > 0)
			memcpy(larger, __environ, count * sizeof(*larger));
		free(own_array);
		__environ = own_array = larger;
		own_array_size = size;
	}
	__environ[count] = entry;
	__environ[count + 1] = NULL;
	return true;
}

/* Puts an entry in, in the place of the one with the same name if there is one. */
static bool install(char *entry, size_t name_length)
{
	char **place = find(entry, name_length);
	char *old;

	if (!place)
		return append(entry);
	old = *place;
	*place = entry;
	if (old != entry)
		forget(old);
	return true;
}

static bool is_name(const char *name)
{
	if (name && *name && !strchr(name, '='))
		return true;
	errno = EINVAL;
	return false;
}

static void remove_all(const char *name)
{
	size_t length = strlen(name);
	char **entry;

	lock(&__environ_lock);
	while ((entry = find(name, length))) {
		char *old = *entry;

		for (; *entry; entry++)
			entry[0] = entry[1];
		forget(old);
	}
	unlock(&__environ_lock);
}

int __unsetenv(const char *name)
{
	if (!is_name(name))
		return -1;
	remove_all(name);
	return 0;
}

weak_alias(__unsetenv, unsetenv);

static bool is_set(const char *name, size_t length)
{
	char **place;

	lock(&__environ_lock);
	place = find(name, length);
	unlock(&__environ_lock);
	return place != NULL;
}

/* One made by setenv, which is freed if it cannot stand there. */
static bool add(char *entry, size_t name_length)
{
	if (!remember(entry)) {
		free(entry);
		return false;
	}
	if (!install(entry, name_length)) {
		forget(entry);
		return false;
	}
	return true;
}

int __setenv(const char *name, const char *value, int overwrite)
{
	size_t name_length, value_size;
	char *entry;
	bool added;

	if (!is_name(name))
		return -1;
	name_length = strlen(name);
	if (!overwrite && is_set(name, name_length))
		return 0;
	value_size = strlen(value) + 1;
	entry = malloc(name_length + 1 + value_size);
	if (!entry)
		return -1;
	memcpy(entry, name, name_length);
	entry[name_length] = '=';
	memcpy(entry + name_length + 1, value, value_size);
	lock(&__environ_lock);
	added = add(entry, name_length);
	unlock(&__environ_lock);
	return added ? 0 : -1;
}

weak_alias(__setenv, setenv);

int __putenv(char *entry)
{
	const char *end = strchr(entry, '=');
	bool installed;

	if (!end)
		return __unsetenv(entry);
	if (end == entry) {
		errno = EINVAL;
		return -1;
	}
	lock(&__environ_lock);
	installed = install(entry, end - entry);
	unlock(&__environ_lock);
	return installed ? 0 : -1;
}

weak_alias(__putenv, putenv);

int __clearenv(void)
{
	static char *nothing[1];

	lock(&__environ_lock);
	for (char **entry = __environ; entry && *entry; entry++)
		forget(*entry);
	__environ = nothing;
	unlock(&__environ_lock);
	return 0;
}

weak_alias(__clearenv, clearenv);
