#!/usr/bin/env python3
"""Orders from upstream, as the desk lives them: the district's sheet in GB18030 taken in twice, a row that cannot be read, one order pasted, one
by another system's key; a unit answers with a photo, upstream gets text and bundle, sends it back, is answered again; two at the desk at once;
what upstream waited for too long rings; and the store proves whole.

    t/upstream.py LINLI SOURCE [postgres]

With "postgres" the same on the server that LINLI_TEST_PG names, in a schema of its own; skipped (77) when there is none.
"""
import csv
import datetime
import http.client
import io
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import zipfile

LINLI, SOURCE = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
POSTGRES = sys.argv[3:] == ["postgres"]
ROOT = pathlib.Path(tempfile.mkdtemp(prefix="linli-upstream-"))
TOWN = ROOT / "town"
CRASH = ("Sanitizer", "runtime error:", "BUG")
count = failed = 0


def ok(sentence, true, more=""):
    global count, failed
    count += 1
    failed += not true
    print(f"{'ok' if true else 'not ok'} {count} - {sentence}{'' if true else f'  [{str(more)[:1500]}]'}", flush=True)
    return true


def psql(sql):
    subprocess.run(["psql", "-q", "-v", "ON_ERROR_STOP=1", "-d", os.environ["LINLI_TEST_PG"], "-c", sql], check=True, capture_output=True)


def database():
    if not POSTGRES:
        return f"sqlite:{ROOT}/town.db"
    base = os.environ.get("LINLI_TEST_PG")
    if not base or not shutil.which("psql"):
        print("skipped: no LINLI_TEST_PG or no psql")
        raise SystemExit(77)
    schema = f"t_upstream_{os.getpid()}"
    psql(f"CREATE SCHEMA {schema}")
    return f"{base}{'&' if '?' in base else '?'}options=-csearch_path%3D{schema}"


DB = database()


def environment(lang="en"):
    env = {k: v for k, v in os.environ.items() if not k.startswith("LINLI_")}
    return dict(env, LINLI_LANG=lang, LINLI_DB=DB, LINLI_KEY=str(ROOT / "town.key"))


def linli(*args, stdin=None, code=0, lang="en"):
    p = subprocess.run([LINLI, *map(str, args)], input=stdin, capture_output=True, text=True, env=environment(lang), timeout=240)
    if p.returncode != code or any(c in p.stderr for c in CRASH):
        ok(f"linli {' '.join(map(str, args))[:80]} exits with {code}", False, f"{p.returncode} {p.stdout} {p.stderr}")
    return p


def beijing(hours=0.0):
    return datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))) + datetime.timedelta(hours=hours)


def minute(hours):
    return beijing(hours).strftime("%Y/%m/%d %H:%M")


def iso(hours=0.0):
    return beijing(hours).replace(microsecond=0).isoformat()


HEAD = "说明：以下为测试,,,,,,,,\n工单编号,派单时间,处理时限,诉求内容,诉求地点,诉求人,联系电话,派单类型,满意度\n"


def sheet(*rows):
    path = ROOT / "orders.csv"
    path.write_bytes((HEAD + "".join(",".join(r) + "\n" for r in rows) + "合计,,,,,,,,\n").encode("gb18030"))
    return path


# ---- the desk with files ------------------------------------------------------------------------------------------------

OLD = ["T-1", "2020/1/6 8:30", "2020-01-08", "小区门口的垃圾没有清运", "", "测试人", "13800001234", "派单", "x"]
PLAIN = ["T-2", "2020年1月6日 9时", "", "路灯不亮", "", "匿名", "无", "派单", ""]
BAD = ["T-3", "2020-01-06 09:00", "下周", "路灯不亮", "", "", "", "", ""]


