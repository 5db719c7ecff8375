/* api/openapi.h — the route table, told three ways: OpenAPI 3.1 for programs, /docs and docs/api.md for people. */
#pragma once
#include "api/request.h"
#include "api/router.h"
#include "base/buf.h"

/* The document as one JSON object. */
void openapi_write(const struct router *, struct buf *out);
/* A page without scripts. */
void docs_write(const struct router *, enum lang, struct buf *out);
/* docs/api.md, English with the Chinese sentence beside it. `linli help --api` prints it. */
void route_markdown(const struct router *, struct buf *out);

/* GET /api/openapi.json, GET /docs: app puts them with the rest. */
