#!/usr/bin/env python3
"""Orders from upstream on the command line: a file in GB18030 taken in twice, a row that cannot be read, copied text, the reply, the
figures, and a store that proves whole. Usage: upstream.py LINLI SOURCE"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

LINLI, SOURCE = sys.argv[1], pathlib.Path(sys.argv[2])
count = failed = 0


def ok(sentence, true, more=""):
    global count, failed
    count += 1
    failed += not true
    print(f"{'ok' if true else 'not ok'} {count} - {sentence}{'' if true else f'  [{more}]'}")


def linli(*args, stdin=None, code=0):
    p = subprocess.run([LINLI, *map(str, args)], input=stdin, capture_output=True, text=True, env=env, timeout=240)
    if p.returncode != code:
        ok(f"linli {args[0]} {args[1] if len(args) > 1 else ''} exits with {code}", False, f"{p.returncode} {p.stdout} {p.stderr}")
    return p


def orders(rows):
    head = "说明：以下为测试\n工单编号,派单时间,处理时限,诉求内容,诉求地点,诉求人,联系电话,派单类型,满意度\n"
    return (head + "".join(",".join(r) + "\n" for r in rows)).encode("gb18030")


FIRST = ["T-1", "2020/1/6 8:30", "2020-01-08", "小区门口的垃圾没有清运", "", "测试人", "13800001234", "派单", "x"]
OTHER = ["T-2", "2020年1月6日 9时", "", "路灯不亮", "", "匿名", "无", "派单", ""]
BAD = ["T-3", "2020-01-06 09:00", "下周", "路灯不亮", "", "", "", "", ""]

with tempfile.TemporaryDirectory() as tmp:
    work = pathlib.Path(tmp)
    env = dict(os.environ, LINLI_LANG="en", LINLI_DB=f"sqlite:{work}/town.db", LINLI_KEY=f"{work}/town.key")
    linli("load", SOURCE / "samples/town")
    book = work / "orders.csv"
    book.write_bytes(orders([FIRST, OTHER, BAD]))
    look = json.loads(linli("upstream", "import", book, "--dry-run", "--json", code=1).stdout)
    ok("a look says what would happen", (look["rows"], look["accepted"], look["rejected"], look["opened"]) == (3, 2, 1, 2), look)
    ok("and names the row and the field", look["by_reason"] == {"due": 1} and look["rejects"][0]["line"] == 5, look)
    ok("and writes nothing", "T-1" not in linli("upstream", "list").stdout)
    first = json.loads(linli("upstream", "import", book, "--json", code=1).stdout)
    ok("two matters are opened", first["opened"] == 2 and first["rejected"] == 1, first)
    again = json.loads(linli("upstream", "import", book, "--json", code=1).stdout)
    ok("the same file again changes nothing", again["opened"] == 0 and again["same"] == 2, again)
    book.write_bytes(orders([[*FIRST[:3], "小区门口的垃圾没有清运，有异味", *FIRST[4:]], OTHER]))
    more = json.loads(linli("upstream", "import", book, "--json").stdout)
    ok("what was added is noted", more["noted"] == 1 and more["same"] == 1, more)
    said = linli("upstream", "import", book).stdout
    ok("people read it as a sentence", "2 rows: 0 opened, 2 known and unchanged" in said, said)
    pasted = linli("upstream", "paste", "--json", stdin="工单编号：T-4\n派单时间：2020-01-06 10:00\n诉求内容：楼道里堆了杂物\n").stdout
    ok("copied text opens one too, with a code", json.loads(pasted)["outcome"] == "opened" and json.loads(pasted)["code"], pasted)
    wrong = linli("upstream", "paste", stdin="请尽快处理\n", code=3)
    ok("text without a known label is refused with a sentence", "label" in wrong.stderr, wrong.stderr)
    listed = linli("upstream", "list").stdout
    ok("the nearest deadline is on top", listed.splitlines()[0].startswith("12345 T-1") and len(listed.splitlines()) == 3, listed)
    reply = linli("upstream", "reply", "T-1", "--out", work / "out", code=1)
    ok("the reply names what is missing", "missing: What was done (result)" in reply.stderr, reply.stderr)
    text = (work / "out/reply.txt").read_text()
    ok("and is written into the folder", text.startswith("工单编号：T-1"), text)
    ok("without the reporter's contact", "13800001234" not in text and "测试人" not in text, text)
    linli("upstream", "reply", "T-9", code=3)
    ok("an unknown number is refused", "number" in linli("upstream", "reply", "T-9", code=3).stderr.lower())
    report = json.loads(linli("report", "upstream", "--from", "2020-01-01", "--to", "2020-01-31", "--json").stdout)["rows"][0]
    ok("the figures count them", (report["orders"], report["open"], report["overdue"]) == (3, 3, 1), report)
    ok("the store proves whole", json.loads(linli("verify", "--json").stdout)["ok"])
    raw = b"".join(p.read_bytes() for p in work.iterdir() if p.name.startswith("town.db"))
    ok("no contact lies open in the store", b"13800001234" not in raw and "测试人".encode() not in raw)

print(f"1..{count}")
sys.exit(failed > 0)
