#!/usr/bin/env python3
"""A running server, seen from outside: started, asked, killed, started again; beside it the commands of an operator.

    t/serve.py LINLI SOURCE [postgres]

With "postgres" the same on the server that LINLI_TEST_PG names, in a schema of its own; skipped (77) when there is none.
"""
import http.client
import json
import shutil
import subprocess
import threading
import time
import urllib.parse
import xml.etree.ElementTree

from house import DB, LINLI, POINT, POSTGRES, ROOT, SAMPLE, Server, environment, play, run, signed_in, tell, until


# ---- sentences ---------------------------------------------------------------------------------------------------------

def health(server):
    status, answer, _ = server.ask("GET", "/health")
    tell(status == 200 and answer["parts"]["engine"] == ("postgres" if POSTGRES else "sqlite"), "it says how it is", answer)
    for path, want in (("/docs", "matter.open"), ("/metrics", "linli_store_commits_total"), ("/api/openapi.json", None)):
        status, answer, _ = server.ask("GET", path)
        tell(status == 200 and (want is None or want in str(answer)), f"{path} answers", answer)


def killed_and_back(server):
    mine = server.open_matter(phone="13800005678", name="测试人")
    server.kill()
    server = Server("--town", SAMPLE)
    status, answer, _ = server.ask("GET", "/api/track", X_Tracking_Code=mine["code"])
    tell(status == 200 and answer["id"] == mine["id"], "after kill -9 the matter is there", answer)
    return server


def storm(server):
    """Eight clients open without pause, then the power goes: whatever was answered 201 must be there."""
    known, lock = [], threading.Lock()

    def client(n):
        c = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        try:
            for i in range(10000):
                c.request("POST", "/api/matters", json.dumps({"words": f"第{n}个人的第{i}件事：垃圾没有清运", **POINT}).encode(),
                          {"Content-Type": "application/json"})
                r = c.getresponse()
                answer = json.loads(r.read())
                if r.status == 201:
                    with lock:
                        known.append(answer["code"])
        except (OSError, http.client.HTTPException, ValueError):
            pass

    threads = [threading.Thread(target=client, args=(n,)) for n in range(8)]
    for t in threads:
        t.start()
    time.sleep(1.5)
    server.kill()
    for t in threads:
        t.join()
    server = Server()
    lost = [code for code in known if server.ask("GET", "/api/track", X_Tracking_Code=code)[0] != 200]
    tell(len(known) > 10, "the storm opened some", len(known))
    tell(not lost, f"none of {len(known)} answered matters is lost", lost[:3])
    return server


def a_day(server):
    """Invitation, session, every step, and the live stream."""
    handler, desk = signed_in(server, "chuli04"), signed_in(server, "diaodu01")
    stream = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    stream.request("GET", "/api/live", headers={"Cookie": desk["Cookie"]})
    live = stream.getresponse()
    tell(live.status == 200 and live.getheader("Content-Type").startswith("text/event-stream"), "the desk listens", live.status)
    mine = server.open_matter("井盖松动，半夜一直响", subject="water.manhole", phone="13800005678")
    heard = b""
    while mine["id"].encode() not in heard:
        line = live.readline()
        if not line:
            break
        heard += line
    tell(mine["id"].encode() in heard and "井盖".encode() not in heard, "a new matter is heard of, by its id alone", heard)
    stream.close()
    time.sleep(1.1)  # a time in whole seconds, after the matter was opened
    now = time.strftime("%Y-%m-%dT%H:%M:%S+08:00", time.gmtime(time.time() + 8 * 3600))
    told = {"channel": "phone", "time": now, "outcome": "reached"}
    at = f"/api/matters/{mine['id']}"
    for who, step, body in ((handler, "sign", {}), (handler, "contact", told), (handler, "answer", {"text": "已更换井盖并加垫"}),
                            (desk, "tell", told)):
        status, answer, _ = server.ask("POST", f"{at}/{step}", body, **who)
        tell(status == 200, f"step {step}", answer)
    status, answer, _ = server.ask("POST", "/api/track/rate", {"solved": "yes", "satisfied": 5}, X_Tracking_Code=mine["code"])
    tell(status == 200, "the reporter rates it", answer)
    status, answer, _ = server.ask("GET", f"{at}/why", **desk)
    tell(status == 200 and answer["unit"] == "cgb", "why here", answer)


