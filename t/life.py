#!/usr/bin/env python3
"""The longer life of a request, as those live it who are in it: a resident, the handler, the desk, a unit called in, two leaders. Returned
and overruled, others called in, paused, two people at once, answered, called back, not solved, taken up again; joined and split.
Nonsense is typed at every turn: it is refused in both languages, names its field and changes nothing.

    t/life.py LINLI SOURCE [postgres]
"""
import json
import threading
import time

from house import SAMPLE, Server, play, run, signed_in, tell

LONG = "很" * 20000


def clock():
    """A time in whole seconds, not before what was just done."""
    time.sleep(1.1)
    return time.strftime("%Y-%m-%dT%H:%M:%S+08:00", time.gmtime(time.time() + 8 * 3600))


class Matter:
    def __init__(self, server, words, **more):
        self.server = server
        got = server.open_matter(words, **more)
        self.id, self.code, self.unit = got["id"], got["code"], got["answered_by"]["unit"]["code"]

    def seen(self, who):
        """As @who sees it, and its revision; None: the reporter."""
        how = who or {"X_Tracking_Code": self.code}
        status, answer, headers = self.server.ask("GET", f"/api/matters/{self.id}" if who else "/api/track", **how)
        tell(status == 200, "it can be looked at", answer)
        return answer, headers.get("ETag")

    def send(self, who, step, body, **more):
        path = f"/api/matters/{self.id}/{step}" if who else f"/api/track/{step}"
        return self.server.ask("POST", path, body, **{**(who or {"X_Tracking_Code": self.code}), **more})

    def does(self, who, step, body=None, then=None):
        status, answer, _ = self.send(who, step, body or {})
        tell(status == 200 and (then is None or answer["state"] == then), f"{step} leads to {then}", answer)
        return answer

    def refuses(self, who, step, body, field, status=None):
        """In both languages, with the field; and nothing is changed."""
        before = self.seen(who)[1]
        said = []
        for lang in ("zh", "en"):
            got, answer, _ = self.send(who, step, body, Accept_Language=lang)
            tell(400 <= got < 500 and (status is None or got == status), f"{step} {str(body)[:60]} is refused", (got, answer))
            tell(field is None or answer.get("field") == field, f"{step} {str(body)[:60]} names {field}", answer)
            said.append(answer.get("detail", ""))
        tell(said[0] and said[1] and said[0] != said[1], f"{step} is refused in two languages", said)
        tell(self.seen(who)[1] == before, f"a refused {step} changes nothing")


def returned(m, handler, desk, other):
    """The handler says it is not theirs; the desk says it is; there is no second time, and the promise never began anew."""
    due = m.seen(None)[0]["due"]
    m.refuses(handler, "return", {"reason": "不归我们"}, "unit")
    m.refuses(handler, "return", {"unit": "pab"}, "reason")
    m.refuses(handler, "return", {"unit": "没有的单位", "reason": "不是我们的职责"}, "unit")
    m.refuses(handler, "return", {"unit": m.unit, "reason": "不是我们的职责"}, "unit")
    m.refuses(handler, "return", {"unit": "pab", "reason": LONG}, "reason")
    m.refuses(handler, "return", {"unit": "pab", "reason": "不归我们", "colour": "red"}, "colour")
    status, _, _ = m.send(other, "return", {"unit": m.unit, "reason": "不归我们"})
    tell(status in (403, 404), "nobody returns what is another's", status)
    m.does(handler, "return", {"unit": "pab", "reason": "属于治安事项"}, "returned")
    m.refuses(desk, "uphold", {"unit": m.unit, "reason": "还是你们"}, "unit")
    m.does(desk, "overrule", {"reason": "清单载明由城管办牵头"}, "received")
    m.refuses(handler, "return", {"unit": "pab", "reason": "真的不归我们"}, "returned")
    tell(m.seen(None)[0]["due"] == due, "the resident's promise stands")
    tell("治安" not in str(m.seen(None)[0]), "and the resident is not told whose fault it was said to be")


