/* people/mask.h — how a name, a phone and an address look to whoever does not need to know them.
 *
 * Pure. Defaults of practice: 张*, 138****1234, an address to the residential compound (小区) (GB/T 35273-2020
 * 7.2 展示限制; 个人信息保护法 第五十一条第三项 去标识化). A mask never shows a value whole. Input that is
 * not UTF-8 gives "*".
 */
#pragma once
#include "base/str.h"

/* The first character, then a star for each other, at most three: 张三 -> 张*, 欧阳娜娜 -> 欧***, John Smith -> J***.
 * One character alone -> *. Blanks around, invisible format characters and combining marks do not count. "" -> "". */
struct str mask_name(struct arena *, struct str name);

/* Digits of phone_normal only. 11 or more: the first three and last four; fewer: at most half of them, rather the last
 * ones. What is hidden becomes stars, one a digit, at most eight. "" -> "", no digit at all -> "***". */
struct str mask_phone(struct arena *, struct str phone);

/* Up to and including 小区; else up to the first number or letter of a door, building or unit; else the first half,
 * at most 24 characters in all; then "***". "" -> "". */
struct str mask_address(struct arena *, struct str address);

/* Digits of a phone number as one writes them to compare: full-width digits folded, everything else dropped, the
 * country code 86 (+86, 0086) cut from numbers of 11 digits. "" when there is no digit. */
struct str phone_normal(struct arena *, struct str phone);

/* Is it one mailbox that a mail can go to: printable ASCII, one @, no blanks, commas, quotes or brackets? */
bool mail_valid(struct str);
