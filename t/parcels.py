#!/usr/bin/env python3
"""Handing over between towns, seen from outside: three towns in one store, and two stores over HTTP.

    t/parcels.py LINLI SOURCE [postgres]

With "postgres" the three towns stand on the server that LINLI_TEST_PG names, and of the two stores one is PostgreSQL, the other SQLite;
skipped (77) when there is none.
"""
import base64
import http.client
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

from answers import Answers

LINLI = os.path.abspath(sys.argv[1])
POSTGRES = sys.argv[3:] == ["postgres"]
ROOT = pathlib.Path(tempfile.mkdtemp(prefix="linli-parcels-"))
A, B, C, D = "990101001000", "990101002000", "990101003000", "990101009000"
NAMES = {A: "甲镇", B: "乙镇", C: "丙镇", D: "上级"}
POINT = {"lat": 39.905, "lon": 116.405}
PASSWORD = "a-long-enough-password"
failed = []


def tell(good, sentence, detail=""):
    if not good:
        failed.append(sentence)
        print(f"not ok - {sentence}\n    {str(detail)[:1800]}", flush=True)
    return good


def until(what, seconds=40):
    """Waits for what() to be true; its last value."""
    value = what()
    end = time.monotonic() + seconds
    while not value and time.monotonic() < end:
        time.sleep(0.1)
        value = what()
    return value


# ---- folders, keys, stores -------------------------------------------------------------------------------------------

def run(*args, codes=(0,), db=None, **env):
    p = subprocess.run([LINLI, *map(str, args), *(("--db", db) if db else ())], capture_output=True, env=environment(**env), timeout=120)
    tell(p.returncode in codes, f"linli {' '.join(map(str, args))}", p.stderr.decode(errors="replace") + p.stdout.decode(errors="replace"))
    return p.stdout.decode()


def environment(**more):
    env = {k: v for k, v in os.environ.items() if not k.startswith("LINLI_")}
    env.update(LINLI_LANG="en", LINLI_KEY=str(ROOT / "vault.key"), **more)
    return env


def folder(code, neighbours):
    """A starter town that knows others: (code, superior, public key)."""
    path = ROOT / code
    if not path.exists():
        run("init", path, "--code", code, "--name", NAMES[code])
    rows = "".join(f'  - {{code: "{c}", name: {{zh: {NAMES[c]}, en: Town {c[8]}}}, superior: "{s}", key: "{k}"}}\n' if s else
                   f'  - {{code: "{c}", name: {{zh: {NAMES[c]}, en: Town {c[8]}}}, key: "{k}"}}\n' for c, s, k in neighbours)
    (path / "neighbours.yaml").write_text("neighbours:\n" + rows, encoding="utf-8")
    return path


def schema(name):
    base = os.environ["LINLI_TEST_PG"]
    psql(f"CREATE SCHEMA {name}")
    schemas.append(name)
    return f"{base}{'&' if '?' in base else '?'}options=-csearch_path%3D{name}"


def psql(sql):
    subprocess.run(["psql", "-q", "-v", "ON_ERROR_STOP=1", "-d", os.environ["LINLI_TEST_PG"], "-c", sql], check=True, capture_output=True)