def called_in(m, handler, helper):
    m.refuses(handler, "call_in", {"unit": m.unit, "work": "请到现场维持秩序", "reason": "夜间施工"}, "unit")
    m.refuses(handler, "call_in", {"unit": "pab", "work": "请到现场维持秩序", "reason": "夜间施工", "by": "昨天"}, "by")
    m.does(handler, "call_in", {"unit": "pab", "work": "请到现场维持秩序", "reason": "夜间施工"})
    m.refuses(handler, "answer", {"text": "已经更换井盖"}, "tasks_open")
    m.refuses(helper, "report_in", {"task": 9}, "task")
    m.refuses(helper, "report_in", {"task": "一"}, "task")
    m.does(helper, "report_in", {"task": 1, "text": "今晚到场"})
    m.refuses(helper, "answer", {"text": "已经更换井盖"}, None, 403)
    m.does(helper, "task_answer", {"task": 1, "text": "现场秩序已维持"})
    m.refuses(handler, "rate_help", {"task": 1, "cooperation": 9}, "cooperation")
    m.does(handler, "rate_help", {"task": 1, "cooperation": 5})
    m.refuses(handler, "rate_help", {"task": 1, "cooperation": 1}, "task")  # nobody edits a rating


def paused(m, handler, leaders):
    """Asked for, and decided by two leaders at once: one of them is heard, the other looks again."""
    until = time.strftime("%Y-%m-%dT12:00:00+08:00", time.gmtime(time.time() + 3 * 86400))
    m.refuses(handler, "ask", {"what": "holiday", "reason": "等待配件到货"}, "what")
    m.does(handler, "ask", {"what": "pause", "reason": "等待配件到货"}, "asking")
    m.refuses(handler, "grant_pause", {"until": until, "reason": "同意", "word": "配件到货后即恢复"}, None, 403)
    m.refuses(leaders[0], "grant_pause", {"until": until, "reason": "同意"}, "word")
    m.refuses(leaders[0], "grant_pause", {"until": "2020-01-01T00:00:00+08:00", "reason": "同意", "word": "配件到货后即恢复"}, "until")
    etag = m.seen(leaders[0])[1]
    got = {}

    def decide(n, step, body):
        got[n] = m.send(leaders[n], step, body, If_Match=etag)

    both = [threading.Thread(target=decide, args=(0, "grant_pause", {"until": until, "reason": "情况属实", "word": "配件到货后即恢复办理"})),
            threading.Thread(target=decide, args=(1, "refuse", {"reason": "先拿出临时办法"}))]
    for t in both:
        t.start()
    for t in both:
        t.join()
    codes = sorted(g[0] for g in got.values())
    tell(codes == [200, 412], "of two at once one decides and the other is told that it has changed", got)
    loser = got[0] if got[0][0] == 412 else got[1]
    tell(loser[1].get("field") == "If-Match", "and by what it was overtaken", loser)
    if got[0][0] == 200:
        seen = m.seen(None)[0]
        tell("配件到货后即恢复办理" in str(seen), "the resident reads why it waits", seen)
        m.does(handler, "resume", {"text": "配件已到"}, "working")


def answered_and_called_back(m, handler, desk, leader):
    m.refuses(handler, "answer", {"text": "好"}, "text")
    state = m.does(handler, "answer", {"text": "已更换井盖并加垫，夜间不再响"})["state"]
    if state == "verifying":
        m.refuses(handler, "verify", {"time": clock(), "outcome": "solved", "text": "到现场看过"}, None, 403)
        m.does(leader, "verify", {"time": clock(), "outcome": "solved", "text": "到现场看过"}, "answered")
    m.refuses(desk, "tell", {"channel": "pigeon", "time": clock(), "outcome": "reached"}, "channel")
    m.refuses(desk, "tell", {"channel": "phone", "time": "2031-01-01T00:00:00+08:00", "outcome": "reached"}, "time")
    m.does(desk, "tell", {"channel": "phone", "time": clock(), "outcome": "reached"}, "closed")
    status, slip, _ = m.server.ask("GET", f"/api/matters/{m.id}/slip", **desk)
    tell(status == 200 and m.id in slip and m.code not in slip and "还是" not in slip and "可以要求重办" in slip and "it is taken up again" in slip, "a slip is printed for who has no telephone; it is left lying about and opens nothing", (status, slip))
    m.refuses(handler, "call_back", {"channel": "phone", "time": clock(), "solved": "yes", "satisfied": 5}, None, 403)  # who dealt with it
    m.does(desk, "miss_call", {"channel": "phone", "time": clock(), "outcome": "no_answer"}, "closed")
    m.refuses(desk, "call_back", {"channel": "phone", "time": clock(), "solved": "maybe", "satisfied": 5}, "solved")
    m.does(desk, "call_back", {"channel": "phone", "time": clock(), "solved": "no", "satisfied": 2, "text": "还是响"}, "closed")
    m.refuses(None, "rate", {"solved": "yes", "satisfied": 5}, "rated")  # said once, by telephone


