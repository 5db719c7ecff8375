#!/usr/bin/env python3
"""Duty, as those live it who are on it: a turn changes hands, a fire by night, the hand-over of a shift, a leave, somebody who left.

    t/duty.py LINLI SOURCE [postgres]

With "postgres" the same on the server that LINLI_TEST_PG names, in a schema of its own; skipped (77) when there is none.
"""
import csv
import datetime
import json
import re
import shutil
import threading

import house
from house import POINT, ROOT, SAMPLE, play, run, tell, until

TOWN = ROOT / "town"
FIRE = "一楼着火了，快来人，楼上有老人"
NOW = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8)))
BEGIN = NOW.replace(minute=0, second=0, microsecond=0) - datetime.timedelta(hours=1)
END, LATER = BEGIN + datetime.timedelta(hours=3), BEGIN + datetime.timedelta(hours=11)
DAY_AFTER = (NOW + datetime.timedelta(days=2)).date().isoformat()


class Server(house.Server):
    def signed_in(self, login):
        token = json.loads(run("invite", login, "--json").stdout)["token"]
        self.ask("POST", "/api/invitations/accept", {"token": token, "password": "a-long-enough-password"})
        status, answer, headers = self.ask("POST", "/api/session", {"login": login, "password": "a-long-enough-password"})
        tell(status == 200, f"{login} is signed in", answer)
        return Person(self, {"Cookie": headers["Set-Cookie"].split(";")[0], "X_CSRF_Token": answer["csrf"]})


class Person:
    def __init__(self, server, session):
        self.server, self.session = server, session

    def ask(self, status, method, path, body=None, sentence=None, **headers):
        got, answer, _ = self.server.ask(method, path, body, **self.session, **headers)
        tell(got == status, sentence or f"{method} {path} answers {status}", (got, answer))
        return answer

    def holder(self, matter):
        return self.ask(200, "GET", f"/api/matters/{matter}")["post"]["login"]


