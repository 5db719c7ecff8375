/* insight/tokens.h — which words of a text does the search index keep, and which does a question ask for?
 *
 * Chinese is written without blanks, so every pair of neighbouring characters is a token: 小区漏水 gives 小区 区漏
 * 漏水. The last character of a run is a token of its own too, so that a question of one character finds every place
 * where it stands (it begins a pair, or is the last). Letters and digits between blanks or punctuation are one word;
 * capital and full-width letters are folded. Order and distance are not kept: a matter is found when it holds all
 * tokens.
 *
 * A word with seven digits or more, or several joined by blanks or dashes with ten or more, is left out on both sides:
 * telephone, identity card and bank card numbers that people write into their reports must not become keys by which
 * a person can be looked up (个人信息保护法 第六条: limited to the purpose).
 *
 * A token is plain ASCII, so that both engines take it as it stands: the town's number, then "x" and the word (ASCII),
 * "y" and its code points in hex (other letters), or "z" and one or two code points (characters). Equal text gives
 * equal tokens; when these rules change, the index must be built anew. Pure: no database, no state.
 */
#pragma once
#include <stdint.h>
#include "base/buf.h"

#define TOKENS_BYTES_MAX (1u << 20) /* ceiling for the tokens of one text of 10,000 characters */
#define TOKENS_QUERY_MAX 32         /* tokens of a question; more ask for nothing new */

/* The tokens of @text (valid UTF-8), once for every place where they stand, separated by blanks, into the empty @out.
 * Returns how many. */
size_t tokens_of(int64_t town, struct str text, struct buf *out);
/* What must be found for @text (valid UTF-8), each token once, into the empty @out: a character that stands alone
 * becomes a beginning, marked by a final "*". At most TOKENS_QUERY_MAX. Returns how many; 0 when there is nothing to
 * look for. */
size_t tokens_query(int64_t town, struct str text, struct buf *out);