def a_sheet_twice():
    book = sheet(OLD, PLAIN, BAD)
    look = json.loads(linli("upstream", "import", book, "--dry-run", "--json", code=1).stdout)
    ok("a look says what would happen", (look["rows"], look["accepted"], look["rejected"], look["opened"]) == (3, 2, 1, 2), look)
    ok("and names the row and the field", look["by_reason"] == {"due": 1} and look["rejects"][0]["line"] == 5, look)
    ok("and writes nothing", "T-1" not in linli("upstream", "list").stdout)
    first = json.loads(linli("upstream", "import", book, "--json", code=1).stdout)
    ok("two matters are opened", first["opened"] == 2 and first["rejected"] == 1, first)
    again = json.loads(linli("upstream", "import", book, "--json", code=1).stdout)
    ok("the same sheet again changes nothing", again["opened"] == 0 and again["same"] == 2, again)
    more = json.loads(linli("upstream", "import", sheet([*OLD[:3], "小区门口的垃圾没有清运，有异味", *OLD[4:]], PLAIN), "--json").stdout)
    ok("what was added is noted", more["noted"] == 1 and more["same"] == 1, more)
    said = linli("upstream", "import", ROOT / "orders.csv").stdout
    ok("people read it as a sentence", "2 rows: 0 opened, 2 known and unchanged" in said, said)
    said = linli("upstream", "import", ROOT / "orders.csv", lang="zh").stdout
    ok("in Chinese too", "2 行：新开 0" in said, said)
    (ROOT / "other.csv").write_text("编号,内容\n1,路灯不亮\n", "utf-8")
    said = linli("upstream", "import", ROOT / "other.csv", code=3).stderr
    ok("a sheet of somebody else is refused, with the headings that are missing", "upstreams.yaml" in said and "工单编号" in said, said)


def pasted():
    got = json.loads(linli("upstream", "paste", "--json", stdin="工单编号：T-4\n派单时间：2020-01-06 10:00\n诉求内容：楼道里堆了杂物\n").stdout)
    ok("copied text opens one too, with a code", got["outcome"] == "opened" and got["code"], got)
    wrong = linli("upstream", "paste", stdin="请尽快处理\n", code=3).stderr
    ok("text without a known label is refused with a sentence", "label" in wrong, wrong)
    wrong = linli("upstream", "paste", stdin="请尽快处理\n", code=3, lang="zh").stderr
    ok("in Chinese too", "标题" in wrong, wrong)
    listed = linli("upstream", "list").stdout
    ok("the nearest deadline is on top", listed.splitlines()[0].startswith("12345 T-1") and len(listed.splitlines()) == 3, listed)
    reply = linli("upstream", "reply", "T-1", "--out", ROOT / "out", code=1)
    ok("the reply names what is missing", "missing: What was done (result)" in reply.stderr, reply.stderr)
    text = (ROOT / "out/reply.txt").read_text()
    ok("and is written into the folder", text.startswith("工单编号：T-1"), text)
    ok("without the reporter's contact", "13800001234" not in text and "测试人" not in text, text)
    ok("an unknown number is refused", "number" in linli("upstream", "reply", "T-9", code=3).stderr.lower())
    report = json.loads(linli("report", "upstream", "--from", "2020-01-01", "--to", "2020-01-31", "--json").stdout)["rows"][0]
    ok("the figures count them", (report["orders"], report["open"], report["overdue"]) == (3, 3, 1), report)


# ---- the house at work ---------------------------------------------------------------------------------------------------