def at_once(*steps):
    """Each step in a thread of its own; the statuses."""
    got = [None] * len(steps)

    def one(i, person, method, path, body, headers):
        got[i] = person.server.ask(method, path, body, **person.session, **headers)[0]
    threads = [threading.Thread(target=one, args=(i, *s)) for i, s in enumerate(steps)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return sorted(got)


# ---- the town --------------------------------------------------------------------------------------------------------

def hours(a, b):
    return f"{a:%H:%M}-{b:%H:%M}"


def make_town():
    """The sample, whose office is closed now, and whose roster knows this hour, the next and a day to come."""
    shutil.copytree(SAMPLE, TOWN)
    closed = '["00:00-01:00"]' if 6 <= NOW.hour < 18 else '["12:00-13:00"]'
    text = (TOWN / "town.yaml").read_text("utf-8")
    (TOWN / "town.yaml").write_text(re.sub(r"(?m)^office_hours: .*$", f"office_hours: {closed}", text), "utf-8")
    rows = [(BEGIN.date(), hours(BEGIN, END), "daiban01", "diaodu03"), (END.date(), hours(END, LATER), "daiban03", "diaodu04"),
            (DAY_AFTER, "day", "daiban01", "diaodu01"), (DAY_AFTER, "night", "daiban03", "diaodu03")]
    with open(TOWN / "roster.csv", "w", encoding="utf-8", newline="") as f:
        csv.writer(f).writerows([("date", "shift", "leader", "officer"), *rows])


def change_staff(login, until_day):
    with open(TOWN / "staff.csv", encoding="utf-8", newline="") as f:
        rows = list(csv.reader(f))
    last = rows[0].index("until")
    for row in rows[1:]:
        if row[0] == login:
            row[last] = until_day
    with open(TOWN / "staff.csv", "w", encoding="utf-8", newline="") as f:
        csv.writer(f, lineterminator="\n").writerows(rows)


# ---- the stories -----------------------------------------------------------------------------------------------------

def a_turn_changes_hands(who):
    turn = {"date": DAY_AFTER, "shift": "day", "with": "diaodu02", "reason": "外出培训"}
    answer = who["diaodu01"].ask(422, "POST", "/api/swaps", {**turn, "with": "diaodu01"}, "nobody swaps with themselves", Accept_Language="en")
    tell(answer["field"] == "with" and "themselves" in answer["detail"], "which is said in English", answer)
    answer = who["diaodu01"].ask(422, "POST", "/api/swaps", {**turn, "with": "diaodu01"}, "nor in Chinese", Accept_Language="zh")
    tell("自己" in answer["detail"], "and in Chinese", answer)
    swap = who["diaodu01"].ask(201, "POST", "/api/swaps", turn, "one officer asks another")["id"]
    who["daiban01"].ask(409, "POST", f"/api/swaps/{swap}/approve", None, "nothing is approved before the other agreed")
    who["diaodu02"].ask(200, "POST", f"/api/swaps/{swap}/agree", None, "the other agrees")
    who["diaodu02"].ask(403, "POST", f"/api/swaps/{swap}/approve", None, "but approves nothing of their own")
    both = at_once(*((who[x], "POST", f"/api/swaps/{swap}/{step}", None, {}) for x, step in (("daiban01", "approve"), ("daiban03", "refuse"))))
    tell(both == [200, 409], "of two leaders who decide at once one is heard, the other told", both)
    state = who["diaodu01"].ask(200, "GET", "/api/swaps")["items"][0]["state"]
    officer = who["diaodu01"].ask(200, "GET", f"/api/roster?day={DAY_AFTER}")["shifts"][0]["officers"][0]["login"]
    tell(officer == ("diaodu02" if state == "approved" else "diaodu01"), "the roster says who comes", (state, officer))
    if state != "approved":
        swap = who["diaodu01"].ask(201, "POST", "/api/swaps", turn)["id"]
        who["diaodu02"].ask(200, "POST", f"/api/swaps/{swap}/agree")
        who["daiban01"].ask(200, "POST", f"/api/swaps/{swap}/approve")
    zh, en = (run("roster", "print", "--day", DAY_AFTER, "--days", 1, LINLI_LANG=x).stdout.decode() for x in ("zh", "en"))
    tell("示例·调度2（替 示例·调度1：外出培训）" in zh, "the print says for whom and why", zh)
    tell("示例·调度2 (for 示例·调度1: 外出培训)" in en, "in English too", en)
    page = run("roster", "print", "--day", DAY_AFTER, "--html", LINLI_LANG="zh").stdout.decode()
    tell("替 示例·调度1" in page, "and so does the page", page)


def a_fire_by_night(server, who):
    status, fire, _ = server.ask("POST", "/api/matters", {"words": FIRE, "subject": "fire", **POINT})
    if status == 422:
        status, fire, _ = server.ask("POST", "/api/matters", {"words": FIRE, **POINT})
    tell(status == 201, "somebody reports a fire while the office is closed", fire)
    tell(who["diaodu03"].holder(fire["id"]) == "diaodu03", "the officer on duty has it")
    said = until(lambda: [n for n in who["diaodu03"].ask(200, "GET", "/api/notices")["items"] if n["matter"] == fire["id"]])
    tell(said, "and is told", said)
    tell(FIRE[:4] not in json.dumps(said, ensure_ascii=False), "without the words", said)
    status, why, _ = server.ask("GET", f"/api/matters/{fire['id']}/why", X_Tracking_Code=fire["code"])
    tell(status == 200 and why.get("with_duty_officer") is True, "the reporter may know that the officer on duty sees to it", why)
    rev = who["diaodu03"].ask(200, "GET", f"/api/matters/{fire['id']}")["rev"]
    both = at_once(*((who["diaodu03"], "POST", f"/api/matters/{fire['id']}/sign", {}, {"If_Match": f'"r{rev}"'}) for _ in range(2)))
    tell(both in ([200, 412], [200, 409]), "of two who sign at once one is told to look again", both)
    return fire["id"]


def the_shift_hands_over(who, fire):
    turn = {"date": BEGIN.date().isoformat(), "shift": hours(BEGIN, END)}
    who["diaodu04"].ask(403, "POST", "/api/sheets", turn, "who comes makes no sheet of the shift that goes")
    sheet = who["diaodu03"].ask(201, "POST", "/api/sheets", turn, "who goes makes the sheet")["id"]
    answer = who["diaodu04"].ask(200, "GET", f"/api/sheets/{sheet}", None, "who comes reads it")
    tell([r["id"] for r in answer["sheet"]["urgent"]] == [fire], "the fire stands on it", answer)
    tell(len(answer["sheet"]["unsigned"]) == 2, "and what nobody signed for", answer)
    who["chuli04"].ask(404, "GET", f"/api/sheets/{sheet}", None, "nobody else reads it")
    text = who["diaodu04"].ask(200, "GET", f"/api/sheets/{sheet}/text", Accept_Language="zh")
    tell("值班交接单" in text and "示例·调度3" in text and FIRE[:4] not in text and "清运" not in text.replace("垃圾清运", ""), "the print names nothing of a resident", text)
    rev = answer["rev"]
    who["diaodu04"].ask(403, "POST", f"/api/sheets/{sheet}/sign", {"rev": rev}, "who comes does not sign first")
    who["diaodu03"].ask(200, "POST", f"/api/sheets/{sheet}/sign", {"rev": rev}, "who goes signs")
    who["diaodu03"].ask(403, "POST", f"/api/sheets/{sheet}/sign", {"rev": rev + 1}, "and does not sign for the other")
    who["diaodu03"].ask(409, "POST", "/api/sheets", turn, "what is signed is not made anew")
    both = at_once(*((who[x], "POST", f"/api/sheets/{sheet}/sign", {"rev": rev + 1}, {}) for x in ("diaodu04", "daiban03")))
    tell(both == [200, 412], "of two who take over at once one signs", both)
    listed = who["diaodu04"].ask(200, "GET", "/api/sheets", None, "who comes finds it in the list")["items"]
    tell([s["id"] for s in listed] == [sheet] and listed[0]["handed_over"]["login"] == "diaodu03" and listed[0]["taken_over"], "with both signatures", listed)
    en = run("shift", "print", sheet).stdout.decode()
    tell("hand-over of a shift" in en and "Urgent (1)" in en and re.search(r"taken over by 示例", en), "printed in English with both names", en)
    tell(sheet in run("shift").stdout.decode(), "and listed")
    return sheet


def somebody_is_away(server, who):
    def rubbish():
        return server.open_matter()["id"]
    first = rubbish()
    holder = who["daiban01"].holder(first)
    today = NOW.date().isoformat()
    leave = who["daiban02"].ask(201, "POST", "/api/leaves", {"login": holder, "since": today, "until": DAY_AFTER}, "somebody is away from today")
    tell(leave["moved"] >= 1, "what they hold goes at once", leave)
    stand_in = who["daiban01"].holder(first)
    tell(stand_in != holder, "to who stands in", (holder, stand_in))
    tell(who["daiban01"].holder(rubbish()) == stand_in, "and so does what is new")
    back = who["daiban02"].ask(200, "DELETE", f"/api/leaves/{leave['id']}", None, "they are back earlier")
    tell(back["moved"] >= 1 and who["daiban01"].holder(first) == holder, "and have it again at once", back)
    return holder


def somebody_left(login):
    yesterday = (NOW - datetime.timedelta(days=1)).date().isoformat()
    change_staff(login, yesterday)
    p = run("load", TOWN, "--trial", LINLI_LANG="zh")
    tell("离任人员名下" in p.stderr.decode(), "linli load hands over what they held", p.stderr.decode())
    tell(json.loads(run("handover", "--json").stdout) == {"moved": 0, "stuck": 0}, "nothing is left to hand over")
    answer = json.loads(run("verify", "--json").stdout)
    tell(answer["ok"], "and verify finds nothing with somebody who left", answer)


def swap_from_the_shell():
    """Without a server the same by command, in the words of those who do it."""
    p = run("swap", "ask", "--by", "diaodu03", "--day", DAY_AFTER, "--shift", "night", "--with", "diaodu04", "--reason", "家中有事", "--json")
    swap = json.loads(p.stdout)["id"]
    p = run("swap", "approve", swap, "--by", "daiban01", codes=(1, 3), LINLI_LANG="zh")
    tell("换班" in p.stderr.decode(), "a refusal says why in Chinese", p.stderr.decode())
    run("swap", "agree", swap, "--by", "diaodu04")
    run("swap", "approve", swap, "--by", "daiban01")
    tell("approved" in run("swap", "--day", DAY_AFTER).stdout.decode(), "the list says approved")


def main():
    make_town()
    run("load", TOWN, "--trial")
    server = Server("--town", TOWN)
    people = ("diaodu01", "diaodu02", "diaodu03", "diaodu04", "daiban01", "daiban02", "daiban03", "chuli04")
    who = {login: server.signed_in(login) for login in people}
    a_turn_changes_hands(who)
    fire = a_fire_by_night(server, who)
    login = somebody_is_away(server, who)
    the_shift_hands_over(who, fire)
    tell(server.stop() == 0, "and ends well")
    somebody_left(login)
    swap_from_the_shell()


play(main)
