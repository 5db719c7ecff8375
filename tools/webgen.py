#!/usr/bin/env python3
"""Packs the built web face into the binary: a table in C, the bytes by .incbin.

usage: webgen.py DIST OUT.c

DIST is what `script/web build` made; each file may have .br and .gz beside it, pressed at build. Without DIST the table
is empty and the server says in plain words that it was built without pages. Writes OUT.c only when it changes.
"""

import hashlib
import pathlib
import sys

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
}


def text(s):
    return '"' + str(s).replace("\\", "\\\\").replace('"', '\\"') + '"'


def main():
    dist, out = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    files = sorted(p for p in dist.rglob("*") if p.is_file() and p.suffix in TYPES) if dist.is_dir() else []
    files.sort(key=lambda p: p.relative_to(dist).as_posix().encode())
    lines = ["/* Made by tools/webgen.py from the built web face; do not edit. */", '#include "api/pages.h"', ""]
    rows = []

    def blob(path):
        if not path.is_file() or path.stat().st_size == 0:
            return "{ NULL, 0 }"
        name = f"web_blob_{blob.n}"
        blob.n += 1
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        lines.append(f"/* {digest} */")
        lines.append(
            f'__asm__(".section .rodata\\n.balign 16\\n.global {name}\\n{name}:\\n.incbin " {text(text(path))} "\\n.byte 0\\n.previous\\n");'
        )
        lines.append(f"extern const char {name}[];")
        return f"{{ {name}, {path.stat().st_size} }}"

    blob.n = 0
    for path in files:
        plain, br, gz = blob(path), blob(path.with_name(path.name + ".br")), blob(path.with_name(path.name + ".gz"))
        name = "/" + path.relative_to(dist).as_posix()
        etag = '"' + hashlib.sha256(path.read_bytes()).hexdigest()[:20] + '"'
        lasting = "true" if name.startswith("/assets/") else "false"
        rows.append(
            f"        {{ {{ {text(name)}, {len(name.encode())} }}, {text(TYPES[path.suffix])}, {text(etag)}, {lasting},\n"
            f"          {{ {plain}, {gz}, {br} }} }},"
        )
    lines += ["", "const struct web_file web_files[] = {", *rows, "        { { NULL, 0 }, NULL, NULL, false, { { NULL, 0 }, { NULL, 0 }, { NULL, 0 } } },", "};"]
    lines += [f"const size_t web_files_n = {len(files)};", ""]
    made = "\n".join(lines)
    if not out.exists() or out.read_text(encoding="utf-8") != made:
        out.write_text(made, encoding="utf-8")


main()
