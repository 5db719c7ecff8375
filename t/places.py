#!/usr/bin/env python3
"""Places as people say them, on the real binary: a resident on the telephone, the desk that writes it down and asks, the worker who gets
it, a second person who looks at what was learned; two at the desk who place one matter at once; what is left after erasing.

    t/places.py LINLI SOURCE [postgres]

With "postgres" the same on the server that LINLI_TEST_PG names, in a schema of its own; skipped (77) when there is none.
"""
import json
import shutil
import threading
import time
import urllib.parse

import house
from house import ROOT, SAMPLE, play, signed_in, tell


def run(*args, lang="en", codes=(0,)):
    return house.run(*args, codes=codes, LINLI_LANG=lang)


class Server(house.Server):
    def ask(self, method, path, body=None, who=None, want=200, **headers):
        """The answer; its status must be @want, None: (status, answer). @who: signed in, else anybody."""
        status, answer, got = super().ask(method, path, body, **{**(who or {}), **headers})
        self.etag = got.get("ETag")
        if want is None:
            return status, answer
        tell(status == want, f"{method} {path} answers {want}", f"{status} {answer}")
        return answer


def find(server, said, **more):
    return server.ask("GET", "/api/places/find?" + urllib.parse.urlencode({"said": said, **more}))["candidates"]


def resident_calls(server, desk):
    """三组的张大爷 calls: he does not know the number of the lamp, but where the old mill stood."""
    calls = {"words": "路灯坏了好几天，晚上看不见路", "said": "老磨坊旁边", "group": "三组", "householder": "张建国", "phone": "13800005678",
             "source": "phone", "read_back": True}
    m = server.ask("POST", "/api/matters", calls, who=desk, want=201)
    tell(m["state"] == "placing", "nobody knows where the old mill stood", m)
    track = server.ask("GET", "/api/track", X_Tracking_Code=m["code"])
    tell(track["story"][0]["words"]["said"] == "老磨坊旁边", "the resident reads what was written down", track)
    tell("张建国" not in json.dumps(track, ensure_ascii=False), "and the householder's name in none of it", track)
    seen = server.ask("GET", f"/api/matters/{m['id']}", who=desk)
    tell(seen["placing"] == {"call": True, "calls": 0, "householder": "张**"}, "the desk sees that a call is due, and the name masked", seen["placing"])
    server.ask("POST", f"/api/matters/{m['id']}/householder", {"purpose": "到现场找门牌"}, who=desk)
    looks = server.ask("GET", "/api/track/looks", X_Tracking_Code=m["code"])
    tell("到现场找门牌" in json.dumps(looks, ensure_ascii=False), "whoever looks says why, and the resident can read it", looks)
    return m


def desk_asks(server, desk, m):
    listed = server.ask("GET", "/api/matters?board=place_call", who=desk)["items"]
    tell([x["id"] for x in listed] == [m["id"]], "the list of who is to be asked names it", listed)
    now = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime())
    server.ask("POST", f"/api/matters/{m['id']}/ask_place", {"channel": "phone", "time": now, "outcome": "not_reached"}, who=desk)
    server.ask("POST", f"/api/matters/{m['id']}/ask_place", {"channel": "phone", "time": now, "outcome": "reached", "text": "在老磨坊对面"}, who=desk)
    tell(server.ask("GET", "/api/matters?board=place_call", who=desk)["items"] == [], "reached: nobody need call again")
    tell(server.ask("GET", f"/api/matters/{m['id']}/places", who=desk)["candidates"] == [], "the town has no such name")


def two_at_the_desk(server, desk, other, m):
    """Both see one revision; one places it, the other is told to look again."""
    server.ask("GET", f"/api/matters/{m['id']}", who=desk)
    rev, got, ready = server.etag, [], threading.Barrier(2)

    def place(who, grid):
        ready.wait()
        got.append(server.ask("POST", f"/api/matters/{m['id']}/dispatch", {"place": grid, "reason": "电话核实"}, who=who, want=None, If_Match=rev))
    both = [threading.Thread(target=place, args=a) for a in ((desk, "110101012001001"), (other, "110101012001001"))]
    for t in both:
        t.start()
    for t in both:
        t.join()
    tell(sorted(s for s, _ in got) in ([200, 409], [200, 412]), "of two who place it at once one does, the other looks again", got)
    after = server.ask("GET", f"/api/matters/{m['id']}", who=desk)
    tell(after["state"] == "dispatched" and after["grid"]["code"] == "110101012001001", "and it is placed once", after["state"])
    tell(after["due"] == m["due"] or after["due"] > after["opened"], "the resident's day counts from the call", after["due"])


