#!/usr/bin/env python3
"""Named, typed statements of a room -> typed C functions for SQLite and PostgreSQL.

Usage: sqlgen.py src/ROOM/ROOM.sql out.h out.c

The format is described in src/store/README.md. Every rule that a statement breaks is an error with file:line,
so a statement that would behave differently on the two engines does not build.
"""
import pathlib
import re
import sys

# type -> (C type, enum, PostgreSQL cast)
TYPES = {
    "int64": ("int64_t", "SQL_INT64", "bigint"),
    "int32": ("int32_t", "SQL_INT32", "integer"),
    "bool": ("bool", "SQL_BOOL", "integer"),
    "text": ("struct str", "SQL_TEXT", "text"),
    "blob": ("struct str", "SQL_BLOB", "bytea"),
    "day": ("struct day", "SQL_DAY", "integer"),
    "instant": ("struct instant", "SQL_INSTANT", "bigint"),
}
SHAPES = {"one": "SQL_ONE", "many": "SQL_MANY", "exec": "SQL_EXEC", "must": "SQL_MUST"}
ROWLESS = ("exec", "must")
C_KEYWORDS = set("""auto bool break case char const continue default do double else enum extern float for goto if
inline int long register restrict return short signed sizeof static struct switch typedef union unsigned void volatile
while asm typeof""".split())
FIELDS_MAX = 80
TOKEN = re.compile(r"""(?P<comment>--[^\n]*)|(?P<string>'(?:[^']|'')*')|(?P<quoted>"[^"]*")|(?P<cast>::)
                       |:(?P<param>[a-z_][a-z0-9_]*)|(?P<space>\s+)|(?P<word>[A-Za-z_][A-Za-z0-9_]*)|(?P<other>.)""",
                   re.X | re.S)


class Wrong(Exception):
    pass


class Field:
    def __init__(self, text):
        part = text.split()
        if len(part) != 2:
            raise Wrong(f"expected 'name type', got '{text.strip()}'")
        self.name, kind = part
        self.null = kind.endswith("?")
        self.kind = kind.rstrip("?")
        if not re.fullmatch(r"[a-z][a-z0-9_]*", self.name) or self.name in C_KEYWORDS:
            raise Wrong(f"'{self.name}' cannot be a C name")
        if self.kind not in TYPES:
            raise Wrong(f"unknown type '{kind}' of {self.name}")


class Statement:
    def __init__(self, line, name, shape, mode):
        self.line, self.name, self.shape, self.mode = line, name, shape, mode
        self.note = {}
        self.inputs, self.outputs = [], []
        self.text = {}


def tokens(sql):
    return [(m.lastgroup, m.group(m.lastgroup)) for m in TOKEN.finditer(sql)]


def fields(text):
    out = [Field(t) for t in text.split(",") if t.strip()] if text.strip() not in ("", "none") else []
    if len(out) > FIELDS_MAX:
        raise Wrong(f"more than {FIELDS_MAX} fields")
    names = [f.name for f in out]
    for n in names:
        if names.count(n) > 1:
            raise Wrong(f"field '{n}' twice")
    return out


def read_notes(st, lines):
    """The comment lines under the name: in, out, why, global; a line without a key goes on with the last one."""
    key, used = None, 0
    for text in lines:
        body = text.strip()
        if not body.startswith("--") or re.fullmatch(r"--\s*(sqlite|postgres|both):", body):
            break
        used += 1
        body = body[2:].strip()
        for part in re.split(r"\s+(?=out:)", body):
            m = re.match(r"(in|out|why|global):\s*(.*)", part)
            if m:
                key = m.group(1)
                if key in st.note:
                    raise Wrong(f"'{key}:' twice")
                st.note[key] = m.group(2)
            elif key:
                st.note[key] += " " + part
    st.inputs = fields(st.note.get("in", ""))
    st.outputs = fields(st.note.get("out", ""))
    return used


def read_body(st, lines):
    text = {"sqlite": [], "postgres": []}
    now = ("sqlite", "postgres")
    for line in lines:
        m = re.fullmatch(r"--\s*(sqlite|postgres|both):.*", line.strip())
        if m:
            now = ("sqlite", "postgres") if m.group(1) == "both" else (m.group(1),)
            continue
        for dialect in now:
            text[dialect].append(line)
    for dialect, part in text.items():
        sql = "".join(" " if k == "space" else "" if k == "comment" else ":" + v if k == "param" else v
                      for k, v in tokens("\n".join(part)))
        sql = re.sub(r" +", " ", sql).strip()
        if not sql.endswith(";"):
            raise Wrong("the statement does not end with ';'")
        if ";" in "".join(v for k, v in tokens(sql[:-1]) if k not in ("string", "quoted")):
            raise Wrong("more than one statement under one name")
        st.text[dialect] = sql[:-1].strip()


