#include "sheet/inner/xml.h"
#include <expat.h>
#include <string.h>

static const char *local(const char *name)
{
        const char *cut = strrchr(name, '|');
        return cut ? cut + 1 : name;
}

const char *xml_attribute(const char **attributes, const char *name)
{
        for (size_t i = 0; attributes[i]; i += 2)
                if (strcmp(local(attributes[i]), name) == 0)
                        return attributes[i + 1];
        return NULL;
}

static void stop(struct xml *x, int rc)
{
        if (x->rc == OK)
                x->rc = rc;
        XML_StopParser(x->parser, XML_FALSE);
}

static void on_start(void *user, const char *name, const char **attributes)
{
        struct xml *x = user;
        if (++x->depth > XML_DEPTH_MAX) {
                stop(x, err_set(x->err, ERR_BAD, "FILE", "文件结构嵌套过深", "The file is nested too deep"));
                return;
        }
        if (x->start)
                x->start(x, local(name), attributes);
        if (x->rc != OK)
                stop(x, x->rc);
}

static void on_end(void *user, const char *name)
{
        struct xml *x = user;
        x->depth--;
        if (x->end && x->rc == OK)
                x->end(x, local(name));
        if (x->rc != OK)
                stop(x, x->rc);
}

static void on_text(void *user, const char *p, int n)
{
        struct xml *x = user;
        if (x->text && x->rc == OK)
                x->text(x, p, n);
        if (x->rc != OK)
                stop(x, x->rc);
}

/* Spreadsheets have none; with one come entities, and entities that multiply. */
static void on_doctype(void *user, const char *name, const char *system, const char *public, int subset)
{
        (void)name, (void)system, (void)public, (void)subset;
        struct xml *x = user;
        stop(x, err_set(x->err, ERR_BAD, "FILE", "文件中有文档类型声明，不予读取", "The file declares a document type; it is not read"));
}

int xml_begin(struct xml *x)
{
        x->parser = XML_ParserCreateNS(NULL, '|');
        if (!x->parser)
                out_of_memory(sizeof(*x));
        x->rc = OK;
        x->depth = 0;
        XML_SetUserData(x->parser, x);
        XML_SetElementHandler(x->parser, on_start, on_end);
        XML_SetCharacterDataHandler(x->parser, on_text);
        XML_SetStartDoctypeDeclHandler(x->parser, on_doctype);
        return OK;
}

int xml_feed(struct xml *x, const char *p, size_t n, bool last)
{
        if (x->rc == OK && XML_Parse(x->parser, p, (int)n, last) == XML_STATUS_ERROR && x->rc == OK)
                x->rc = err_set(x->err, ERR_BAD, "FILE", "文件内部的 XML 读不通（第 %lu 行），可能已损坏", "The XML inside the file does not read (line %lu); it may be damaged",
                                (unsigned long)XML_GetCurrentLineNumber(x->parser));
        return x->rc;
}

void xml_end(struct xml *x)
{
        if (x->parser)
                XML_ParserFree(x->parser);
        x->parser = NULL;
}
