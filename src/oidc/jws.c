#include "oidc/inner/jws.h"
#include <cjose/cjose.h>
#include <stdlib.h>

static cjose_jws_t *of(struct jws *j)
{
        return (cjose_jws_t *)(void *)j;
}

struct jws *jws_open(struct str compact, struct jws_header *ret)
{
        cjose_jws_t *jws = cjose_jws_import(compact.p, compact.n, NULL);
        if (!jws)
                return NULL;
        cjose_header_t *h = cjose_jws_get_protected(jws);
        char *critical = cjose_header_get_raw(h, "crit", NULL);
        *ret = (struct jws_header){ cjose_header_get(h, CJOSE_HDR_ALG, NULL), cjose_header_get(h, CJOSE_HDR_KID, NULL), critical != NULL };
        cjose_get_dealloc()(critical);
        return (struct jws *)(void *)jws;
}

bool jws_verify(struct jws *j, struct str jwk)
{
        cjose_jwk_t *key = cjose_jwk_import(jwk.p, jwk.n, NULL);
        bool well = key && cjose_jws_verify(of(j), key, NULL);
        if (key)
                cjose_jwk_release(key);
        return well;
}

bool jws_content(struct jws *j, struct str *ret)
{
        uint8_t *p;
        size_t n;
        if (!cjose_jws_get_plaintext(of(j), &p, &n, NULL))
                return false;
        *ret = (struct str){ (const char *)p, n };
        return true;
}

void jws_close(struct jws **j)
{
        if (*j)
                cjose_jws_release(of(*j));
        *j = NULL;
}
