#!/usr/bin/env python3
"""errors.txt -> the enum and the table of base/err. Usage: errgen.py errors.txt out.h out.c"""
import sys

src, out_h, out_c = sys.argv[1:4]
rows = []
for n, line in enumerate(open(src, encoding="utf-8"), 1):
    if line.startswith("#") or not line.strip():
        continue
    cell = [c.strip() for c in line.split("|")]
    if len(cell) != 5 or not cell[0].startswith("ERR_") or cell[2] not in ("yes", "no"):
        sys.exit(f"{src}:{n}: expected name | status | yes/no | zh | en")
    rows.append(cell)
with open(out_h, "w", encoding="utf-8") as h:
    h.write("/* Made by tools/errgen.py from base/errors.txt. */\n#pragma once\nenum {\n        OK = 0,\n")
    for i, r in enumerate(rows, 1):
        h.write(f"        {r[0]} = -{i}, /* {r[4]} */\n")
    h.write(f"        ERR_COUNT = {len(rows)}\n}};\n")
with open(out_c, "w", encoding="utf-8") as c:
    c.write('/* Made by tools/errgen.py from base/errors.txt. */\n#include "base/err.h"\n'
            "const struct err_kind err_kinds[ERR_COUNT] = {\n")
    for name, status, retry, zh, en in rows:
        c.write(f'        {{ "{name[4:].lower()}", {status}, {"true" if retry == "yes" else "false"}, '
                f'{{ "{zh}", "{en}" }} }},\n')
    c.write("};\n")
