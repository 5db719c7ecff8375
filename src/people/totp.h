/* people/totp.h — the second factor: six digits that change every 30 seconds (RFC 6238, HMAC-SHA-1, by liboath). */
#pragma once
#include "base/ctx.h"

#define TOTP_SECRET_BYTES 20
#define TOTP_STEP_SECONDS 30

struct totp_secret { unsigned char byte[TOTP_SECRET_BYTES]; };

void totp_make(struct chance *, struct totp_secret *ret);
/* "otpauth://totp/…" for the QR code, and the same secret in base32 to type in. */
const char *totp_uri(struct arena *, const struct totp_secret *, struct str login);
const char *totp_text(struct arena *, const struct totp_secret *);
/* base32 as totp_text gives it (blanks and case do not matter). OK or ERR_TYPE. */
int totp_read(struct str base32, struct totp_secret *ret);

/* Does @code fit @now, one step to either side? Each code counts once: steps at or before @last do not.
 * OK (*ret_step is to be kept as last) or ERR_AUTH. */
int totp_check(const struct totp_secret *, struct str code, struct instant now, int64_t last, int64_t *ret_step);
