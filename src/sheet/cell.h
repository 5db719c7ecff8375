/* sheet/cell.h — what did a person mean by what stands in a cell?
 *
 * Pure. Real ledgers hold full-width digits (１２３), ideographic and non-breaking blanks, invisible characters, days in ten
 * ways of writing, and telephone numbers that a spreadsheet has turned into 1.38E+10. Each function takes a cell and says
 * what was meant or refuses; none guesses. A refusal is a code; the caller has the words.
 */
#pragma once
#include "base/day.h"
#include "sheet/sheet.h"

/* What may be wrong with a cell. CELL_FINE is 0. */
enum cell_fault {
        CELL_FINE,
        CELL_IS_ERROR,      /* #REF!, or a serial number of a day that does not exist (29 February 1900) */
        CELL_LOST_DIGITS,   /* 1.38E+10, or a number of more than 15 digits: what was cut cannot come back */
        CELL_NOT_NUMBER,
        CELL_NOT_DAY,
        CELL_DAY_UNCLEAR,   /* 03/04/2026: needs the order of day and month to be said */
        CELL_NOT_PHONE,
};

/* Order of the parts of a day where it is not plain. */
enum day_order { DAY_YMD, DAY_MDY, DAY_DMY };

/* Digits and letters of full width to ASCII, every kind of blank to one space, invisible characters and controls away, no blanks at the
 * ends; line breaks become blanks. Chinese punctuation stays. */
struct str cell_line(struct arena *, struct str);
/* The same for a code or a number: all of U+FF01-FF5E to ASCII, and no blank at all. */
struct str cell_code(struct arena *, struct str);
/* Longer text: only invisible characters and controls away, line breaks stay. */
struct str cell_words(struct arena *, struct str);
/* For comparing heads and names: cell_code, full-width brackets and the usual marks (*, :, ：) away too, ASCII letters small. */
struct str cell_key(struct arena *, struct str);

enum cell_fault cell_int(struct arena *, const struct cell *, int64_t *ret);
enum cell_fault cell_number(struct arena *, const struct cell *, double *ret);
/* A code that must not have lost digits: letters, digits and marks as cell_code gives them; "1.1E+11" is refused. */
enum cell_fault cell_code_text(struct arena *, const struct cell *, struct str *ret);
/* 2026-03-05 · 2026/3/5 · 2026.3.5 · 2026年3月5日 · 20260305 · a date cell · a serial number of the 1900 system between 1982 and 2119
 * (what is left of a date when its format was lost). A time behind it is ignored. 5/3/2026 needs @order. */
enum cell_fault cell_day(struct arena *, const struct cell *, enum day_order, struct day *ret);
/* The same with the time of day: 14:30, 14:30:05, 14时30分, 下午2:30. *ret_has_time is false when there is none; then the
 * instant is that day's 00:00. */
enum cell_fault cell_instant(struct arena *, const struct cell *, enum day_order, struct instant *ret, bool *ret_has_time);
/* As phone_read has it, of what the cell did not lose. */
enum cell_fault cell_phone(struct arena *, const struct cell *, struct str *ret);

/* Does the text hold a citizen's number (公民身份号码, GB 11643-1999: 17 digits with a birthday, and the right check character)? The
 * older form of 15 digits, not valid since 2013, is not looked for: the codes of grids have 15 digits too. */
bool text_has_citizen_number(struct str);
