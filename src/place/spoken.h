/* place/spoken.h — the words in which people say a place, brought into one form.
 *
 * "三号灯杆", "３号灯杆" and "3号灯杆" are one lamp-post; "二幢", "2栋" and "2号楼" one building. Both the names of a town and what was
 * said go through here, so it need not be right about language, only the same on both sides. Pure: no table of the town, no store.
 *
 * Order of the elements of an address, and 号, 弄, 栋/幢/座, 单元 as its words: GB/T 23705-2009 (rulebook 1.5), 地名管理条例 (2022)
 * 第九至十一条. Traditional characters and pinyin are left as they are.
 */
#pragma once
#include "base/arena.h"
#include "base/str.h"

#define SPOKEN_MAX 200 /* characters of a place as said: the door refuses more, a finder looks at no more */

/* The form: full-width letters and digits as ASCII, small letters; Chinese numerals as digits where they are a number (十字 stays);
 * no leading zeros; 號 as 号, 幢, 座 and 号楼 as 栋 behind a number or letter, # as 号; 村委会 as 村, 居委会 as 社区; blanks and hyphens
 * gone except between two letters or two digits; every sign that parts one piece from the next as one '|'. @text is valid UTF-8.
 * The form of a form is itself. */
struct str spoken_form(struct arena *, struct str text);

/* Does it name or point at a person, so that it must not be learned as the name of a place? A household (老张家, 王建国家门口), a
 * form of address (大爷, 师傅, 书记), 户主, or seven digits and more in a row. 张家村 and 王家湾 are places. Asks too much rather than
 * too little: nothing is lost but a short cut. */
bool spoken_names_person(struct arena *, struct str text);

enum spoken_side { SIDE_NONE, SIDE_N, SIDE_NE, SIDE_E, SIDE_SE, SIDE_S, SIDE_SW, SIDE_W, SIDE_NW, SIDES };
extern const char *const spoken_side_names[]; /* "n", "ne" … for the API, ended by NULL; index + 1 is the side */
struct str spoken_side_zh(enum spoken_side);  /* "北", … */

/* What stands in a form beside the names: direction and distance from a landmark. */
struct spoken_offset {
        enum spoken_side side;
        int32_t metres; /* 0 = not said */
        int32_t crossings; /* "第二个路口": how far that is, nobody knows here */
        bool opposite;  /* 对面 */
};
/* Read the one that stands at the beginning of @rest, part of a form: "往东200米", "东侧", "对面". Bytes taken, 0 = none. */
size_t spoken_offset_at(struct str rest, struct spoken_offset *ret);
/* Bytes of a word that only says "at", "near", "beside" (旁边, 附近, 门口, next to …), of punctuation, or of a villagers' group
 * (七组, 7里组) or house number behind a name (12号, 3单元, 501室); 0 = something else begins here. */
size_t spoken_filler_at(struct str rest);
/* A piece of a form without the words of nearness at its end. */
struct str spoken_bare(struct str piece);
/* What of @said could be learned as a name: its first piece, in its form, without "near" and "in front of"; "" = nothing. */
struct str spoken_name(struct arena *, struct str said);
/* Bytes that a number takes here, with *ret its value when it has at most nine digits; 0 = none. */
size_t spoken_number_at(struct str rest, int64_t *ret);