class Server:
    answers = None

    def __init__(self, db, conf, port=0):
        self.db, self.conf = db, str(conf)
        self.start(port)

    def start(self, port=0):
        self.log = open(ROOT / f"log-{time.monotonic_ns()}", "w+b")
        self.p = subprocess.Popen([LINLI, "serve", "--listen", f"127.0.0.1:{port}", "--db", self.db, "--no-limits", "--parcels", self.conf],
                                  env=environment(), stdout=self.log, stderr=self.log)
        self.port = until(self.port_said)
        if not self.port:
            raise SystemExit("the server did not start: " + self.said())

    def said(self):
        return pathlib.Path(self.log.name).read_bytes().decode(errors="replace")

    def port_said(self):
        words = self.said()
        return int(words.split("http://127.0.0.1:")[1].split(";")[0]) if "Linli serves at http://127.0.0.1:" in words else 0

    def ask(self, town, method, path, body=None, **headers):
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        if data is not None:
            headers["Content-Type"] = "application/json"
        c.request(method, f"/t/{town}{path}", data, {k.replace("_", "-"): v for k, v in headers.items()})
        r = c.getresponse()
        text = r.read().decode()
        cookie, kind = r.getheader("Set-Cookie"), r.getheader("Content-Type", "").split(";")[0]
        c.close()
        try:
            answer = json.loads(text)
        except ValueError:
            answer = text
        if "json" in kind and path != "/api/openapi.json":
            self.hold(town, method, path, r.status, kind, answer)
        return (r.status, answer, cookie) if path == "/api/session" and method == "POST" else (r.status, answer)

    def hold(self, town, method, path, status, kind, answer):
        if not Server.answers:
            Server.answers = Answers(self.ask(town, "GET", "/api/openapi.json")[1])
        wrong = Server.answers.wrong(method, path, status, kind, answer)
        tell(not wrong, f"{method} {path} answers as the document says", f"{wrong} in {answer}")

    def sign_in(self, town, login):
        token = json.loads(run("invite", login, "--town-code", town, "--json", db=self.db))["token"]
        status, answer = self.ask(town, "POST", "/api/invitations/accept", {"token": token, "password": PASSWORD})
        tell(status == 200, "an invitation is accepted", answer)
        status, answer, cookie = self.ask(town, "POST", "/api/session", {"login": login, "password": PASSWORD})
        tell(status == 200, "and opens a session", answer)
        return {"Cookie": cookie.split(";")[0], "X_CSRF_Token": answer["csrf"]}

    def stop(self, sig=signal.SIGTERM):
        self.p.send_signal(sig)
        code = self.p.wait(60)
        said = self.said()
        tell(not any(w in said for w in ("Sanitizer", "runtime error:", "BUG")), "the server says nothing of a crash", said[-3000:])
        return code


class Town:
    """One town's desk and residents."""
    def __init__(self, server, code):
        self.s, self.code = server, code
        self.desk = server.sign_in(code, "desk01")
        self.other = server.sign_in(code, "leader01")

    def report(self, words="路灯坏了，晚上看不见路", **more):
        status, out = self.s.ask(self.code, "POST", "/api/matters", {"words": words, **POINT, **more})
        tell(status == 201, "a matter is opened", out)
        return out

    def act(self, matter, action, body, who=None, want=200, **headers):
        status, out = self.s.ask(self.code, "POST", f"/api/matters/{matter}/{action}", body, **(who or self.desk), **headers)
        tell(status == want, f"{NAMES[self.code]} {action}: {want}", (status, out))
        return out

    def get(self, matter):
        status, out = self.s.ask(self.code, "GET", f"/api/matters/{matter}", **self.desk)
        tell(status == 200, "the desk sees the matter", out)
        return out

    def track(self, code):
        return self.s.ask(self.code, "GET", "/api/track", X_Tracking_Code=code)

    def parcels(self, way="out"):
        status, out = self.s.ask(self.code, "GET", f"/api/parcels?way={way}", **self.desk)
        tell(status == 200, "the list of parcels", out)
        return out["items"]

    def arrived(self, code, state="arrived"):
        """The matter with this tracking code, once it stands there in that state."""
        def look():
            status, out = self.track(code)
            return out if status == 200 and out["state"] == state else None
        out = until(look)
        return tell(out, f"{NAMES[self.code]}: it is {state}", self.track(code)) and out

    def hand_over(self, matter, to, want=200, **more):
        return self.act(matter, "hand_over", {"town": to, "reason": "路灯由该地管护，不属本地", "word": "这盏路灯由乙镇管护，我们已转去并负责催办"}, want=want, **more)


WHY = {"reason": "属于本地管护范围"}
NOT_OURS = {"reason": "该路段不属本地管护", "whose": "甲镇"}


# ---- three towns in one store ----------------------------------------------------------------------------------------