class Server:
    def __init__(self):
        self.log = open(ROOT / "log", "w+b")
        self.p = subprocess.Popen([LINLI, "serve", "--listen", "127.0.0.1:0", "--db", DB, "--town", str(TOWN), "--no-limits"],
                                  env=environment(), stdout=self.log, stderr=self.log)
        for _ in range(1200):
            if "Linli serves at http://127.0.0.1:" in self.said():
                self.port = int(self.said().split("http://127.0.0.1:")[1].split(";")[0])
                return
            if self.p.poll() is not None:
                break
            time.sleep(0.05)
        raise SystemExit(f"the server did not start: {self.said()}")

    def said(self):
        return (ROOT / "log").read_bytes().decode(errors="replace")

    def ask(self, method, path, body=None, kind="application/json", **headers):
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        if isinstance(body, dict):
            body = json.dumps(body, ensure_ascii=False).encode()
        if body is not None:
            headers["Content-Type"] = kind
        try:
            c.request(method, path, body, {k.replace("_", "-"): v for k, v in headers.items()})
            r = c.getresponse()
            got = r.read()
            return r.status, json.loads(got) if "json" in r.getheader("Content-Type", "") else got, dict(r.getheaders())
        finally:
            c.close()

    def signed_in(self, login):
        token = json.loads(linli("invite", login, "--json").stdout)["token"]
        self.ask("POST", "/api/invitations/accept", {"token": token, "password": "a-long-enough-password"})
        status, answer, headers = self.ask("POST", "/api/session", {"login": login, "password": "a-long-enough-password"})
        ok(f"{login} is signed in", status == 200, answer)
        return {"Cookie": headers["Set-Cookie"].split(";")[0], "X_CSRF_Token": answer["csrf"]}

    def step(self, who, matter, action, body, want=200, **headers):
        status, answer, _ = self.ask("POST", f"/api/matters/{matter}/{action}", body, **who, **headers)
        ok(f"{action}: {want}", status == want, (status, answer))
        return answer

    def stop(self):
        self.p.send_signal(signal.SIGTERM)
        code = self.p.wait(timeout=90)
        ok("the server stops in order", code == 0 and not any(c in self.said() for c in CRASH), self.said()[-1500:])


def by_key(server, desk_head):
    """The district's system sends with a key that may do that and nothing else."""
    status, key, _ = server.ask("POST", "/api/keys", {"name": "district", "rights": ["matter.open"]}, **desk_head)
    ok("a key for the system above is made", status == 201, key)
    bearer = {"Authorization": f"Bearer {key['key']}"}
    order = {"system": "12345", "number": "K-7", "received": iso(-1), "due": iso(40), "words": "兴隆都市馨园社区路灯不亮", "name": "示例·诉求人", "phone": "13800004321"}
    status, first, _ = server.ask("POST", "/api/orders", order, **bearer)
    ok("it sends an order", status == 201 and first["outcome"] == "opened", first)
    status, again, _ = server.ask("POST", "/api/orders", order, **bearer)
    ok("and once more: the same matter", status == 200 and again["outcome"] == "same" and again["id"] == first["id"], again)
    known = json.loads(linli("upstream", "import", sheet(["K-7", minute(-1), minute(40), "兴隆都市馨园社区路灯不亮", "", "", "", "", ""]), "--json").stdout)
    ok("and by the district's sheet: the same matter", known["opened"] == 0, known)
    status, refused, _ = server.ask("POST", "/api/matters", {"words": "路灯不亮", "source": "upstream"}, **bearer)
    ok("an order without its number is refused, and told where to go", status == 422 and refused["field"] == "source" and "/api/orders" in json.dumps(refused), refused)
    return first


def photo(server, who):
    status, up, _ = server.ask("POST", "/api/files", (SOURCE / "t/media/photo.jpg").read_bytes(), "image/jpeg", **who)
    ok("a photo is sent in", status == 201, up)
    return up["token"]


def bundle(server, desk, want_files):
    status, raw, headers = server.ask("GET", "/api/orders/12345/K-7/bundle", **desk)
    if not ok("the bundle comes as one archive", status == 200 and headers["Content-Type"] == "application/zip" and headers["Cache-Control"] == "no-store", (status, headers, raw)):
        return ""
    with zipfile.ZipFile(io.BytesIO(raw)) as z:
        ok("text, fields and what the unit released are in it", z.testzip() is None and z.namelist() == ["reply.txt", "fields.csv", *want_files], z.namelist())
        text, fields = z.read("reply.txt").decode(), z.read("fields.csv").decode("utf-8-sig")
        ok("nobody's name and no contact is", not any(w in text + fields for w in ("示例·诉求人", "13800004321", "138****4321", "chuli", "diaodu")), text + fields)
        ok("each field stands on a line", "K-7" in fields and fields.count("\r\n") == 8, fields)
        for name in want_files:
            ok("a photo tells nothing of the phone", not any(t in z.read(name) for t in (b"Exif", b"GPS", b"InventedPhone")), name)
    return text


