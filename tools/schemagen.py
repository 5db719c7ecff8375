#!/usr/bin/env python3
"""schema/NNNN_name.sql -> the table of migrations inside the program, in both dialects.

Usage: schemagen.py schema/ out.c depfile

One text serves both engines. For PostgreSQL `blob` becomes bytea, `text` gets the binary collation (so that text sorts
and compares as on SQLite) and WITHOUT ROWID goes. Lines between `-- sqlite:` or `-- postgres:` and `-- both:` are
for one engine and taken as they stand. The sha256 is that of the file, so an edited migration is noticed.
"""
import hashlib
import pathlib
import re
import sys

TOKEN = re.compile(r"(?P<comment>--[^\n]*)|(?P<string>'(?:[^']|'')*')|(?P<rowid>\s*WITHOUT\s+ROWID)"
                   r"|(?P<word>[A-Za-z_]\w*)|(?P<other>.)", re.S | re.I)


def to_postgres(sql):
    out = ""
    for m in TOKEN.finditer(sql):
        kind, text = m.lastgroup, m.group(m.lastgroup)
        if kind == "word" and text.lower() == "blob":
            out += "bytea"
        elif kind == "word" and text.lower() == "text":
            out += 'text COLLATE "C"'
        elif kind != "rowid":
            out += text
    return out


def dialects(text):
    out = {"sqlite": "", "postgres": ""}
    now, common = None, ""

    def flush():
        nonlocal common
        out["sqlite"] += common
        out["postgres"] += to_postgres(common)
        common = ""
    for line in text.splitlines(keepends=True):
        m = re.fullmatch(r"--\s*(sqlite|postgres|both):.*", line.strip())
        if m:
            flush()
            now = None if m.group(1) == "both" else m.group(1)
        elif now:
            out[now] += line
        else:
            common += line
    flush()
    return out


def squeeze(sql):
    """Comments and indentation out: the program need not carry them."""
    text = "".join("" if m.lastgroup == "comment" else m.group(m.lastgroup) for m in TOKEN.finditer(sql))
    return re.sub(r"\s*\n\s*", "\n", text).strip()


def c_string(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("?", "\\?").replace("\n", "\\n\"\n        \"") + '"'


def main():
    folder, out_c, depfile = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    files = sorted(folder.glob("*.sql"))
    rows, last = [], 0
    for path in files:
        m = re.fullmatch(r"(\d{4})_([a-z0-9_]+)\.sql", path.name)
        if not m or int(m.group(1)) <= last:
            sys.exit(f"{path}: expected NNNN_name.sql, each number once")
        last = int(m.group(1))
        raw = path.read_bytes()
        text = {k: squeeze(v) for k, v in dialects(raw.decode("utf-8")).items()}
        rows.append(f'        {{ {last}, "{m.group(2)}", "{hashlib.sha256(raw).hexdigest()}",\n'
                    f'        {c_string(text["sqlite"])},\n        {c_string(text["postgres"])} }},\n')
    out_c.write_text("/* Made by tools/schemagen.py from schema/. */\n"
                     '#pragma GCC diagnostic ignored "-Woverlength-strings"\n#include "store/inner/schema.h"\n\n'
                     "const struct schema_file schema_files[] = {\n" + "".join(rows) + "};\n"
                     f"const size_t schema_files_n = {len(rows)};\n", encoding="utf-8")
    inputs = " ".join(str(p).replace(" ", "\\ ") for p in [folder, *files])
    depfile.write_text(f"{out_c}: {inputs}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