def taken(a, b):
    """A resident's street lamp belongs to the next town: one code, one due day, told once."""
    mine = a.report(phone="13800001234", name="李样例")
    was = a.get(mine["id"])
    a.hand_over(mine["id"], b.code)
    status, seen = a.track(mine["code"])
    tell(status == 200 and seen["state"] == "handing" and seen["elsewhere"]["to"]["code"] == b.code, "the resident sees to whom", seen)
    a.act(mine["id"], "decline", {"reason": "不是我们的", "basis": "无", "elsewhere": "乙镇"}, want=409)
    there = b.arrived(mine["code"])
    tell(there["due"] == was["due"] and there["opened"] == was["opened"], "received-at and due stay", (there["opened"], was["opened"], there["due"], was["due"]))
    whole = b.get(there["id"])
    tell(whole["story"][0]["words"]["words"] == "路灯坏了，晚上看不见路" and "路灯由该地管护" in whole["story"][0]["words"]["handover"] and
         whole["reporter"]["phone"] == "138****1234" and whole["source"] == "handover", "words, reason and contact came along", whole)
    status, out = a.s.ask(a.code, "POST", "/api/track/note", {"text": "是第三根灯杆"}, X_Tracking_Code=mine["code"])
    tell(status == 200, "the resident adds something while it is underway", out)
    tell(until(lambda: "第三根灯杆" in json.dumps(b.get(there["id"]), ensure_ascii=False)), "which comes there too", b.get(there["id"]))
    b.act(there["id"], "accept", WHY)
    tell(until(lambda: a.track(mine["code"])[1]["state"] == "handed_over"), "the sender's matter has ended", a.track(mine["code"]))
    now = b.get(there["id"])
    tell(now["state"] == "dispatched" and now["due"] == was["due"], "the receiver's goes its way, the day the same", (now["state"], now["due"], was["due"]))
    seen = until(lambda: a.track(mine["code"])[1]["elsewhere"].get("there") and a.track(mine["code"])[1])
    tell(seen and seen["elsewhere"]["there"]["unit"] == now["unit"]["name"]["zh"] and seen["elsewhere"]["there"]["due"] == was["due"],
         "the old page follows: state, unit, due", seen)
    tell("李样例" not in json.dumps(seen, ensure_ascii=False) and "城乡" in seen["elsewhere"]["there"]["unit"], "and nothing more", seen)
    def told():
        return [n for n in a.s.ask(a.code, "GET", "/api/track/notices", X_Tracking_Code=mine["code"])[1]["items"] if n["kind"] == "handed"]
    tell(until(told) and len(told()) == 1 and "已由乙镇接收" in told()[0]["text"]["zh"] and "这盏路灯由乙镇管护" in told()[0]["text"]["zh"],
         "the resident is told once to whom and why", told())
    b.act(there["id"], "hand_over", {"town": a.code, "reason": "还是你们的吧", "word": "转回去办理"}, want=422)
    return mine, there


def refused_and_ordered(a, b, d):
    """B does not take it; the superior says whose it is, without a contact; B has it and may not refuse again."""
    mine = a.report("井盖破损，有人绊倒", phone="13800005678")
    a.hand_over(mine["id"], b.code)
    there = b.arrived(mine["code"])
    b.act(there["id"], "turn_down", NOT_OURS)
    up = d.arrived(mine["code"], "disputed")
    tell(d.get(up["id"])["reporter"] is None, "who only rules gets no contact", d.get(up["id"])["reporter"])
    tell("该路段不属本地管护" in json.dumps(d.get(up["id"]), ensure_ascii=False), "and reads why it was not taken", d.get(up["id"])["story"])
    tell(a.track(mine["code"])[1]["state"] == "handing", "the sender's matter is open all the while")
    d.act(up["id"], "rule", {"taker": "receiver", "reason": "该井盖登记在乙镇名下"})
    b.arrived(mine["code"], "placing")
    b.act(there["id"], "turn_down", NOT_OURS, want=409)
    tell(b.get(there["id"])["reporter"]["phone"] == "138****5678", "the contact came with the order")
    tell(until(lambda: a.track(mine["code"])[1]["state"] == "handed_over"), "the sender's matter ends", a.track(mine["code"]))
    tell(until(lambda: any(p["matter"] == up["id"] and p["over"] for p in d.parcels("in"))), "the superior is told that it is over", d.parcels("in"))
    tell("绊倒" not in json.dumps(d.get(up["id"]), ensure_ascii=False), "and has forgotten the words", d.get(up["id"])["story"])


def kept_by_the_sender(a, b, d):
    mine = a.report("树枝挡住了路牌")
    a.hand_over(mine["id"], b.code)
    b.act(b.arrived(mine["code"])["id"], "turn_down", NOT_OURS)
    d.act(d.arrived(mine["code"], "disputed")["id"], "rule", {"taker": "sender", "reason": "路牌由甲镇设置"})
    tell(until(lambda: a.get(mine["id"])["state"] == "dispatched"), "it goes on at the sender's", a.get(mine["id"])["state"])
    a.hand_over(mine["id"], b.code, want=422)  # not to and fro
    tell(until(lambda: "树枝" not in json.dumps(b.get(b.track(mine["code"])[1]["id"]), ensure_ascii=False)), "who did not take it has forgotten it")


