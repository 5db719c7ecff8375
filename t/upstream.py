#!/usr/bin/env python3
"""Orders from upstream, as the desk lives them: the district's sheet in GB18030 taken in twice, a row that cannot be read, one order pasted, one
by another system's key; a unit answers with a photo, upstream gets text and bundle, sends it back, is answered again; two at the desk at once;
what upstream waited for too long rings; and the store proves whole.

    t/upstream.py LINLI SOURCE [postgres]

With "postgres" the same on the server that LINLI_TEST_PG names, in a schema of its own; skipped (77) when there is none.
"""
import csv
import datetime
import io
import json
import shutil
import threading
import time
import zipfile

import house
from house import POSTGRES, ROOT, SAMPLE, SOURCE, play, run, tell, until

TOWN = ROOT / "town"


def linli(*args, stdin=None, code=0, lang="en"):
    p = run(*args, stdin=(stdin or "").encode(), codes=(code,), LINLI_LANG=lang)
    p.stdout, p.stderr = p.stdout.decode(), p.stderr.decode()
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
    tell((look["rows"], look["accepted"], look["rejected"], look["opened"]) == (3, 2, 1, 2), "a look says what would happen", look)
    tell(look["by_reason"] == {"due": 1} and look["rejects"][0]["line"] == 5, "and names the row and the field", look)
    tell("T-1" not in linli("upstream", "list").stdout, "and writes nothing")
    first = json.loads(linli("upstream", "import", book, "--json", code=1).stdout)
    tell(first["opened"] == 2 and first["rejected"] == 1, "two matters are opened", first)
    again = json.loads(linli("upstream", "import", book, "--json", code=1).stdout)
    tell(again["opened"] == 0 and again["same"] == 2, "the same sheet again changes nothing", again)
    more = json.loads(linli("upstream", "import", sheet([*OLD[:3], "小区门口的垃圾没有清运，有异味", *OLD[4:]], PLAIN), "--json").stdout)
    tell(more["noted"] == 1 and more["same"] == 1, "what was added is noted", more)
    said = linli("upstream", "import", ROOT / "orders.csv").stdout
    tell("2 rows: 0 opened, 2 known and unchanged" in said, "people read it as a sentence", said)
    said = linli("upstream", "import", ROOT / "orders.csv", lang="zh").stdout
    tell("2 行：新开 0" in said, "in Chinese too", said)
    (ROOT / "other.csv").write_text("编号,内容\n1,路灯不亮\n", "utf-8")
    said = linli("upstream", "import", ROOT / "other.csv", code=3).stderr
    tell("upstreams.yaml" in said and "工单编号" in said, "a sheet of somebody else is refused, with the headings that are missing", said)


def pasted():
    got = json.loads(linli("upstream", "paste", "--json", stdin="工单编号：T-4\n派单时间：2020-01-06 10:00\n诉求内容：楼道里堆了杂物\n").stdout)
    tell(got["outcome"] == "opened" and got["code"], "copied text opens one too, with a code", got)
    wrong = linli("upstream", "paste", stdin="请尽快处理\n", code=3).stderr
    tell("label" in wrong, "text without a known label is refused with a sentence", wrong)
    wrong = linli("upstream", "paste", stdin="请尽快处理\n", code=3, lang="zh").stderr
    tell("标题" in wrong, "in Chinese too", wrong)
    listed = linli("upstream", "list").stdout
    tell(listed.splitlines()[0].startswith("12345 T-1") and len(listed.splitlines()) == 3, "the nearest deadline is on top", listed)
    reply = linli("upstream", "reply", "T-1", "--out", ROOT / "out", code=1)
    tell("missing: What was done (result)" in reply.stderr, "the reply names what is missing", reply.stderr)
    text = (ROOT / "out/reply.txt").read_text()
    tell(text.startswith("工单编号：T-1"), "and is written into the folder", text)
    tell("13800001234" not in text and "测试人" not in text, "without the reporter's contact", text)
    tell("number" in linli("upstream", "reply", "T-9", code=3).stderr.lower(), "an unknown number is refused")
    report = json.loads(linli("report", "upstream", "--from", "2020-01-01", "--to", "2020-01-31", "--json").stdout)["rows"][0]
    tell((report["orders"], report["open"], report["overdue"]) == (3, 3, 1), "the figures count them", report)