def two_at_once(server, desk, other, matter):
    """Both have the same screen before them; one of them looks again."""
    rev = server.ask("GET", f"/api/matters/{matter}", **desk)[2]["ETag"]
    got = []
    body = {"channel": "platform", "time": iso(), "text": "已在平台填报"}

    def press(who):
        got.append(server.ask("POST", f"/api/matters/{matter}/finish_up", body, If_Match=rev, **who)[0])

    both = [threading.Thread(target=press, args=(w,)) for w in (desk, other)]
    for t in both:
        t.start()
    for t in both:
        t.join()
    ok("two say at once that it was pasted back: one is told to look again", sorted(got) in ([200, 409], [200, 412]), got)


def a_life(server):
    desk, other, leader = server.signed_in("diaodu01"), server.signed_in("diaodu03"), server.signed_in("daiban01")
    order = by_key(server, server.signed_in("daiban02"))
    matter = order["id"]
    seen = server.ask("GET", f"/api/matters/{matter}", **desk)[1]
    ok("our deadline is four hours earlier, and the promise not later", order["our_due"] == iso_less(order["upstream_due"], 4) >= seen["due"], (seen["due"], order))
    seen = server.step(desk, matter, "dispatch", {"place": "110101012001001", "subject": "road.lamp", "reason": "问了诉求人，在社区门口"})
    handler = server.signed_in(holder_of(server.ask("GET", f"/api/matters/{matter}", **desk)[1]))
    server.step(handler, matter, "sign", {})
    time.sleep(1.1)
    told = {"channel": "phone", "time": iso(), "outcome": "reached"}
    server.step(handler, matter, "contact", {**told, "files": [photo(server, handler)]})  # of the site, for the office
    status, up, _ = server.ask("POST", "/api/files", (SOURCE / "t/media/photo.jpg").read_bytes(), "image/jpeg")
    status, answer, _ = server.ask("POST", "/api/track/note", {"text": "门口是这样的", "files": [up["token"]]}, X_Tracking_Code=order["code"])
    ok("the reporter sends a photo of their door", status == 200, answer)
    asked = server.step(handler, matter, "ask", {"what": "pause", "reason": "等待配件到货，三天后到"})
    late = server.step(leader, matter, "grant_pause", {"until": iso(72), "reason": "情况属实", "word": "配件到货后即恢复办理"}, want=422)
    ok("a pause does not reach beyond what upstream wants", late.get("field") == "until", late)
    server.step(leader, matter, "refuse", {"reason": "先请上级延长"})
    early = linli("upstream", "reply", "K-7", code=1).stderr
    ok("the reply is not ready yet, and says why", "missing: What was done" in early, early)
    server.step(handler, matter, "answer", {"text": "已更换灯头，电话13800009876可询", "files": [photo(server, handler)]})
    server.step(handler, matter, "amend", {"text": "已更换灯头并测试，电话13800009876可询"})
    server.step(desk, matter, "tell", told)
    text = bundle(server, desk, ["photo-3.jpg"])  # neither the reporter's nor the office's
    ok("the reply says what was done, the number in it is hidden", "已更换灯头并测试，电话138****9876可询" in text, text)
    linli("upstream", "reply", "K-7", "--bundle", ROOT / "reply.zip")
    ok("and from the shell", zipfile.ZipFile(ROOT / "reply.zip").namelist() == ["reply.txt", "fields.csv", "photo-3.jpg"])
    linli("upstream", "reply", "K-7", "--out", ROOT / "folder", lang="zh")
    ok("or as a folder", sorted(p.name for p in (ROOT / "folder").iterdir()) == ["fields.csv", "photo-3.jpg", "reply.txt"])
    ok("a unit does not speak for the town", server.ask("GET", "/api/orders/12345/K-7/bundle", **handler)[0] == 403)
    two_at_once(server, desk, other, matter)
    back = json.loads(linli("upstream", "paste", "--json", stdin=f"工单编号：K-7\n派单类型：重办\n派单时间：{minute(0.02)}\n处理时限：{minute(20)}\n诉求内容：路灯仍然不亮\n").stdout)
    ok("upstream sends it back: the same matter once more", back["outcome"] == "redone" and back["id"] == matter, back)
    again = server.ask("GET", f"/api/orders/12345/K-7", **desk)[1]
    ok("in its second round, by upstream's new deadline", again["round"] == 2 and again["state"] == "dispatched" and again["order_state"] == "redo", again)
    server.step(handler, matter, "sign", {})
    server.step(handler, matter, "answer", {"text": "经查为线路故障，已修复"})
    text = bundle(server, desk, [])
    ok("what went with the first answer does not go twice", "经查为线路故障" in text, text)
    server.step(desk, matter, "reply_up", {"channel": "file", "time": iso()})
    server.step(desk, matter, "tell", {**told, "time": iso()})
    last = server.ask("GET", "/api/orders/12345/K-7", **desk)[1]
    ok("answered twice, both in time", last["order_state"] == "answered" and last["state"] == "closed", last)