def two_at_once(a, b):
    """Two clerks hand over one matter; two at the other town take and refuse it."""
    mine = a.report("垃圾没人清运")
    rev = a.get(mine["id"])["rev"]
    got = []

    def act(town, who, action, body, matter, headers):
        got.append(town.s.ask(town.code, "POST", f"/api/matters/{matter}/{action}", body, **who, **headers)[0])

    def race(*calls):
        got.clear()
        threads = [threading.Thread(target=act, args=c) for c in calls]
        [t.start() for t in threads]
        [t.join() for t in threads]
        return sorted(got)
    over = {"town": b.code, "reason": "该路段由乙镇管护", "word": "已转乙镇办理，由我们催办"}
    seen = {"If_Match": f'"r{rev}"'}
    tell(race((a, a.desk, "hand_over", over, mine["id"], seen), (a, a.other, "hand_over", over, mine["id"], seen)) in ([200, 409], [200, 412]),
         "one hands it over, the other looks again", got)
    there = b.arrived(mine["code"])
    tell(race((b, b.desk, "accept", WHY, there["id"], {}), (b, b.other, "turn_down", NOT_OURS, there["id"], {})) == [200, 409],
         "one decides, the other is told that it is decided", got)
    tell(until(lambda: a.get(mine["id"])["state"] != "handing" or a.parcels()[0]["stage"] == "appeal"), "and the sender hears one answer", a.get(mine["id"])["state"])


def seals(server, a, b):
    """What is sealed for one town is nothing to another, and a bit more or less makes it nothing at all."""
    key = run("parcel", "admit", a.code, "--town-code", b.code, db=server.db).strip()
    bearer = {"Authorization": f"Bearer {key}"}
    status, out = server.ask(b.code, "POST", "/api/parcels", {"from": a.code, "to": b.code, "box": base64.b64encode(b"x" * 400).decode()}, **bearer)
    tell(status == 422 and "box" in json.dumps(out), "a made up parcel does not open", (status, out))
    status, out = server.ask(b.code, "POST", "/api/parcels", {"from": a.code, "to": D, "box": "AAAA"}, **bearer)
    tell(status == 422, "a parcel for another town is not taken", (status, out))
    status, out = server.ask(b.code, "POST", "/api/parcels", {"from": a.code, "to": b.code, "box": "AAAA"})
    tell(status == 401, "nor one from nobody", (status, out))
    tell(server.ask(b.code, "GET", "/api/parcels", **bearer)[0] == 403, "the key reads nothing")
    tell(server.ask(a.code, "POST", "/api/parcels", {"from": b.code, "to": a.code, "box": "AAAA"}, **bearer)[0] == 401, "and is no key in another town")
    tell(server.ask(b.code, "GET", "/api/parcels", **{"Cookie": a.desk["Cookie"]})[0] == 401, "nor is a session of the neighbour")


def proves_whole(db, *codes):
    for code in codes:
        out = json.loads(run("verify", "--json", "--town-code", code, db=db, codes=(0, 1)) or "{}")
        tell(out.get("ok"), f"{NAMES[code]} proves whole", out)


def shown(db, code):
    items = json.loads(run("parcel", "list", "--json", "--town-code", code, db=db))["items"]
    tell(items and {i["stage"] for i in items} >= {"follow", "back"}, "linli parcel lists them", items)
    tell("taken" in run("parcel", "list", "--town-code", code, db=db), "in words too")
    tell(json.loads(run("parcel", "show", items[0]["matter"], "--json", "--town-code", code, db=db))["items"][0]["matter"] == items[0]["matter"], "and one alone")


