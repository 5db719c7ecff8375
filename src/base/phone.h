/* base/phone.h — a telephone number as people in China write it, read and brought into one form. Pure.
 *
 * Taken: a mobile number (138 0000 0001); a number with its area code (010-12345678, （0551）1234567); a number without one, 3 to 8 digits, which covers
 * what is dialled short (12345, 95588); 400 and 800 numbers; +86 or 0086 in front of those; a number elsewhere after + or 00 (+852 9123 4567); behind a
 * landline an extension (转801, -801, ext. 801). Digits and marks may be full-width; blanks, hyphens, dots between groups and brackets are read over.
 *
 * Refused is what cannot be dialled: letters, several numbers in one, a mobile number a digit short or long, more than 15 digits (ITU-T E.164, section 6).
 * Whether a number is in service nobody can tell from it, and which areas exist changes: neither is asked.
 */
#pragma once
#include "base/arena.h"
#include "base/str.h"

#define PHONE_DIGITS_MAX 15    /* ITU-T E.164 (11/2010), 6.1: without the prefix for calls abroad */
#define PHONE_EXTENSION_MAX 6

/* 13800000001, 010-12345678, 010-12345678转801, +85291234567, +85221234567x5: a hyphen behind the area code, and none before the extension, since it would not tell
 * whether it is one. What came out is read as itself.
 * OK or ERR_TYPE; nothing is written to an error. */
int phone_read(struct arena *, struct str text, struct str *ret);