def learned(server, desk, other, supervisor, m):
    items = server.ask("GET", "/api/aliases", who=supervisor)["items"]
    tell([x["said"] for x in items] == ["老磨坊"], "the words it was said in wait for a second person", items)
    tell(find(server, "老磨坊") == [], "until then nobody is sent by them")
    by = items[0]["proposer"].split(":")[1]
    server.ask("POST", f"/api/aliases/{items[0]['id']}/accept", who=desk if by == "diaodu01" else other, want=403)
    server.ask("POST", f"/api/aliases/{items[0]['id']}/accept", who=supervisor)
    found = find(server, "老磨坊门口")
    tell(found and found[0]["how"] == "said" and found[0]["certain"], "accepted, they find", found)
    again = server.ask("POST", "/api/matters", {"words": "路灯坏了", "said": "老磨坊旁边"}, want=201)
    tell(again["state"] == "dispatched" and again["answered_by"]["why"]["place"]["found_by"] == "said", "the next caller is sent at once", again)
    return items[0]["id"]


def folder_keeps_it(alias, supervisor, server):
    out = ROOT / "out"
    run("export", out)
    for f in SAMPLE.iterdir():
        if f.is_file() and f.name not in ("aliases.csv", "staff.csv"):
            tell((out / f.name).read_bytes() == f.read_bytes(), f"{f.name} is written back byte for byte")
    text = (out / "aliases.csv").read_text()
    tell(text.startswith((SAMPLE / "aliases.csv").read_text()) and "老磨坊,110101012001001,," in text, "aliases.csv has one row more", text)
    diff = run("diff", SAMPLE, out, codes=(0, 1)).stdout.decode()
    tell("老磨坊 → 110101012001001" in diff, "linli diff names it", diff)
    tell("老磨坊" in run("diff", SAMPLE, out, lang="zh", codes=(0, 1)).stdout.decode(), "in Chinese too")
    for lang, certain in (("en", "certain"), ("zh", "确定")):
        said = run("place", "find", "老磨坊", "旁边", lang=lang).stdout.decode()
        tell(certain in said and "110101012001001" in said, f"linli place find tells it ({lang})", said)
    bare = ROOT / "bare"
    shutil.copytree(SAMPLE, bare)
    (bare / "aliases.csv").unlink()
    run("load", bare)
    tell("certain" in run("place", "find", "老磨坊").stdout.decode(), "a folder without aliases.csv does not forget what was learned")
    tell("1 names that were accepted" in run("load", SAMPLE).stderr.decode(), "an older aliases.csv does, and the load says so")
    run("load", out)
    server.ask("POST", f"/api/aliases/{alias}/withdraw", who=supervisor)
    tell(find(server, "老磨坊") == [], "withdrawn, it finds no more")


def erased(server, desk, m):
    server.ask("POST", "/api/matters", {"words": "路边的垃圾没有清运", "said": "欧阳正德屋后大坑", "householder": "欧阳正德"}, want=201)
    odd = server.ask("POST", "/api/matters", {"words": "路边的垃圾没有清运", "said": "鸽子坟场那里", "householder": "司马光远", "phone": "13800007777"}, want=201)
    server.ask("POST", f"/api/matters/{odd['id']}/dispatch", {"place": "110101012002001", "reason": "电话核实"}, who=desk)
    server.ask("POST", "/api/track/withdraw", {}, X_Tracking_Code=odd["code"])
    server.ask("POST", "/api/track/erase", {}, X_Tracking_Code=odd["code"])
    items = server.ask("GET", "/api/aliases", who=desk)["items"]
    tell(not any("鸽子坟场" in x["said"] for x in items), "what was only proposed goes with the words", items)
    seen = server.ask("GET", f"/api/matters/{odd['id']}", who=desk)
    tell("鸽子坟场" not in json.dumps(seen, ensure_ascii=False) and seen["placing"]["householder"] is None, "words and householder are gone", seen)
    verify = run("verify")
    tell(verify.returncode == 0, "and verify finds everything whole", verify.stdout + verify.stderr)


def main():
    run("load", SAMPLE)
    server = Server("--town", SAMPLE)
    desk, other, worker, supervisor = (signed_in(server, x) for x in ("diaodu01", "diaodu02", "chuli04", "daiban01"))
    m = resident_calls(server, desk)
    desk_asks(server, desk, m)
    two_at_the_desk(server, desk, other, m)
    seen = server.ask("GET", f"/api/matters/{m['id']}", who=worker, want=None)
    tell(seen[0] in (200, 404) and "张建国" not in json.dumps(seen[1], ensure_ascii=False), "a worker sees no name in the clear", seen)
    alias = learned(server, desk, other, supervisor, m)
    folder_keeps_it(alias, supervisor, server)
    erased(server, desk, m)
    tell(server.stop() == 0, "the server stops in order")


play(main)
