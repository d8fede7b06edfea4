/* ioctl(2): the terminal's operations (ioctl_tty(2)). */
#ifndef ABI_IOCTL_H
#define ABI_IOCTL_H

#include <abi/types.h>

struct abi_winsize {
	abi_u16 ws_row;
	abi_u16 ws_col;
	abi_u16 ws_xpixel;
	abi_u16 ws_ypixel;
};
ABI_LAYOUT(abi_winsize, ws_ypixel, 6, 8);

#define ABI_NCCS	19

struct abi_termios {
	abi_u32 c_iflag;
	abi_u32 c_oflag;
	abi_u32 c_cflag;
	abi_u32 c_lflag;
	abi_u8 c_line;
	abi_u8 c_cc[ABI_NCCS];
};
ABI_LAYOUT(abi_termios, c_cc, 17, 36);

#define ABI_TCGETS	0x5401
#define ABI_TCSETS	0x5402
#define ABI_TCSETSW	0x5403
#define ABI_TCSETSF	0x5404
#define ABI_TCSBRK	0x5409
#define ABI_TCFLSH	0x540b
#define ABI_TIOCSCTTY	0x540e
#define ABI_TIOCGPGRP	0x540f
#define ABI_TIOCSPGRP	0x5410
#define ABI_TIOCOUTQ	0x5411
#define ABI_TIOCGWINSZ	0x5413
#define ABI_TIOCSWINSZ	0x5414
#define ABI_FIONREAD	0x541b
#define ABI_TIOCNOTTY	0x5422
#define ABI_TIOCGSID	0x5429

/* TCFLSH */
#define ABI_TCIFLUSH	0
#define ABI_TCOFLUSH	1
#define ABI_TCIOFLUSH	2

/* termios(3): c_iflag, c_oflag, c_lflag and the places in c_cc */
#define ABI_INLCR	0000100
#define ABI_IGNCR	0000200
#define ABI_ICRNL	0000400
#define ABI_IUTF8	0040000
#define ABI_OPOST	0000001
#define ABI_ONLCR	0000004
#define ABI_CS8		0000060
#define ABI_CREAD	0000200
#define ABI_B115200	0010002
#define ABI_ISIG	0000001
#define ABI_ICANON	0000002
#define ABI_ECHO	0000010
#define ABI_ECHOE	0000020
#define ABI_ECHOK	0000040
#define ABI_ECHONL	0000100
#define ABI_NOFLSH	0000200
#define ABI_TOSTOP	0000400
#define ABI_ECHOCTL	0001000
#define ABI_ECHOKE	0004000
#define ABI_IEXTEN	0100000
#define ABI_VINTR	0
#define ABI_VQUIT	1
#define ABI_VERASE	2
#define ABI_VKILL	3
#define ABI_VEOF	4
#define ABI_VTIME	5
#define ABI_VMIN	6
#define ABI_VSTART	8
#define ABI_VSTOP	9
#define ABI_VSUSP	10
#define ABI_VEOL	11
#define ABI_VREPRINT	12
#define ABI_VDISCARD	13
#define ABI_VWERASE	14
#define ABI_VLNEXT	15

#endif