def read(path):
    found, problems = [], []
    lines = path.read_text(encoding="utf-8").split("\n")
    starts = [i for i, text in enumerate(lines) if re.match(r"--\s*name:", text)]
    for start, stop in zip(starts, starts[1:] + [len(lines)]):
        try:
            m = re.fullmatch(r"--\s*name:\s*([a-z][a-z0-9_]*)\s+(one|many|exec|must)\s+(read|write)\s*", lines[start])
            if not m:
                raise Wrong("expected '-- name: NAME one|many|exec|must read|write'")
            st = Statement(start + 1, *m.groups())
            used = read_notes(st, lines[start + 1:stop])
            read_body(st, lines[start + 1 + used:stop])
            found.append(st)
        except Wrong as why:
            problems.append((start + 1, str(why)))
    return found, problems


# ---- what the schema says, for the lint ------------------------------------------------------------------

def split_top(text):
    out, depth, part = [], 0, ""
    for ch in text:
        depth += (ch == "(") - (ch == ")")
        if ch == "," and depth == 0:
            out.append(part)
            part = ""
        else:
            part += ch
    return out + [part]


def read_schema(folder):
    """table -> {column: (type, nullable)}"""
    tables = {}
    for path in sorted(folder.glob("*.sql")):
        sql = "".join(" " if k == "comment" else v for k, v in tokens(path.read_text(encoding="utf-8")))
        for m in re.finditer(r"CREATE\s+TABLE\s+(\w+)\s*\((.*?)\)\s*(?:WITHOUT\s+ROWID\s*)?;", sql, re.S | re.I):
            columns = tables.setdefault(m.group(1), {})
            for item in split_top(m.group(2)):
                add_column(columns, item)
        for m in re.finditer(r"ALTER\s+TABLE\s+(\w+)\s+ADD\s+(?:COLUMN\s+)?([^;]*);", sql, re.I):
            add_column(tables.setdefault(m.group(1), {}), m.group(2))
    return tables