def lists_have_rows(server):
    """What an auditor, the desk and anybody read of matters that ended: each list with a row, so that its shape is held."""
    handler, desk, auditor = (signed_in(server, login) for login in ("chuli04", "diaodu01", "daiban03"))
    gone, call = (server.open_matter("井盖松动", subject="water.manhole", phone="13800005678")["id"] for _ in "ab")
    time.sleep(1.1)
    now = time.strftime("%Y-%m-%dT%H:%M:%S+08:00", time.gmtime(time.time() + 8 * 3600))
    told = {"channel": "phone", "time": now, "outcome": "reached"}
    for who, step, body in ((handler, "sign", {}), (handler, "contact", told), (handler, "answer", {"text": "已更换井盖"}), (desk, "tell", told)):
        for matter in (gone, call):
            status, answer, _ = server.ask("POST", f"/api/matters/{matter}/{step}", body, **who)
            tell(status == 200, f"step {step}", answer)
    status, answer, _ = server.ask("POST", f"/api/matters/{gone}/erasure", {}, **desk)
    tell(status == 200 and answer["entries"] > 0, "one is erased", answer)
    for path, key, who in (("/api/erasures", "items", auditor), ("/api/retention", "classes", auditor), ("/api/callbacks", "items", desk)):
        tell(until(lambda: server.ask("GET", path, **who)[1].get(key), 10), f"{path} has a row", server.ask("GET", path, **who))


def heard_of(live, matter, seconds=20):
    """Whether the stream says that the matter changed."""
    told, heard, end = f"event: matter.changed\ndata: {{\"id\":\"{matter}\"}}\n".encode(), b"", time.monotonic() + seconds
    while told not in heard and time.monotonic() < end:
        heard += live.readline()
    return told in heard


def what_leaves_is_heard_of(server):
    """A matter that goes to another unit is told to the one that had it, by its id alone: it goes from their list."""
    handler, desk = signed_in(server, "chuli04"), signed_in(server, "diaodu01")
    mine = server.open_matter("井盖又松了", subject="water.manhole")
    tell(until(lambda: server.ask("GET", f"/api/matters/{mine['id']}", **handler)[0] == 200), "it is with the handler's unit")
    stream = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    stream.request("GET", "/api/live", headers={"Cookie": handler["Cookie"]})
    live = stream.getresponse()
    while heard_of(live, mine["id"], 2):
        pass  # until nothing comes any more but the heartbeat, which is later
    status, answer, _ = server.ask("POST", f"/api/matters/{mine['id']}/assign", {"unit": "yjb", "reason": "属应急办职责"}, **desk)
    tell(status == 200 and answer["unit"]["code"] == "yjb", "it goes to another unit", answer)
    tell(heard_of(live, mine["id"]), "and the unit that had it hears of it")
    tell(server.ask("GET", f"/api/matters/{mine['id']}", **handler)[0] == 404, "which may not see it any more")
    stream.close()


def keyed(server, name, *rights):
    """A key for another system, given out by who manages keys and holds these rights."""
    boss = signed_in(server, "diaodu01")
    status, answer, _ = server.ask("POST", "/api/keys", {"name": name, "rights": list(rights)}, **boss)
    tell(status == 201, "a key is made", answer)
    return answer.get("key", "")


