/* people/credit.h — is this a unified social credit code (统一社会信用代码)?
 *
 * GB 32100-2015: 18 characters of an alphabet of 31 (digits and letters without I O S V Z): registering authority,
 * kind, division (6), organisation code (9, with its own check character by GB 11714), check character. A check
 * proves no typing error, not that the organisation exists.
 */
#pragma once
#include "base/str.h"

enum credit {
        CREDIT_OK,
        CREDIT_OLD,    /* 15 digits: a registration number from before 2015; kept as text */
        CREDIT_SHAPE,  /* not 18 characters of the alphabet */
        CREDIT_DIGIT,  /* the last character does not fit */
        CREDIT_ORG,    /* it fits, but the organisation code inside (characters 9-17) does not */
};

enum credit credit_check(struct str code);
