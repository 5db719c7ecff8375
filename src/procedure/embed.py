#!/usr/bin/env python3
"""A file as a C array. Usage: embed.py FILE NAME out.c"""
import sys

source, name, out = sys.argv[1:4]
data = open(source, "rb").read()
with open(out, "w", encoding="ascii") as c:
    c.write(f"/* Made by procedure/embed.py. */\n#include <stddef.h>\nextern const char {name}_text[];\nextern const size_t {name}_size;\n"
            f"const size_t {name}_size = {len(data)};\nconst char {name}_text[] = {{\n")
    for i in range(0, len(data), 24):
        c.write(" ".join(f"'\\x{b:02x}'," for b in data[i:i + 24]) + "\n")
    c.write("0 };\n")