def form(server, path, fields):
    c = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        c.request("POST", path, urllib.parse.urlencode(fields), {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"})
        r = c.getresponse()
        return r.status, xml.etree.ElementTree.fromstring(r.read()), dict(r.getheaders())
    finally:
        c.close()


def another_system(server):
    """Open311 as a client of it would: it looks for the endpoint, files, follows, adds, and is told."""
    key = keyed(server, "fms", "matter.open")
    status, answer, _ = server.ask("GET", "/open311/v2/discovery.json")
    tell(status == 200 and urllib.parse.urlparse(answer["endpoints"][0]["url"]).path == "/open311/v2/", "the endpoint is found", answer)
    status, text, headers = server.ask("GET", "/open311/v2/services.xml")
    listed = [s.findtext("service_code") for s in xml.etree.ElementTree.fromstring(text.encode()).findall("service")]
    tell(headers["Content-Type"] == "text/xml; charset=utf-8" and "water.manhole" in listed, "so are the services", text)
    fields = {"api_key": key, "service_code": "water.manhole", "lat": "39.898600", "long": "116.405900", "description": "井盖松动\r\n半夜一直响", "phone": "13800005678"}
    status, answer, _ = form(server, "/open311/v2/requests.xml", fields)
    mine = answer.findtext("request/service_request_id")
    tell(status == 200 and mine, "a request is filed", xml.etree.ElementTree.tostring(answer))
    status, answer, _ = server.ask("GET", f"/open311/v2/requests/{mine}.json")
    tell(status == 200 and answer[0]["status"] == "open" and answer[0]["description"] is None, "and everybody may see how it stands", answer)
    status, answer, _ = server.ask("GET", "/open311/v2/requests.json?service_code=water.manhole")
    deadline = time.time() + 10
    while mine not in [r["service_request_id"] for r in answer] and time.time() < deadline:
        time.sleep(0.2)
        status, answer, _ = server.ask("GET", "/open311/v2/requests.json?service_code=water.manhole")
    tell(mine in [r["service_request_id"] for r in answer], "it comes into the list", answer)
    handler = signed_in(server, "chuli04")
    server.ask("POST", f"/api/matters/{mine}/sign", {}, **handler)
    status, answer, _ = server.ask("GET", f"/open311/v2/servicerequestupdates.json?api_key={key}")
    tell(status == 200 and [u["external_status_code"] for u in answer] == ["received"], "what becomes of it is told", answer)
    status, answer, _ = form(server, "/open311/v2/servicerequestupdates.xml", {"api_key": key, "service_request_id": mine, "update_id": "1", "status": "open",
                             "updated_datetime": "2026-11-23T09:00:00+08:00", "description": "还在响"})
    tell(status == 200 and answer.findtext("request_update/update_id") == "1", "and what the reporter adds goes in", xml.etree.ElementTree.tostring(answer))
    status, answer, _ = form(server, "/open311/v2/requests.xml", {**fields, "api_key": "lk_wrong"})
    tell(status == 403 and answer.findtext("error/code") == "403", "without a key nothing is filed", xml.etree.ElementTree.tostring(answer))
    out = run("call", "open311.request", "--param", "format=xml", "--param", f"service_request_id={mine}").stdout
    tell(xml.etree.ElementTree.fromstring(out).findtext("request/service_code") == "water.manhole", "linli call reads it too", out)


def beside_a_server(server):
    """What an operator does while it serves."""
    out = run("load", SAMPLE)
    tell(b"version 1" in out.stderr, "the same folder again is the same version", out.stderr)
    other = ROOT / "other"
    shutil.copytree(SAMPLE, other)
    with open(other / "things.csv", "a", encoding="utf-8") as f:
        f.write("lamp-999,lamp,110101012001001,,,u-lamp,u-lamp,\n")
    with open(other / "posts.csv", "a", encoding="utf-8") as f:  # who gives out a key for a right holds it
        f.write("admin-2,接口管理岗,admin,zhb,110101012000,diaodu01,,2026-01-01,2028-12-31\n")
    out = run("load", other)
    tell(b"version 2" in out.stderr, "a changed folder is loaded while it serves", out.stderr)
    deadline = time.time() + 10
    while time.time() < deadline and server.ask("GET", "/api/town")[1]["version"] != 2:
        time.sleep(0.2)
    tell(server.ask("GET", "/api/town")[1]["version"] == 2, "and served at once", server.ask("GET", "/api/town")[1])
    tell(server.open_matter("这个灯不亮", thing="lamp-999")["answered_by"]["unit"]["code"] == "u-lamp", "with what is new in it")
    run("invite", "nobody-at-all", codes=(2,))
    answer = json.loads(run("call", "who.answers", "--param", "subject=water.manhole", "--param", "place=110101012001001").stdout)
    tell(answer["unit"]["code"] == "cgb", "linli call asks a route by its name", answer)
    answer = run("call", "matter.open", stdin='{"words":"好"}'.encode(), codes=(1,)).stdout
    tell(json.loads(answer)["field"] == "words", "and its exit code says when it is a problem", answer)
    request = b"GET /api/town HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    answer = run("http", stdin=request).stdout
    tell(answer.startswith(b"HTTP/1.1 200 ") and b'"code":"110101012000"' in answer, "linli http answers one request without a socket", answer)
    figures = json.loads(run("report", "flow", "--by", "unit", "--json").stdout)
    tell(figures["rows"] and all(r["cells"] > 1 or r["sent"] for r in figures["rows"]), "linli report flow tells how matters find their unit", figures)
    figures = json.loads(run("report", "sources", "--json").stdout)
    tell("web" in [r["source"] for r in figures["rows"]], "linli report sources tells by which way they came", figures)
    figures = json.loads(run("report", "rates", "--json").stdout)
    tell(isinstance(figures, dict) and figures, "linli report gives figures", figures)


def second_writer():
    p = subprocess.run([LINLI, "serve", "--listen", "127.0.0.1:0", "--db", DB], capture_output=True, env=environment(), timeout=60)
    tell(p.returncode == 3 and p.stderr.strip(), "a second server on one file is refused, and says why", (p.returncode, p.stderr))


def two_servers(first):
    """On PostgreSQL any number may serve."""
    second = Server()
    mine = first.open_matter()
    status, answer, _ = second.ask("GET", "/api/track", X_Tracking_Code=mine["code"])
    tell(status == 200 and answer["id"] == mine["id"], "what one server wrote the other reads", answer)
    tell(second.stop() == 0, "the second stops in order")


def sealed(answer):
    return answer["sealed"] == answer["events"]


def verified(what, db=None, wait=True):
    for _ in range(50 if wait else 1):
        answer = json.loads(run("verify", "--json", db=db, codes=(0, 1)).stdout)
        if not answer["ok"] or sealed(answer):
            break
        time.sleep(0.2)
    tell(answer["ok"] and answer["matters"] > 0 and (sealed(answer) or not wait), f"{what} proves whole", answer)
    return answer


def backed_up():
    run("backup", ROOT / "copy.db")
    copy = verified("the copy", f"sqlite:{ROOT}/copy.db", wait=False)
    run("backup", ROOT / "copy.db", codes=(3,))
    return copy


def tampered():
    """A copy in which somebody gave better marks."""
    import sqlite3
    shutil.copy(ROOT / "copy.db", ROOT / "bent.db")
    with sqlite3.connect(ROOT / "bent.db") as db:
        db.execute("UPDATE matter_case SET satisfied = 1 WHERE satisfied = 5")
    p = run("verify", "--json", db=f"sqlite:{ROOT}/bent.db", codes=(1,))
    tell(json.loads(p.stdout)["ok"] is False, "marks made worse behind our back are found", p.stdout)
    p = run("verify", db=f"sqlite:{ROOT}/bent.db", codes=(1,))
    tell(b"does not say what its events say" in p.stdout + p.stderr, "and told in a sentence", p.stdout)


def stops_in_order(server):
    """Those under way are answered; the next finds nobody."""
    answers = []

    def slow():
        try:
            answers.append(server.ask("POST", "/api/matters", {"words": "小区门口的垃圾没有清运", **POINT})[0])
        except (OSError, http.client.HTTPException):
            answers.append(0)

    threads = [threading.Thread(target=slow) for _ in range(8)]
    for t in threads:
        t.start()
    code = server.stop()
    for t in threads:
        t.join()
    tell(code == 0, "it stops with exit 0", (code, server.said()[-600:]))
    tell(all(a in (0, 201, 503) for a in answers), "each request was answered or refused, none half done", answers)
    if not POSTGRES:
        tell(not (ROOT / "linli.db.sock").exists(), "and takes its socket with it")


def serves_what_was_loaded():
    server = Server("--town", SAMPLE)
    tell("differs from what is loaded" in server.said(), "a folder that differs is told, not loaded", server.said())
    tell(server.ask("GET", "/api/town")[1]["version"] == 2, "what was loaded is served")
    return server


def cookies_where_tls_ends():
    """At the proxy TLS is seen only by the address that people use: a session is then never sent in the clear."""
    for more, secure in (((), False), (("--public-url", "https://linli.example"), True)):
        server = Server(*more)
        status, answer, headers = server.ask("POST", "/api/session", {"login": "chuli04", "password": "a-long-enough-password"})
        tell(status == 200 and ("; Secure" in headers["Set-Cookie"]) == secure, f"a session's cookie {'is' if secure else 'is not'} for TLS alone", headers["Set-Cookie"].split(";")[1:])
        server.stop()


def main():
    server = Server("--town", SAMPLE)
    health(server)
    server = killed_and_back(server)
    a_day(server)
    what_leaves_is_heard_of(server)
    lists_have_rows(server)
    beside_a_server(server)
    another_system(server)
    (two_servers(server) if POSTGRES else second_writer())
    server = storm(server)
    verified("the running store")
    stops_in_order(server)
    server = serves_what_was_loaded()
    if not POSTGRES:
        backed_up()
    tell(server.stop() == 0, "a server that did nothing stops too")
    cookies_where_tls_ends()
    verified("the store at rest", wait=False)
    if not POSTGRES:
        tampered()


play(main)