def not_ours(server):
    desk = server.signed_in("diaodu03")
    got = json.loads(linli("upstream", "paste", "--json", stdin=f"工单编号：N-1\n派单时间：{minute(-0.1)}\n退单截止时间：{minute(30)}\n处理时限：{minute(60)}\n诉求内容：高架桥面坑洼\n").stdout)
    body = {"reason": "该路段由区里管养", "elsewhere": "区城管委"}
    server.step(desk, got["id"], "return_up", body, want=422)
    server.step(desk, got["id"], "return_up", {**body, "until": iso(24)})
    ok("it is still owed", "N-1" in linli("upstream", "list").stdout)
    server.step(desk, got["id"], "take_back", {"time": iso(), "text": "同意改派"})
    ok("taken back, it is not", "N-1" not in linli("upstream", "list").stdout)


def rings(server):
    """T-1 was due years ago: it has gone up by itself, and the desk is told."""
    desk = server.signed_in("diaodu01")
    for _ in range(60):
        got = server.ask("GET", "/api/orders/12345/T-1", **desk)[1]
        seen = server.ask("GET", f"/api/matters/{got['id']}", **desk)[1]
        if seen["raised"] > 0:
            break
        time.sleep(0.5)
    ok("upstream's deadline ran out: it went up a post", seen["raised"] > 0, seen)


def iso_less(text, hours):
    return (datetime.datetime.fromisoformat(text) - datetime.timedelta(hours=hours)).isoformat()


def holder_of(seen):
    """Who sits at the post of the unit in charge."""
    with open(TOWN / "posts.csv", encoding="utf-8") as f:
        return next(r["holder"] for r in csv.DictReader(f) if r["role"] == "handler" and r["org"] == seen["unit"]["code"])


def whole():
    proof = json.loads(linli("verify", "--json").stdout)
    ok("the store proves whole", proof["ok"], proof)
    for lang, words in (("en", "Orders from upstream"), ("zh", "上级派单")):
        said = linli("report", "upstream", "--from", "2019-12-31", "--to", "2020-02-01", lang=lang).stdout
        ok(f"the figures are told in {lang}, without a name", words in said and "chuli" not in said, said)
    if not POSTGRES:
        raw = b"".join(p.read_bytes() for p in ROOT.iterdir() if p.is_file() and p.name.startswith("town.db"))
        ok("no contact lies open in the store", b"13800001234" not in raw and b"13800004321" not in raw and "测试人".encode() not in raw)


def main():
    try:
        shutil.copytree(SOURCE / "samples/town", TOWN)
        with open(TOWN / "posts.csv", "a", encoding="utf-8") as f: # who gives the system above its key holds the right that it gives
            f.write("clerk-key,窗口岗,clerk,zhb,110101012000,daiban02,,2026-01-01,2028-12-31\n")
        linli("load", TOWN)
        a_sheet_twice()
        pasted()
        server = Server()
        a_life(server)
        not_ours(server)
        rings(server)
        server.stop()
        whole()
    finally:
        if POSTGRES:
            psql(f"DROP SCHEMA t_upstream_{os.getpid()} CASCADE")
        shutil.rmtree(ROOT, ignore_errors=True)
    print(f"1..{count}")
    return failed > 0


sys.exit(main())