# ---- the house at work ---------------------------------------------------------------------------------------------------

class Server(house.Server):
    def __init__(self):
        super().__init__("--town", str(TOWN))

    def signed_in(self, login):
        token = json.loads(linli("invite", login, "--json").stdout)["token"]
        self.ask("POST", "/api/invitations/accept", {"token": token, "password": "a-long-enough-password"})
        status, answer, headers = self.ask("POST", "/api/session", {"login": login, "password": "a-long-enough-password"})
        tell(status == 200, f"{login} is signed in", answer)
        return {"Cookie": headers["Set-Cookie"].split(";")[0], "X_CSRF_Token": answer["csrf"]}

    def step(self, who, matter, action, body, want=200, **headers):
        status, answer, _ = self.ask("POST", f"/api/matters/{matter}/{action}", body, **who, **headers)
        tell(status == want, f"{action}: {want}", (status, answer))
        return answer


def by_key(server, desk_head):
    """The district's system sends with a key that may do that and nothing else."""
    status, key, _ = server.ask("POST", "/api/keys", {"name": "district", "rights": ["matter.open"]}, **desk_head)
    tell(status == 201, "a key for the system above is made", key)
    bearer = {"Authorization": f"Bearer {key['key']}"}
    order = {"system": "12345", "number": "K-7", "received": iso(-1), "due": iso(40), "words": "兴隆都市馨园社区路灯不亮", "name": "示例·诉求人", "phone": "13800004321"}
    status, first, _ = server.ask("POST", "/api/orders", order, **bearer)
    tell(status == 201 and first["outcome"] == "opened", "it sends an order", first)
    status, again, _ = server.ask("POST", "/api/orders", order, **bearer)
    tell(status == 200 and again["outcome"] == "same" and again["id"] == first["id"], "and once more: the same matter", again)
    known = json.loads(linli("upstream", "import", sheet(["K-7", minute(-1), minute(40), "兴隆都市馨园社区路灯不亮", "", "", "", "", ""]), "--json").stdout)
    tell(known["opened"] == 0, "and by the district's sheet: the same matter", known)
    status, refused, _ = server.ask("POST", "/api/matters", {"words": "路灯不亮", "source": "upstream"}, **bearer)
    tell(status == 422 and refused["field"] == "source" and "/api/orders" in json.dumps(refused), "an order without its number is refused, and told where to go", refused)
    return first


def photo(server, who):
    status, up, _ = server.ask("POST", "/api/files", (SOURCE / "t/media/photo.jpg").read_bytes(), "image/jpeg", **who)
    tell(status == 201, "a photo is sent in", up)
    return up["token"]


def bundle(server, desk, want_files):
    status, raw, headers = server.ask("GET", "/api/orders/12345/K-7/bundle", **desk)
    if not tell(status == 200 and headers["Content-Type"] == "application/zip" and headers["Cache-Control"] == "no-store", "the bundle comes as one archive", (status, headers, raw)):
        return ""
    with zipfile.ZipFile(io.BytesIO(raw)) as z:
        tell(z.testzip() is None and z.namelist() == ["reply.txt", "fields.csv", *want_files], "text, fields and what the unit released are in it", z.namelist())
        text, fields = z.read("reply.txt").decode(), z.read("fields.csv").decode("utf-8-sig")
        tell(not any(w in text + fields for w in ("示例·诉求人", "13800004321", "138****4321", "chuli", "diaodu")), "nobody's name and no contact is", text + fields)
        tell("K-7" in fields and fields.count("\r\n") == 8, "each field stands on a line", fields)
        for name in want_files:
            tell(len(z.read(name)) > 5000, "a photo is in it whole", name)
            tell(not any(t in z.read(name) for t in (b"Exif", b"GPS", b"InventedPhone")), "a photo tells nothing of the phone", name)
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
    tell(sorted(got) in ([200, 409], [200, 412]), "two say at once that it was pasted back: one is told to look again", got)


