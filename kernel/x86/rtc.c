/* The clock's registers are read through an index port. They change once a second, which a flag
 * announces; two equal readings in a row are sound whatever the flag says. */
#include "x86/rtc.h"

#include "lib/string.h"
#include "x86/insn.h"

#define PORT_INDEX	0x70
#define PORT_DATA	0x71
#define STATUS_A	0x0a
#define STATUS_B	0x0b
#define A_UPDATING	0x80
#define B_24_HOURS	0x02
#define B_BINARY	0x04
#define HOUR_PM		0x80
#define READINGS_MAX	1000

enum { SECOND, MINUTE, HOUR, DAY, MONTH, YEAR, FIELDS };

static const u8 field_registers[FIELDS] = { 0x00, 0x02, 0x04, 0x07, 0x08, 0x09 };

static u8 read_register(u8 index)
{
	insn_outb(PORT_INDEX, index);
	return insn_inb(PORT_DATA);
}

static void read_fields(u8 fields[FIELDS])
{
	for (u32 i = 0; i < READINGS_MAX && (read_register(STATUS_A) & A_UPDATING); i++)
		insn_pause();
	for (u32 i = 0; i < FIELDS; i++)
		fields[i] = read_register(field_registers[i]);
}

static u8 from_bcd(u8 value)
{
	return (value >> 4) * 10 + (value & 0x0f);
}

/* Plain numbers from what the mode bits say the registers hold. */
static void decode(u8 fields[FIELDS], u8 status_b)
{
	bool afternoon = !(status_b & B_24_HOURS) && (fields[HOUR] & HOUR_PM);
	if (!(status_b & B_24_HOURS))
		fields[HOUR] &= ~HOUR_PM;
	for (u32 i = 0; i < FIELDS && !(status_b & B_BINARY); i++)
		fields[i] = from_bcd(fields[i]);
	if (!(status_b & B_24_HOURS))
		fields[HOUR] = fields[HOUR] % 12 + (afternoon ? 12 : 0);
}

/* Days since 1970 of a day in 2000 to 2099. Years begin in March here, so that a leap day is the
 * last of its year. */
static u64 days_since_1970(u32 year, u32 month, u32 day)
{
	const u32 from_1970_to_march_2000 = 11017;
	u32 march_year = month > 2 ? year : year - 1;
	u32 march_month = month > 2 ? month - 3 : month + 9;
	u32 years = march_year - 1996;	/* so that January and February 2000 are not negative */
	u32 days = years * 365 + years / 4 + (153 * march_month + 2) / 5 + day - 1;
	return days + from_1970_to_march_2000 - 4 * 365 - 1;
}

u64 rtc_read(void)
{
	u8 fields[FIELDS], again[FIELDS];
	read_fields(fields);
	for (u32 i = 0; i < READINGS_MAX; i++) {
		read_fields(again);
		if (memcmp(fields, again, sizeof(fields)) == 0)
			break;
		memcpy(fields, again, sizeof(fields));
	}
	decode(fields, read_register(STATUS_B));
	u64 days = days_since_1970(2000u + fields[YEAR], fields[MONTH], fields[DAY]);
	return ((days * 24 + fields[HOUR]) * 60 + fields[MINUTE]) * 60 + fields[SECOND];
}