def add_column(columns, item):
    word = item.split()
    if len(word) >= 2 and word[0].upper() not in ("PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "CONSTRAINT"):
        columns[word[0]] = (word[1].lower(), not re.search(r"NOT\s+NULL|PRIMARY\s+KEY", item, re.I))


# ---- lint ------------------------------------------------------------------------------------------------

def order_items(sql):
    for m in re.finditer(r"\bORDER BY\b", sql, re.I):
        depth, end = 0, m.end()
        while end < len(sql) and depth >= 0:
            depth += (sql[end] == "(") - (sql[end] == ")")
            if depth == 0 and re.match(r"\s(LIMIT|OFFSET|FOR|ROWS|RANGE)\b", sql[end:], re.I):
                break
            end += 1
        yield from split_top(sql[m.end():end].rstrip(")"))


def lint_order(sql, columns):
    for item in order_items(sql):
        m = re.match(r"\s*(?:\w+\.)?(\w+)", item)
        if not m or m.group(1) not in columns:
            continue
        name = m.group(1)
        kind, null = columns[name]
        if kind == "text" and not re.search(r"\bCOLLATE\s+binary\b", item, re.I):
            raise Wrong(f"ORDER BY {name}: text without COLLATE binary sorts differently on the two engines")
        kept_out = rf"\b{name}\s*(=|<|>|>=|<=|BETWEEN\b|IS NOT NULL\b)"
        if null and not re.search(r"\bNULLS\s+(FIRST|LAST)\b", item, re.I) and not re.search(kept_out, sql, re.I):
            raise Wrong(f"ORDER BY {name}: it may be NULL; say NULLS FIRST or NULLS LAST")


def lint_shape(st, sql):
    verb = sql.split(None, 1)[0].upper()
    if st.mode == "read" and verb not in ("SELECT", "WITH", "VALUES"):
        raise Wrong(f"{verb} in a read statement")
    if st.shape in ROWLESS and (st.outputs or re.search(r"\bRETURNING\b", sql, re.I)):
        raise Wrong("exec gives no rows: use one or many")
    if st.shape == "must" and st.mode != "write":
        raise Wrong("must is for writes")
    if st.shape not in ROWLESS and not st.outputs:
        raise Wrong("no 'out:'")
    if st.shape == "many" and not re.search(r"\bLIMIT\b", sql, re.I):
        raise Wrong("many without LIMIT")
    if "why" not in st.note:
        raise Wrong("no 'why:'")


# Nobody but its own room reads these: SQL is a closed list, so what cannot be built cannot be asked.
SEALED = ("people_vault", "people_account", "people_session", "people_key")


def lint_town(st, sql):
    starts = re.search(r"\b(?:\w+\.)?town = :town\b", sql) or re.match(r"INSERT INTO \w+ ?\( ?town\b", sql, re.I)
    if not starts and not st.note.get("global"):
        raise Wrong("does not start from town: write 'town = :town', or '-- global: REASON'")


def lint(st, dialect, room, schema):
    sql = st.text[dialect]
    bare = "".join("''" if k == "string" else ":" + v if k == "param" else v for k, v in tokens(sql))
    lint_shape(st, bare)
    lint_town(st, bare)
    if re.search(r"\bI?LIKE\b", bare, re.I):
        raise Wrong("LIKE: the engines fold case differently; use the search tables")
    if re.search(r"\bSELECT\s+(\w+\.)?\*", bare, re.I):
        raise Wrong("SELECT *: name the columns")
    if "?" in bare or "::" in bare or re.search(r"\$\d", bare):
        raise Wrong("write parameters as :name and casts as CAST(x AS type)")
    if len(re.findall(r"\bsum ?\(", bare, re.I)) > len(re.findall(r"\bAS bigint ?\)", bare, re.I)):
        raise Wrong("sum() is numeric on PostgreSQL: write CAST(sum(x) AS bigint)")
    target = re.match(r"(?:INSERT INTO|UPDATE|DELETE FROM) (\w+)", bare, re.I)
    if target and not target.group(1).startswith(room + "_"):
        raise Wrong(f"writes {target.group(1)}: a room writes only its own tables ({room}_...)")
    named = {w for w in re.findall(r"\w+", bare) if w in schema}
    sealed = sorted(w for w in named if w in SEALED and room != "people")
    if sealed:
        raise Wrong(f"names {sealed[0]}: identity is read through people/vault.h alone")
    columns = {}
    for table in named:
        columns.update(schema[table])
    lint_order(bare, columns)
    used = {v for k, v in tokens(sql) if k == "param"}
    known = {f.name for f in st.inputs}
    for name in sorted(used - known):
        raise Wrong(f":{name} is not in 'in:'")
    for name in sorted(known - used):
        raise Wrong(f"'{name}' in 'in:' is not used")


# ---- C ---------------------------------------------------------------------------------------------------

def dialect_text(st, dialect):
    index = {f.name: i for i, f in enumerate(st.inputs, 1)}
    kind = {f.name: TYPES[f.kind][2] for f in st.inputs}
    out = ""
    for k, v in tokens(st.text[dialect]):
        if k != "param":
            out += v
        elif dialect == "sqlite":
            out += f"?{index[v]}"
        else:
            out += f"${index[v]}::{kind[v]}"
    if st.shape == "must" and dialect == "postgres":
        # Sent without waiting: no row must fail in the server, before the COMMIT that follows.
        out = f"WITH done AS ({out} RETURNING 1) SELECT 1 / count(*) FROM done"
    return re.sub(r"\bCOLLATE binary\b", "COLLATE BINARY" if dialect == "sqlite" else 'COLLATE "C"', out, flags=re.I)


def c_string(text):
    raw = text.replace("\\", "\\\\").replace('"', '\\"').replace("?", "\\?").replace("\n", "\\n")
    return f'"{raw}"'


def c_struct(name, members):
    body = "".join(f"        {TYPES[f.kind][0]} {f.name};{'  /* may be NULL */' if f.null else ''}\n" for f in members)
    return f"struct {name} {{\n{body}}};\n"


def c_signature(st):
    args = ["struct tx *tx"]
    if st.shape not in ROWLESS:
        args.append("struct arena *a")
    if st.inputs:
        args.append(f"const struct sql_{st.name}_in *in")
    if st.shape != "must":
        args.append({"one": f"struct sql_{st.name}_row *ret", "many": f"struct sql_{st.name}_rows *ret",
                 "exec": "int64_t *ret_changed"}[st.shape])
    return f"int sql_{st.name}({', '.join(args)})"


def header(room, statements, source):
    out = [f"/* Made by tools/sqlgen.py from {room}/{source}. */\n#pragma once\n"
           '#include "base/arena.h"\n#include "base/day.h"\n#include "base/str.h"\n#include "store/sql.h"\n']
    for st in statements:
        out.append(f"\n/* {st.note['why'].strip()} */\n".replace("*/ */", "*/"))
        if st.inputs:
            out.append(c_struct(f"sql_{st.name}_in", st.inputs))
        if st.outputs:
            out.append(c_struct(f"sql_{st.name}_row", st.outputs))
        if st.shape == "many":
            out.append(f"struct sql_{st.name}_rows {{\n        struct sql_{st.name}_row *row;\n        size_t n;\n}};\n")
        out.append(c_signature(st) + ";\n")
    return "".join(out)


def c_fields(name, struct, members):
    rows = "".join(f'        {{ "{f.name}", (uint32_t)offsetof(struct {struct}, {f.name}), {TYPES[f.kind][1]}, '
                   f'{"true" if f.null else "false"} }},\n' for f in members)
    return f"static const struct sql_field {name}[] = {{\n{rows}}};\n"


def c_statement(st):
    part = [f".name = \"{st.name}\"", f".sqlite = {c_string(dialect_text(st, 'sqlite'))}",
            f".postgres = {c_string(dialect_text(st, 'postgres'))}", f".shape = {SHAPES[st.shape]}",
            f".write = {'true' if st.mode == 'write' else 'false'}"]
    if st.text["sqlite"] != st.text["postgres"]:
        part.append(".apart = true")
    if st.inputs:
        part.append(f".in = in_{st.name}, .n_in = {len(st.inputs)}, .in_size = sizeof(struct sql_{st.name}_in)")
    if st.outputs:
        part.append(f".out = out_{st.name}, .n_out = {len(st.outputs)}, .row_size = sizeof(struct sql_{st.name}_row)")
    return "        { " + ",\n          ".join(part) + " },\n"


def c_function(i, st):
    given = "in" if st.inputs else "NULL"
    if st.shape == "must":
        body = f"        return sql_run_exec(tx, &table, {i}, {given}, NULL);\n"
    elif st.shape == "exec":
        body = f"        return sql_run_exec(tx, &table, {i}, {given}, ret_changed);\n"
    elif st.shape == "one":
        body = f"        return sql_run_one(tx, a, &table, {i}, {given}, ret);\n"
    else:
        body = ("        void *row = NULL;\n        size_t n = 0;\n"
                f"        int rc = sql_run_many(tx, a, &table, {i}, {given}, &row, &n);\n        if (rc == OK)\n"
                f"                *ret = (struct sql_{st.name}_rows){{ row, n }};\n        return rc;\n")
    return f"\n{c_signature(st)}\n{{\n{body}}}\n"


def source(room, statements, file, include):
    out = [f'/* Made by tools/sqlgen.py from {room}/{file}. */\n#pragma GCC diagnostic ignored "-Woverlength-strings"\n'
           f'#include "{include}"\n#include "base/err.h"\n\n']
    for st in statements:
        if st.inputs:
            out.append(c_fields(f"in_{st.name}", f"sql_{st.name}_in", st.inputs))
        if st.outputs:
            out.append(c_fields(f"out_{st.name}", f"sql_{st.name}_row", st.outputs))
    out.append("\nstatic const struct sql_stmt stmts[] = {\n" + "".join(c_statement(s) for s in statements) + "};\n")
    out.append(f'static struct sql_table table = {{ .room = "{room}", .stmt = stmts, .n = {len(statements)} }};\n\n'
               "__attribute__((constructor)) static void enroll(void)\n{\n        sql_register(&table);\n}\n")
    for i, st in enumerate(statements):
        out.append(c_function(i, st))
    return "".join(out)


def check(statements, room, schema):
    problems, seen = [], {}
    for st in statements:
        try:
            if st.name in seen:
                raise Wrong(f"the name stands already at line {seen[st.name]}")
            seen[st.name] = st.line
            for dialect in ("sqlite", "postgres"):
                lint(st, dialect, room, schema)
        except Wrong as why:
            problems.append((st.line, f"{st.name}: {why}"))
    return problems


def main():
    if len(sys.argv) != 4:
        sys.exit("usage: sqlgen.py src/ROOM/FILE.sql out.h out.c")
    path, out_h, out_c = (pathlib.Path(p) for p in sys.argv[1:])
    room = path.resolve().parent.name
    statements, problems = read(path)
    problems += check(statements, room, read_schema(pathlib.Path(__file__).resolve().parent.parent / "schema"))
    if not statements and not problems:
        problems.append((1, "no statements"))
    for line, why in sorted(problems):
        print(f"{path}:{line}: {why}", file=sys.stderr)
    if problems:
        sys.exit(1)
    out_h.write_text(header(room, statements, path.name), encoding="utf-8")
    out_c.write_text(source(room, statements, path.name, f"{room}/{out_h.name}"), encoding="utf-8")


if __name__ == "__main__":
    main()
