/* sheet/inner/xml.h — the parts of an XLSX file as a stream of elements, by expat, without document types. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "base/err.h"
#include "base/str.h"

#define XML_DEPTH_MAX 64

/* @name and the names of attributes are local: prefixes and namespaces are cut. A handler that fails sets ->rc. */
struct xml {
        void (*start)(struct xml *, const char *name, const char **attributes);
        void (*end)(struct xml *, const char *name);
        void (*text)(struct xml *, const char *p, int n);
        void *user;
        struct err *err;
        int rc;
        int depth;
        void *parser;
};

/* OK, or ERR_BAD (does not read, has a document type, too deep), or what a handler set. */
int xml_begin(struct xml *);
int xml_feed(struct xml *, const char *p, size_t n, bool last);
void xml_end(struct xml *);
/* The value of an attribute, or NULL. */
const char *xml_attribute(const char **attributes, const char *name);