def taken_up_again(m, handler):
    due = m.seen(None)[0]["due"]
    m.refuses(None, "reopen", {}, "text")
    m.does(None, "reopen", {"text": "还是响，没有解决"}, "dispatched")
    seen = m.seen(None)[0]
    tell(seen["reopened"] == 1 and seen["due"] >= due, "a round of its own", seen)
    m.does(handler, "sign", {}, "received")
    m.does(handler, "answer", {"text": "重新校平井座，到场听过不再响"})
    if m.seen(None)[0]["state"] == "answered":
        m.does(None, "read", {}, "closed")
        m.does(None, "rate", {"solved": "yes", "satisfied": 5}, "closed")


def one_cause(server, handler, desk):
    """A second caller is told with the first, or goes their own way."""
    first, second, third = (Matter(server, "井盖松动，半夜一直响", subject="water.manhole", phone=f"1380000100{n}") for n in range(3))
    status, alike, _ = server.ask("GET", f"/api/matters/{second.id}/similar", **desk)
    tell(status == 200 and first.id in json.dumps(alike), "what is alike is offered", alike)
    second.refuses(desk, "join", {"cause": "0", "reason": "同一处"}, "cause")
    second.refuses(desk, "join", {"cause": second.id, "reason": "同一处"}, "cause")
    for m in (second, third):
        m.does(desk, "join", {"cause": first.id, "reason": "同一处井盖"}, "joined")
    third.does(None, "split", {"reason": "我说的是另一条路上的"}, "placing")
    first.does(handler, "sign", {}, "received")
    first.refuses(handler, "answer", {"text": "已更换井盖并加垫"}, "shared")  # what the others read is written for them
    first.does(handler, "answer", {"text": "张先生您好，已更换井盖", "shared": "已更换井盖并加垫"})
    for _ in range(200):
        if second.seen(None)[0]["state"] != "joined":
            break
        time.sleep(0.1)
    told = second.seen(None)[0]
    tell(told["state"] in ("answered", "verifying") and "已更换井盖并加垫" in str(told) and "张先生" not in str(told), "the second is told with the first", told)
    tell("13800001000" not in str(told), "and hears nothing of who else called")
    second.does(None, "read", {}, "closed")
    second.does(None, "rate", {"solved": "partly", "satisfied": 3}, "closed")
    tell(first.seen(desk)[0].get("satisfied") != 3, "each rates for themselves")


def figures(server, leader):
    """The return and the help are counted; a handful of people is not shown by itself to who is not above them."""
    for path, key in (("/api/returns?by=unit", "returned"), ("/api/cooperation", "asked")):
        for _ in range(100):
            status, answer, _ = server.ask("GET", path, **leader)
            if status == 200 and answer["rows"]:
                break
            time.sleep(0.1)
        tell(status == 200 and answer["rows"] and all(r["withheld"] or key in r for r in answer["rows"]), f"{path} counts", answer)


def main():
    server = Server("--town", SAMPLE)
    handler, helper, desk = signed_in(server, "chuli04"), signed_in(server, "chuli03"), signed_in(server, "diaodu01")
    leaders = [signed_in(server, "daiban01"), signed_in(server, "daiban03")]
    m = Matter(server, "井盖松动，半夜一直响", subject="water.manhole", phone="13800005678", name="测试人")
    tell(m.unit == "cgb", "the lead is the unit of the duty list", m.unit)
    returned(m, handler, desk, helper)
    called_in(m, handler, helper)
    paused(m, handler, leaders)
    answered_and_called_back(m, handler, desk, leaders[0])
    taken_up_again(m, handler)
    one_cause(server, handler, desk)
    figures(server, leaders[0])
    tell(server.stop() == 0, "the server stops in order")
    whole = json.loads(run("verify", "--json").stdout)
    tell(whole["ok"], "the store is whole", whole)


play(main)
