#!/usr/bin/env python3
"""Two hundred callers about one burst pipe, told as a resident, a worker and two desks live it.

    t/voices.py LINLI SOURCE [postgres]

With "postgres" the same on the server that LINLI_TEST_PG names, in a schema of its own; skipped (77) when there is none.
"""
import concurrent.futures
import json
import threading
import time

import house
from house import POINT, SAMPLE, play, run, signed_in, tell, until

BEFORE, CALLERS = 20, 200


def later(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%S+08:00", time.gmtime(time.time() + seconds + 8 * 3600))


class Server(house.Server):
    def __init__(self):
        super().__init__("--town", SAMPLE)

    def report(self, n, words="小区停水了，家里没有水", **more):
        """A resident reports; {id, code, state, …}"""
        body = {"words": words, "name": f"居民{n}", "phone": f"1380000{n:04d}", "subject": "water.outage", **POINT, **more}
        status, answer, _ = self.ask("POST", "/api/matters", body)
        tell(status == 201, "a report is always taken in", answer)
        return answer

    def track(self, voice):
        return self.ask("GET", "/api/track", X_Tracking_Code=voice["code"])[1]

    def told(self, voice, kind, lang=None):
        """What the reporter was told in the app, of one kind."""
        more = {"Accept_Language": lang} if lang else {}
        answer = self.ask("GET", "/api/track/notices", X_Tracking_Code=voice["code"], **more)[1]
        return [n for n in answer["items"] if n["kind"] == kind]


def together(*what):
    """All at the same moment; their answers in order."""
    gate = threading.Barrier(len(what))

    def one(f):
        gate.wait()
        return f()

    with concurrent.futures.ThreadPoolExecutor(len(what)) as pool:
        return [w.result() for w in [pool.submit(one, f) for f in what]]


def revision(server, matter, who):
    return server.ask("GET", f"/api/matters/{matter['id']}", **who)[2]["ETag"]


def many(what, things):
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        return list(pool.map(what, things))


# ---- sentences ---------------------------------------------------------------------------------------------------------

def the_first_calls(server, desk, other):
    """Before anybody knows: suggestion, two desks at once, a join that is taken back."""
    first = server.report(1)
    tell(first["state"] == "dispatched" and first["answered_by"]["unit"]["code"] == "u-water", "the first caller hears who answers", first)
    like = {"words": "停水了", "subject": "water.outage", **POINT}
    seen = server.ask("POST", "/api/similar", like)[1]
    tell(seen == {"items": [], "count": 0}, "while no clerk has made it public, the second learns nothing", seen)
    seen = server.ask("POST", "/api/similar", like, **desk)[1]
    tell(len(seen["nearby"]) == 1 and "家里没有水" not in json.dumps(seen, ensure_ascii=False), "the desk is shown that it may be known, without words", seen)
    voices = many(server.report, range(2, BEFORE + 1))
    similar = server.ask("GET", f"/api/matters/{voices[0]['id']}/similar", **desk)[1]
    tell(first["id"] in [s["id"] for s in similar["items"]], "the desk is offered the first one", similar)
    join = {"cause": first["id"], "reason": "同一处停水"}
    at = f"/api/matters/{voices[0]['id']}/join"
    rev = revision(server, voices[0], desk)
    both = together(lambda: server.ask("POST", at, join, If_Match=rev, **desk), lambda: server.ask("POST", at, join, If_Match=rev, **other))
    tell(sorted(b[0] for b in both) in ([200, 409], [200, 412]), "two desks join one matter at once: one does, one is told to look again", both)
    both = together(*[lambda v=v, who=who: server.ask("POST", f"/api/matters/{v['id']}/join", join, **who) for v, who in zip(voices[1:3], (desk, other))])
    tell([b[0] for b in both] == [200, 200], "two desks join two matters to one at once", both)
    for v in voices[3:]:
        status, answer, _ = server.ask("POST", f"/api/matters/{v['id']}/join", join, **desk)
        tell(status == 200 and answer["state"] == "joined", "the desk joins the others", answer)
    apart = voices.pop()
    status, answer, _ = server.ask("POST", "/api/track/split", {"reason": "只有我一家没水，邻居都有"}, X_Tracking_Code=apart["code"])
    tell(status == 200 and server.track(apart)["state"] == "placing", "a resident says that theirs is different: it is placed on its own", answer)
    taken_back = voices.pop()
    status, answer, _ = server.ask("POST", f"/api/matters/{taken_back['id']}/split", {"reason": "看错了，不是同一处"}, **other)
    tell(status == 200 and answer["state"] == "placing", "the desk takes a join back", answer)
    tell(server.ask("GET", f"/api/matters/{first['id']}/voices", **desk)[1]["voices"] == len(voices), "as many voices as were left", voices)
    return first, voices


def announced(server, desk, other, worker, first, voices):
    """Now the desk learns when: those who wait are told, and so is everybody who calls from now on."""
    place = server.ask("GET", f"/api/matters/{first['id']}", **desk)[1]["grid"]["code"]
    new = {"matter": first["id"], "places": [place], "text": "主管爆裂抢修，预计今晚恢复供水", "text_en": "A burst main is being mended", "until": later(3600)}
    status, answer, _ = server.ask("POST", "/api/causes", {**new, "until": later(-60)}, **desk)
    tell(status == 422 and answer["field"] == "until", "a time that is over is refused, by its name", answer)
    tell(server.ask("POST", "/api/causes", new, **worker)[0] in (403, 404), "who is not the desk does not announce")
    both = together(lambda: server.ask("POST", "/api/causes", new, **desk), lambda: server.ask("POST", "/api/causes", new, **other))
    tell(sorted(b[0] for b in both) == [201, 409], "two desks announce at once: it is announced once", both)
    listed = server.ask("GET", "/api/causes")[1]["items"]
    tell(len(listed) == 1 and listed[0]["text_en"] == "A burst main is being mended" and listed[0]["places"][0]["code"] == place, "everybody may read it", listed)
    for v in voices[:3] + voices[-1:]:
        got = until(lambda v=v: server.told(v, "known"))
        tell(len(got) == 1, "who waited is told, once, until when", got)
    tell("u-water" not in json.dumps(server.told(voices[0], "known", "en")) and "to be over by" in json.dumps(server.told(voices[0], "known", "en")),
         "in English too", server.told(voices[0], "known", "en"))
    tell(until(lambda: server.told(first, "known")), "so is whose matter it is")
    return new


def later_callers(server, voices, n):
    """They are answered in the moment in which they call."""
    preview = server.ask("POST", "/api/preview", {"words": "没水了", "subject": "water.outage", **POINT})[1]
    tell(preview["known"]["text"].startswith("主管爆裂"), "before reporting they see what is known", preview)
    came = many(lambda k: server.report(k, words="没水了，什么时候来水"), range(BEFORE + 1, n + 1))
    tell(all(c["state"] == "joined" and c["answered_by"]["known"]["until"] for c in came), "every later caller is answered at once",
         [c for c in came if c["state"] != "joined"][:1])
    own = server.report(9001, words="没水了，我家水表被拆了", different=True)
    tell(own["state"] == "dispatched" and "known" not in own["answered_by"], "who says that theirs is different goes their own way", own)
    far = server.report(9002, words="我要投诉自来水公司的人骂人", about="u-water")
    tell(far["state"] != "joined", "a complaint about somebody is never joined by itself", far)
    danger = server.report(9003, words="没水了，楼道着火了，快来")
    tell(danger["state"] != "joined", "danger waits for nobody", danger)
    got = until(lambda: server.told(came[0], "known"))
    tell(len(got) == 1 and not server.told(came[0], "receipt") and not server.told(came[0], "progress"), "after reporting there is one message", got)
    code = came[0]["code"]
    both = together(lambda: server.ask("POST", "/api/track/split", {"reason": "我家情况不同"}, X_Tracking_Code=code),
                    lambda: server.ask("POST", "/api/track/split", {"reason": "我家情况不同"}, X_Tracking_Code=code))
    tell(sorted(b[0] for b in both) == [200, 409], "split twice at once: once", both)
    return came[1:]


def it_takes_longer(server, desk, other, worker, first, everybody):
    at, body = f"/api/causes/{first['id']}/until", {"until": later(7200), "reason": "配件未到，还要两小时"}
    status, answer, _ = server.ask("POST", at, {"until": later(7200)}, **desk)
    tell(status == 422 and answer["field"] == "reason", "no other time without a why", answer)
    rev = revision(server, first, desk)
    both = together(lambda: server.ask("POST", at, body, If_Match=rev, **desk), lambda: server.ask("POST", at, body, If_Match=rev, **other))
    tell(sorted(b[0] for b in both) in ([200, 409], [200, 412]), "two desks move the time at once: one does", both)
    waiting = list(everybody)
    until(lambda: all(server.told(v, "restore") for v in (everybody[0], everybody[-1])))
    counts = many(lambda v: len(server.told(v, "restore")), waiting)
    tell(all(n == 1 for n in counts), "everybody who waits is told of it once", counts)
    got = server.told(everybody[-1], "restore")
    tell("配件未到" in json.dumps(got, ensure_ascii=False), "and why", got)
    tell("instead of" in json.dumps(server.told(everybody[0], "restore", "en")), "in English too")
    seen = server.track(everybody[0])["together"]["known"]
    tell(seen["why"] == "配件未到，还要两小时" and seen["moved"] == 1 and seen["was"], "their code shows from when to when and why", seen)
    status, answer, _ = server.ask("POST", f"/api/matters/{first['id']}/new_time", {"until": later(9000), "reason": "管沟进水"}, **worker)
    tell(status == 200, "the unit at work says so itself", answer)


def the_time_runs_out(server, desk):
    """Announced for a few seconds, and nobody says anything: it comes up, and a report is news."""
    grid = {"lat": 39.8986, "lon": 116.4059}
    status, answer, _ = server.ask("POST", "/api/causes", {"text": "路灯检修，马上恢复照明", "subject": LAMP, "places": [PLACE],
                                                           "until": later(5)}, **desk)
    if not tell(status == 201 and answer["state"] == "dispatched", "works are announced with no report before", answer):
        return
    cause = answer["id"]
    one = server.report(9101, words="路灯不亮", subject=LAMP, **grid)
    tell(one["state"] == "joined", "in time: joined", one)
    time.sleep(6)
    two = server.report(9102, words="路灯不亮", subject=LAMP, **grid)
    tell(two["state"] == "dispatched", "after the announced time without news a report is news", two)
    story = until(lambda: [e for e in server.ask("GET", f"/api/matters/{cause}", **desk)[1]["story"] if e["kind"] == "raised"], 90)
    tell(story, "the clock of the announced time rings, and it comes up", server.ask("GET", f"/api/matters/{cause}", **desk)[1])
    status, answer, _ = server.ask("POST", f"/api/matters/{cause}/decline", {"reason": "检修取消，另行安排", "basis": "检修计划", "elsewhere": "路灯中心"}, **desk)
    tell(status == 200, "it is called off", answer)
    tell(until(lambda: server.track(one)["state"] == "placing"), "and who was joined is on their own again", server.track(one))


def closed(server, worker, first, everybody):
    """One closing message; each rates for themselves."""
    at = f"/api/matters/{first['id']}"
    tell(server.ask("POST", f"{at}/sign", {}, **worker)[0] == 200, "the unit signs for it")
    status, answer, _ = server.ask("POST", f"{at}/answer", {"text": "主管已换，恢复供水"}, **worker)
    tell(status == 422 and answer["field"] == "shared", "what one person is answered does not go to all as it stands", answer)
    status, answer, _ = server.ask("POST", f"{at}/answer", {"text": "主管已换，您家表前阀也换了", "shared": "主管已换，已恢复供水"}, **worker)
    tell(status == 200, "one answer", answer)
    left = until(lambda: all(s == "answered" for s in many(lambda v: server.track(v)["state"], everybody[-3:])))
    tell(left, "reaches the last of them")
    states = many(lambda v: server.track(v)["state"], everybody)
    tell(set(states) == {"answered"}, f"all {len(everybody)} have it", states)
    text = json.dumps(server.track(everybody[5]), ensure_ascii=False)
    tell("已恢复供水" in text and "表前阀" not in text, "without what concerned one of them", text)
    counts = many(lambda v: len(server.told(v, "answered")), everybody)
    until(lambda: server.told(everybody[-1], "answered"))
    counts = many(lambda v: len(server.told(v, "answered")), everybody)
    tell(set(counts) == {1}, "each is told of it once", counts)
    tell(server.ask("GET", "/api/causes")[1]["items"] == [], "nothing is announced any more")
    happy, sad, silent = everybody[0], everybody[1], everybody[2]
    for voice, solved, stars in ((happy, "yes", 5), (sad, "no", 1)):
        server.ask("POST", "/api/track/read", {}, X_Tracking_Code=voice["code"])
        status, answer, _ = server.ask("POST", "/api/track/rate", {"solved": solved, "satisfied": stars}, X_Tracking_Code=voice["code"])
        tell(status == 200, "each rates for themselves", answer)
    tell(server.track(silent)["state"] == "answered", "who says nothing has rated nothing", server.track(silent))
    status, answer, _ = server.ask("POST", "/api/track/reopen", {"text": "我家还是没有水"}, X_Tracking_Code=sad["code"])
    tell(status == 200 and server.track(sad)["state"] == "dispatched", "not solved: one of them is taken up again, alone", answer)
    tell(server.track(happy)["state"] == "closed" and server.track(silent)["state"] == "answered", "the others stay as they were")
    again = server.report(9200, words="又停水了")
    tell(again["state"] == "dispatched", "a new report after the end is new", again)
    return happy


def erased(server, gone, everybody):
    status, answer, _ = server.ask("POST", "/api/track/export", {}, X_Tracking_Code=gone["code"])
    tell(status == 200 and "家里没有水" in json.dumps(answer, ensure_ascii=False), "a voice reads all that is held of it", answer)
    status, answer, _ = server.ask("POST", "/api/track/erase", {}, X_Tracking_Code=gone["code"])
    tell(status in (200, 204), "and has it erased", answer)
    tell("已恢复供水" in json.dumps(server.track(everybody[2]), ensure_ascii=False), "which takes nothing from the others")


def a_standing_problem(server, desk, other, worker):
    body = {"subject": "water.outage", "place": PLACE, "unit": "u-water", "plan": "更换老旧主管，分三期", "goal": 3, "due": "2099-12-31"}
    tell(server.ask("POST", "/api/standing", body, **worker)[0] in (403, 404), "who is not the desk opens none")
    status, one, _ = server.ask("POST", "/api/standing", body, **desk)
    tell(status == 201 and one["opened_by"] == "staff:diaodu01", "a named person opens it", one)
    status, answer, _ = server.ask("POST", "/api/standing", body, **other)
    tell(status == 409, "once for a subject at a place", answer)
    at = f"/api/standing/{one['id']}"
    status, answer, _ = server.ask("GET", "/api/standing", **desk)
    tell(status == 200 and [row["id"] for row in answer["items"]] == [one["id"]], "it stands in the list", answer)
    rev = server.ask("GET", at, **desk)[2]["ETag"]
    both = together(lambda: server.ask("POST", at, {"goal": 2}, If_Match=rev, **desk), lambda: server.ask("POST", at, {"goal": 1}, If_Match=rev, **other))
    tell(sorted(b[0] for b in both) in ([200, 409], [200, 412]), "two change it at once: one does", both)
    status, ended, _ = server.ask("POST", f"{at}/end", {"outcome": "三期完工，来件减少"}, **desk)
    tell(status == 200 and ended["measure"]["months_before"] == 6, "it ends with what was counted beside it", ended)
    story = server.ask("GET", at, **desk)[1]["story"]
    tell([s["kind"] for s in story] == ["standing_opened", "standing_changed", "standing_ended"] and "counted" in story[2], "who did what stands there", story)
    out = run("report", "standing").stdout.decode()
    tell("2099-12-31" in out and "ended" in out, "the report says so", out)


def around_me(server, desk, other, worker):
    """A clerk makes one public; neighbours see it and join, many at once; it is taken back while they do."""
    one = server.report(9301, words="路灯坏了，就在我家三号楼下", subject=LAMP)
    at, seen = f"/api/matters/{one['id']}/release", f"/api/public/matters/{one['id']}"
    body = {"text": "路灯不亮，已安排检修", "text_en": "A street lamp is out", "thing": "lamp-001"}
    tell(server.ask("GET", seen)[0] == 404, "nothing is public by itself")
    tell(server.ask("PUT", at, body, **worker)[0] in (403, 404), "who is not the desk releases nothing")
    advice = server.ask("POST", f"{at}/preview", {**body, "text": "请打13800009301"}, **desk)[1]["advice"]
    tell(advice and advice[0]["kind"] == "phone", "a telephone number in it is pointed at", advice)
    rev = revision(server, one, desk)
    both = together(lambda: server.ask("PUT", at, body, If_Match=rev, **desk), lambda: server.ask("PUT", at, body, If_Match=rev, **other))
    tell(sorted(b[0] for b in both) in ([200, 409], [200, 412]), "two desks release at once: one does, one is told to look again", both)
    listed = server.ask("GET", "/api/public/matters?subject=road&state=open")[1]["items"]
    tell([m["id"] for m in listed] == [one["id"]] and listed[0]["thing"]["code"] == "lamp-001" and "三号楼" not in json.dumps(listed, ensure_ascii=False),
         "everybody reads the summary and no word of the reporter", listed)
    status, answer, _ = server.ask("GET", f"/open311/v2/requests/{one['id']}.json", Accept_Language="en")
    tell(status == 200 and answer[0]["description"] == "A street lamp is out", "so does GeoReport, in the asker's language", answer)
    came = together(*[lambda n=n: server.ask("POST", f"{seen}/join", {"phone": f"1380000{n:04d}"}) for n in range(9310, 9330)])
    tell(all(c[0] == 201 and c[1]["joined"] for c in came), "twenty neighbours join at once", came)
    tell(server.ask("GET", seen)[1]["people"] == 21, "and are counted", server.ask("GET", seen)[1])
    key = {"Idempotency_Key": "01957f2a-0000-7000-8000-000000009301"}
    twice = together(*[lambda: server.ask("POST", f"{seen}/join", {"words": "我这边也不亮"}, **key) for _ in range(3)])
    tell(len({c[1].get("code") for c in twice if c[0] == 201}) == 1, "the same key sent three times is one voice", twice)
    race = together(lambda: server.ask("DELETE", at, **desk), *[lambda: server.ask("POST", f"{seen}/join", {}) for _ in range(4)])
    tell(race[0][0] == 200 and all(r[0] in (201, 404) for r in race[1:]), "taken back while others join: they are joined, or it is not there", race)
    tell(server.ask("GET", seen)[0] == 404 and server.ask("GET", "/api/public/matters")[1]["items"] == [], "taken back is gone at once")
    voice = came[0][1]
    tell(server.track(voice)["state"] == "joined", "who joined stays joined", server.track(voice))


def main():
    global PLACE
    server = Server()
    desk, other, worker = signed_in(server, "diaodu01"), signed_in(server, "diaodu02"), signed_in(server, "danwei-water")
    first, voices = the_first_calls(server, desk, other)
    PLACE = server.ask("GET", f"/api/matters/{first['id']}", **desk)[1]["grid"]["code"]
    announced(server, desk, other, worker, first, voices)
    everybody = voices + later_callers(server, voices, CALLERS)
    tell(server.ask("GET", f"/api/matters/{first['id']}/voices", **desk)[1]["voices"] == len(everybody), "every voice counts", len(everybody))
    it_takes_longer(server, desk, other, worker, first, everybody)
    the_time_runs_out(server, desk)
    happy = closed(server, worker, first, everybody)
    erased(server, happy, everybody)
    a_standing_problem(server, desk, other, worker)
    around_me(server, desk, other, worker)
    run("verify")
    tell(server.stop() == 0, "the server stops")
    run("verify")


LAMP = "road.lamp"
play(main)