def a_life(server):
    desk, other, leader = server.signed_in("diaodu01"), server.signed_in("diaodu03"), server.signed_in("daiban01")
    order = by_key(server, server.signed_in("daiban02"))
    matter = order["id"]
    seen = server.ask("GET", f"/api/matters/{matter}", **desk)[1]
    tell(order["our_due"] == iso_less(order["upstream_due"], 4) >= seen["due"], "our deadline is four hours earlier, and the promise not later", (seen["due"], order))
    seen = server.step(desk, matter, "dispatch", {"place": "110101012001001", "subject": "road.lamp", "reason": "问了诉求人，在社区门口"})
    handler = server.signed_in(holder_of(server.ask("GET", f"/api/matters/{matter}", **desk)[1]))
    server.step(handler, matter, "sign", {})
    time.sleep(1.1)
    told = {"channel": "phone", "time": iso(), "outcome": "reached"}
    server.step(handler, matter, "contact", {**told, "files": [photo(server, handler)]})  # of the site, for the office
    status, up, _ = server.ask("POST", "/api/files", (SOURCE / "t/media/photo.jpg").read_bytes(), "image/jpeg")
    status, answer, _ = server.ask("POST", "/api/track/note", {"text": "门口是这样的", "files": [up["token"]]}, X_Tracking_Code=order["code"])
    tell(status == 200, "the reporter sends a photo of their door", answer)
    asked = server.step(handler, matter, "ask", {"what": "pause", "reason": "等待配件到货，三天后到"})
    late = server.step(leader, matter, "grant_pause", {"until": iso(72), "reason": "情况属实", "word": "配件到货后即恢复办理"}, want=422)
    tell(late.get("field") == "until", "a pause does not reach beyond what upstream wants", late)
    server.step(leader, matter, "refuse", {"reason": "先请上级延长"})
    early = linli("upstream", "reply", "K-7", code=1).stderr
    tell("missing: What was done" in early, "the reply is not ready yet, and says why", early)
    server.step(handler, matter, "answer", {"text": "已更换灯头，电话13800009876可询", "files": [photo(server, handler)]})
    server.step(handler, matter, "amend", {"text": "已更换灯头并测试，电话13800009876可询"})
    server.step(desk, matter, "tell", told)
    text = bundle(server, desk, ["photo-3.jpg"])  # neither the reporter's nor the office's
    tell("已更换灯头并测试，电话138****9876可询" in text, "the reply says what was done, the number in it is hidden", text)
    linli("upstream", "reply", "K-7", "--bundle", ROOT / "reply.zip")
    tell(zipfile.ZipFile(ROOT / "reply.zip").namelist() == ["reply.txt", "fields.csv", "photo-3.jpg"], "and from the shell")
    linli("upstream", "reply", "K-7", "--out", ROOT / "folder", lang="zh")
    tell(sorted(p.name for p in (ROOT / "folder").iterdir()) == ["fields.csv", "photo-3.jpg", "reply.txt"], "or as a folder")
    tell(server.ask("GET", "/api/orders/12345/K-7/bundle", **handler)[0] == 403, "a unit does not speak for the town")
    two_at_once(server, desk, other, matter)
    back = json.loads(linli("upstream", "paste", "--json", stdin=f"工单编号：K-7\n派单类型：重办\n派单时间：{minute(0.02)}\n处理时限：{minute(20)}\n诉求内容：路灯仍然不亮\n").stdout)
    tell(back["outcome"] == "redone" and back["id"] == matter, "upstream sends it back: the same matter once more", back)
    again = server.ask("GET", f"/api/orders/12345/K-7", **desk)[1]
    tell(again["round"] == 2 and again["state"] == "dispatched" and again["order_state"] == "redo", "in its second round, by upstream's new deadline", again)
    server.step(handler, matter, "sign", {})
    server.step(handler, matter, "answer", {"text": "经查为线路故障，已修复"})
    text = bundle(server, desk, [])
    tell("经查为线路故障" in text, "what went with the first answer does not go twice", text)
    server.step(desk, matter, "reply_up", {"channel": "file", "time": iso()})
    server.step(desk, matter, "tell", {**told, "time": iso()})
    last = server.ask("GET", "/api/orders/12345/K-7", **desk)[1]
    tell(last["order_state"] == "answered" and last["state"] == "closed", "answered twice, both in time", last)


