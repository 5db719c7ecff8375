#!/usr/bin/env python3
"""`linli call` reaches every route from the shell: each route that the manual names is called, with a key that holds every right, with
the tracking code and by nobody, and what answers is the route.

    t/call.py LINLI SOURCE

A new route needs nothing here unless it asks for more than a JSON body: a parameter of the path or query not in PARAMS, or a body.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

LINLI = os.path.abspath(sys.argv[1])
ROOT = pathlib.Path(tempfile.mkdtemp(prefix="linli-call-"))
TOWN = ROOT / "town"
CRASH = (b"Sanitizer", b"runtime error:", b"BUG")
failed = []

# What stands for a parameter wherever it is asked for; @ID, @CODE are the matter that was opened first.
PARAMS = {"id": "@ID", "action": "note", "lang": "en", "format": "xml", "service_code": "water.pipe", "token": "@CODE", "service_request_id": "@ID",
          "words": "water", "said": "water", "subject": "water.pipe", "q": "water", "name": "no-such-key", "login": "daiban02"}
# What a route is given where {} would not get past the door.
BODIES = {"matter.open": '{"words":"楼下水管漏水"}', "matter.preview": '{"words":"楼下水管漏水"}',
          "open311.post": "service_code=water.pipe&lat=39.8986&long=116.4059&description=xx"}
# Streams without an end are not for a command that waits for the answer.
ENDLESS = {"live"}


def tell(good, sentence, detail=""):
    if not good:
        failed.append(sentence)
        print(f"not ok - {sentence}\n    {str(detail)[:1500]}", flush=True)
    return good


def run(*words, stdin=b""):
    env = {k: v for k, v in os.environ.items() if not k.startswith("LINLI_")}
    env.update(LINLI_LANG="en", LINLI_KEY=str(ROOT / "vault.key"), LINLI_DB=f"sqlite:{ROOT}/linli.db")
    p = subprocess.run([LINLI, *words], input=stdin, capture_output=True, env=env, timeout=120)
    tell(p.returncode >= 0 and not any(c in p.stderr for c in CRASH), f"linli {' '.join(words)} ends in order", p.stderr.decode(errors="replace"))
    return p


def ask(method, path, body, *headers):
    """One raw request; (status, headers, JSON)."""
    data = json.dumps(body).encode()
    head = [f"{method} {path} HTTP/1.1", "Host: localhost", "Content-Type: application/json", f"Content-Length: {len(data)}", "Connection: close", *headers]
    p = run("http", stdin="\r\n".join(head).encode() + b"\r\n\r\n" + data)
    head, _, body = p.stdout.partition(b"\r\n\r\n")
    return int(head[9:12]), head.decode(), json.loads(body)


def load():
    """The sample, in which one person holds a post of every role."""
    shutil.copytree(pathlib.Path(sys.argv[2]) / "samples" / "town", TOWN)
    roles = sorted({line.split(",")[2] for line in (TOWN / "posts.csv").read_text("utf-8").splitlines()[1:]})
    with open(TOWN / "posts.csv", "a", encoding="utf-8") as f:
        for role in roles:
            f.write(f"all-{role},全部,{role},zhb,110101012000,daiban02,,2026-01-01,2028-12-31\n")
    p = run("load", str(TOWN), "--trial")
    tell(p.returncode == 0, "the town is loaded", p.stderr)


def make_key():
    token = json.loads(run("invite", "daiban02", "--json").stdout)["token"]
    ask("POST", "/api/invitations/accept", {"token": token, "password": "a-long-enough-password"})
    status, head, answer = ask("POST", "/api/session", {"login": "daiban02", "password": "a-long-enough-password"})
    tell(status == 200, "somebody is signed in", answer)
    cookie = re.search(r"Set-Cookie: (linli=[^;]+)", head).group(1)
    me = [f"Cookie: {cookie}", f"X-CSRF-Token: {answer['csrf']}"]
    manual = run("help", "--api").stdout.decode()
    rights = sorted(set(re.findall(r"Right: ([a-z]+\.[a-z]+)\.", manual)))
    status, _, answer = ask("POST", "/api/keys", {"name": "everything", "rights": rights}, *me)
    tell(status == 201, f"a key with {len(rights)} rights is made", answer)
    return answer["key"], manual


def routes(manual):
    """(name, method, path, form?) of every route of the manual."""
    found = re.findall(r"^## (GET|POST|PUT|PATCH|DELETE) (\S+)\n\n.*\n\nName `([^`]+)`\.(?s:(.*?))(?=^##? |\Z)", manual, re.M)
    return [(name, method, path, rest) for method, path, name, rest in found]


def arguments(path, rest, known):
    """What the path and the query cannot do without."""
    query = re.split(r"^(?:Body|Form|Answer: .*)$", rest, flags=re.M)[0]
    asked = re.findall(r"\{(\w+)\*?\}", path) + re.findall(r"^\| `(\w+)` \|[^|]*\| yes", query, re.M)
    given = [(name, PARAMS.get(name, "1")) for name in asked]
    return [word for name, value in given for word in ("--param", f"{name}={known.get(value, value)}")]


def is_answer(text):
    """JSON, XML, or the text of a page; a refusal of the router or of the content type is none of the route's own."""
    text = text.strip()
    if text.startswith("<?xml"):
        xml.etree.ElementTree.fromstring(text.encode())
        return True
    if not text.startswith(("{", "[")):
        return len(text) > 0
    answer = json.loads(text)
    kind = answer.get("type") if isinstance(answer, dict) else None
    return kind not in ("urn:linli:problem:method", "urn:linli:problem:internal") and not (isinstance(answer, dict) and answer.get("field") == "Content-Type")


def main():
    load()
    key, manual = make_key()
    mine = json.loads(run("call", "matter.open", stdin='{"words":"楼下水管漏水","subject":"water.pipe"}'.encode()).stdout)
    known = {"@ID": mine["id"], "@CODE": mine["code"]}
    every = routes(manual)
    tell(len(every) == manual.count("\n## ") and len(every) > 40, "the manual is read whole", (len(every), manual.count("\n## ")))
    for name, method, path, rest in every:
        if name in ENDLESS:
            continue
        who = ["--as", f"track:{mine['code']}"] if "Right: tracking code" in rest or path.startswith("/api/track") else ["--as", key]
        kind = ["--type", "image/png"] if name == "file.upload" else []
        p = run("call", name, *who, *kind, *arguments(path, rest, known), stdin=BODIES.get(name, "{}" if "Form" not in rest else "").encode())
        text = p.stdout.decode(errors="replace")
        tell(p.returncode in (0, 1) and is_answer(text), f"linli call {name} reaches {method} {path}", (p.returncode, text, p.stderr))
    p = run("call", "open311.post", "--param", "format=json", "--as", key, stdin=BODIES["open311.post"].encode())
    tell(p.returncode == 0 and json.loads(p.stdout)[0]["service_request_id"], "a form goes in as a form", p.stdout)
    shutil.rmtree(ROOT)
    sys.exit(1 if failed else 0)


main()
