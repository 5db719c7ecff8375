#!/usr/bin/env python3
"""data/holidays/YEAR.json -> the table of base/inner/holidays.h. Usage: holidaygen.py DIR out.c out.d"""
import datetime
import glob
import hashlib
import json
import os
import sys

EPOCH = datetime.date(1970, 1, 1)
ENGLISH = {
    "元旦": "New Year",
    "春节": "Spring Festival",
    "清明节": "Qingming Festival",
    "劳动节": "Labour Day",
    "“五一”": "Labour Day",
    "“五一”国际劳动节": "Labour Day",
    "端午节": "Dragon Boat Festival",
    "中秋节": "Mid-Autumn Festival",
    "国庆节": "National Day",
    "“十一”": "National Day",
    "国庆节、中秋节": "National Day and Mid-Autumn Festival",
    "中秋节、国庆节": "Mid-Autumn Festival and National Day",
    "抗日战争暨世界反法西斯战争胜利70周年纪念日": "70th anniversary of victory in the War of Resistance",
}

folder, out_c, out_d = sys.argv[1:4]
files = sorted(glob.glob(os.path.join(folder, "[12][0-9][0-9][0-9].json")))
days, years = {}, []
for path in files:
    with open(path, encoding="utf-8") as f:
        notice = json.load(f)
    if not notice["days"]:
        continue
    years.append(notice["year"])
    for row in notice["days"]:
        name, work = row["name"], not row["isOffDay"]
        day = (datetime.date.fromisoformat(row["date"]) - EPOCH).days
        if name not in ENGLISH:
            sys.exit(f"{path}: no English name for {name}; add it to {os.path.basename(__file__)}")
        if days.setdefault(day, (work, name)) != (work, name):
            sys.exit(f"{path}: {row['date']} stands in another notice with another meaning")
if not years or years != list(range(years[0], years[-1] + 1)):
    sys.exit(f"{folder}: the years with a notice must follow one another; found {years}")

names = list(ENGLISH)
digest = hashlib.blake2b("".join(f"{d} {w:d} {n}\n" for d, (w, n) in sorted(days.items())).encode(), digest_size=4)
with open(out_c, "w", encoding="utf-8") as c:
    c.write('/* Made by tools/holidaygen.py from data/holidays. */\n#include "base/inner/holidays.h"\n\n')
    c.write("const struct say holiday_names[] = {\n")
    for n in names:
        c.write(f'        {{ "{n}", "{ENGLISH[n]}" }},\n')
    c.write("};\n\nconst struct holiday holidays[] = {\n")
    for d, (work, name) in sorted(days.items()):
        date = EPOCH + datetime.timedelta(days=d)
        c.write(f"        {{ {d}, {work:d}, {names.index(name)} }}, /* {date} */\n")
    c.write(f"}};\n\nconst size_t holidays_n = {len(days)};\n")
    c.write(f"const int holidays_first = {years[0]}, holidays_last = {years[-1]};\n")
    c.write(f'const char holidays_digest[] = "{digest.hexdigest()}";\n')
with open(out_d, "w", encoding="utf-8") as d:
    d.write(out_c + ": " + " ".join([folder] + files) + "\n")