def main_three(db):
    conf = ROOT / "three.conf"
    keys = {c: run("parcel", "key", c, "--parcels", conf).strip() for c in (A, B, D)}
    tell(conf.stat().st_mode & 0o077 == 0 and keys[A] == run("parcel", "key", A, "--parcels", conf).strip(), "keys are made once, for one's own eyes")
    with open(conf, "a", encoding="utf-8") as f:
        f.write("every: 1\n")
    for code, others in ((A, (B, D)), (B, (A, D)), (D, (A, B))):
        run("load", folder(code, [(c, D if code != D and c != D else "", keys[c]) for c in others]), db=db)
    s = Server(db, conf)
    a, b, d = (Town(s, c) for c in (A, B, D))
    taken(a, b)
    refused_and_ordered(a, b, d)
    kept_by_the_sender(a, b, d)
    two_at_once(a, b)
    seals(s, a, b)
    shown(db, A)
    s.stop()
    proves_whole(db, A, B, D)


# ---- two stores over HTTP --------------------------------------------------------------------------------------------

def main_two(db_a, db_b):
    """Two servers, each with its own keys; the receiver is down when it is sent, the sender is killed when it is answered."""
    confs = {c: ROOT / f"{c}.conf" for c in (A, B)}
    keys = {c: run("parcel", "key", c, "--parcels", confs[c]).strip() for c in (A, B)}
    shutil.rmtree(ROOT / A, ignore_errors=True)
    shutil.rmtree(ROOT / B, ignore_errors=True)
    run("load", folder(A, [(B, "", keys[B])]), db=db_a)
    run("load", folder(B, [(A, "", keys[A])]), db=db_b)
    with open(confs[B], "a", encoding="utf-8") as f:
        f.write("every: 1\n")
    sb = Server(db_b, confs[B])
    key = run("parcel", "admit", A, "--town-code", B, db=db_b).strip()
    with open(confs[A], "a", encoding="utf-8") as f:
        f.write(f'every: 1\nlinks:\n  - {{from: "{A}", to: "{B}", url: "http://127.0.0.1:{sb.port}/t/{B}", key: {key}}}\n')
    sa = Server(db_a, confs[A])
    a, b, port = Town(sa, A), Town(sb, B), sb.port
    sb.stop(signal.SIGKILL)
    mine = a.report(phone="13800001234")
    was = a.get(mine["id"])
    a.hand_over(mine["id"], B)
    tell(until(lambda: a.parcels() and a.parcels()[0]["error"] == "unreachable"), "a town that is down is tried again", a.parcels())
    sb.start(port)
    there = b.arrived(mine["code"])
    tell(b.get(there["id"])["reporter"]["phone"] == "138****1234" and there["due"] == was["due"], "and gets it when it is back", there)
    sa.stop(signal.SIGKILL)
    b.act(there["id"], "accept", WHY)
    sa.start()
    tell(until(lambda: a.track(mine["code"])[1]["state"] == "handed_over", 200), "a sender that was killed hears of it later", a.track(mine["code"]))
    tell(len([p for p in b.parcels("in")]) == 1, "one parcel, one matter", b.parcels("in"))
    seen = a.track(mine["code"])[1]["elsewhere"]["there"]
    tell(seen["open"] and seen["due"] == was["due"], "the old page follows across", seen)
    b.act(there["id"], "hand_over", {"town": A, "reason": "还是你们的吧", "word": "转回去办理"}, want=422)
    # refused, and nobody is above both: it comes back
    other = a.report("路面塌了一块")
    a.hand_over(other["id"], B)
    b.act(b.arrived(other["code"])["id"], "turn_down", NOT_OURS)
    tell(until(lambda: a.get(other["id"])["state"] == "dispatched"), "without a superior it comes back", a.get(other["id"])["state"])
    sa.stop()
    sb.stop()
    proves_whole(db_a, A)
    proves_whole(db_b, B)


schemas = []
try:
    if POSTGRES and (not os.environ.get("LINLI_TEST_PG") or not shutil.which("psql")):
        print("skipped: no LINLI_TEST_PG or no psql")
        raise SystemExit(77)
    main_three(schema(f"t_parcels_{os.getpid()}") if POSTGRES else f"sqlite:{ROOT}/three.db")
    main_two(f"sqlite:{ROOT}/one.db", schema(f"t_parcels_two_{os.getpid()}") if POSTGRES else f"sqlite:{ROOT}/two.db")
finally:
    for name in schemas:
        psql(f"DROP SCHEMA IF EXISTS {name} CASCADE")
    shutil.rmtree(ROOT, ignore_errors=True)
print(f"{len(failed)} failed" if failed else "all well")
sys.exit(1 if failed else 0)