def not_ours(server):
    desk = server.signed_in("diaodu03")
    got = json.loads(linli("upstream", "paste", "--json", stdin=f"工单编号：N-1\n派单时间：{minute(-0.1)}\n退单截止时间：{minute(30)}\n处理时限：{minute(60)}\n诉求内容：高架桥面坑洼\n").stdout)
    body = {"reason": "该路段由区里管养", "elsewhere": "区城管委"}
    server.step(desk, got["id"], "return_up", body, want=422)
    server.step(desk, got["id"], "return_up", {**body, "until": iso(24)})
    tell("N-1" in linli("upstream", "list").stdout, "it is still owed")
    server.step(desk, got["id"], "take_back", {"time": iso(), "text": "同意改派"})
    tell("N-1" not in linli("upstream", "list").stdout, "taken back, it is not")


def rings(server):
    """T-1 was due years ago: it has gone up by itself, and the desk is told."""
    desk = server.signed_in("diaodu01")
    matter = server.ask("GET", "/api/orders/12345/T-1", **desk)[1]["id"]
    raised = until(lambda: server.ask("GET", f"/api/matters/{matter}", **desk)[1]["raised"])
    tell(raised, "upstream's deadline ran out: it went up a post", raised)


def iso_less(text, hours):
    return (datetime.datetime.fromisoformat(text) - datetime.timedelta(hours=hours)).isoformat()


def holder_of(seen):
    """Who sits at the post of the unit in charge."""
    with open(TOWN / "posts.csv", encoding="utf-8") as f:
        return next(r["holder"] for r in csv.DictReader(f) if r["role"] == "handler" and r["org"] == seen["unit"]["code"])


def whole():
    proof = json.loads(linli("verify", "--json").stdout)
    tell(proof["ok"], "the store proves whole", proof)
    for lang, words in (("en", "Orders from upstream"), ("zh", "上级派单")):
        said = linli("report", "upstream", "--from", "2019-12-31", "--to", "2020-02-01", lang=lang).stdout
        tell(words in said and "chuli" not in said, f"the figures are told in {lang}, without a name", said)
    if not POSTGRES:
        raw = b"".join(p.read_bytes() for p in ROOT.iterdir() if p.is_file() and p.name.startswith("linli.db"))
        tell(raw and b"13800001234" not in raw and b"13800004321" not in raw and "测试人".encode() not in raw, "no contact lies open in the store")


def main():
    shutil.copytree(SAMPLE, TOWN)
    with open(TOWN / "posts.csv", "a", encoding="utf-8") as f:  # who gives the system above its key holds the right that it gives
        f.write("clerk-key,窗口岗,clerk,zhb,110101012000,daiban02,,2026-01-01,2028-12-31\n")
    linli("load", TOWN)
    a_sheet_twice()
    pasted()
    server = Server()
    a_life(server)
    not_ours(server)
    rings(server)
    tell(server.stop() == 0, "the server stops in order")
    whole()


play(main)
