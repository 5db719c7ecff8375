"""What the stories of t/ share: the real binary, a store of their own on either engine, a running server, and how a story ends.

    from house import DB, ROOT, SAMPLE, Server, play, run, tell
    def main(): ...
    play(main)

Called as t/STORY.py LINLI SOURCE [postgres]. With "postgres" the store is a schema of its own on the server that LINLI_TEST_PG
names; without one the story is skipped (77).
"""
import http.client
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from answers import Answers

LINLI = os.path.abspath(sys.argv[1])
SOURCE = pathlib.Path(sys.argv[2]).resolve()
SAMPLE = SOURCE / "samples" / "town"
POSTGRES = sys.argv[3:] == ["postgres"]
STORY = pathlib.Path(sys.argv[0]).stem
ROOT = pathlib.Path(tempfile.mkdtemp(prefix=f"linli-{STORY}-"))
SCHEMA = f"t_{STORY}_{os.getpid()}"
POINT = {"lat": 39.8986, "lon": 116.4059}
CRASH = ("Sanitizer", "runtime error:", "BUG")
failed, running = [], []


def tell(good, sentence, detail=""):
    if not good:
        failed.append(sentence)
        print(f"not ok - {sentence}\n    {str(detail)[:1500]}", flush=True)
    return good


def until(what, seconds=60):
    """Waits for what() to be true; its last value."""
    for _ in range(int(seconds / 0.05)):
        value = what()
        if value:
            return value
        time.sleep(0.05)
    return what()


def environment(**more):
    env = {k: v for k, v in os.environ.items() if not k.startswith("LINLI_")}
    env.update(LINLI_LANG="en", LINLI_KEY=str(ROOT / "vault.key"))
    env.update(more)
    return env


def run(*args, stdin=b"", codes=(0,), db=None, **env):
    """One command on the store; its exit code must be one of @codes."""
    words = [LINLI, *map(str, args), "--db", db or DB]
    p = subprocess.run(words, input=stdin, capture_output=True, env=environment(**env), timeout=120)
    said = p.stderr.decode(errors="replace")
    if p.returncode not in codes or any(c in said for c in CRASH):
        tell(False, f"linli {' '.join(map(str, args))}: exit {p.returncode}, want {codes}", said)
    return p


class Server:
    """linli serve on a free port. Each answer is held against its own document."""
    answers = None

    def __init__(self, *more, limits=False, **env):
        self.log = open(ROOT / f"log-{time.monotonic_ns()}", "w+b")
        words = [LINLI, "serve", "--listen", "127.0.0.1:0", "--db", DB, *map(str, more), *([] if limits else ["--no-limits"])]
        self.p = subprocess.Popen(words, env=environment(**env), stdout=self.log, stderr=self.log)
        running.append(self)
        self.port = until(self.port_said)
        if not self.port:
            raise SystemExit(f"the server did not start ({self.p.poll()}): {self.said()}")

    def said(self):
        return pathlib.Path(self.log.name).read_bytes().decode(errors="replace")

    def port_said(self):
        words = self.said()
        if "Linli serves at http://127.0.0.1:" in words:
            return int(words.split("http://127.0.0.1:")[1].split(";")[0])
        if self.p.poll() is not None:
            raise SystemExit(f"the server did not start ({self.p.returncode}): {words}")
        return 0

    def ask(self, method, path, body=None, kind="application/json", **headers):
        """(status, JSON, text or bytes, headers) on a connection of its own."""
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body, ensure_ascii=False).encode()
        if body is not None:
            headers["Content-Type"] = kind
        try:
            c.request(method, path, body, {k.replace("_", "-"): v for k, v in headers.items()})
            r = c.getresponse()
            got, kind = r.read(), r.getheader("Content-Type", "")
            if "json" in kind:
                got = json.loads(got)
                self.hold(method, path, r.status, kind.split(";")[0], got)
            elif "text" in kind or "xml" in kind:
                got = got.decode()
            return r.status, got, dict(r.getheaders())
        finally:
            c.close()

    def hold(self, method, path, status, kind, answer):
        if path == "/api/openapi.json":
            return
        if not Server.answers:
            Server.answers = Answers(Server.ask(self, "GET", "/api/openapi.json")[1])
        wrong = Server.answers.wrong(method, path, status, kind, answer)
        tell(not wrong, f"{method} {path} answers as the document says", f"{wrong} in {answer}")

    def open_matter(self, words="小区门口的垃圾没有清运", **more):
        status, answer, _ = self.ask("POST", "/api/matters", {"words": words, **POINT, **more})
        tell(status == 201, "a matter is opened", answer)
        return answer

    def kill(self):
        self.p.kill()
        self.p.wait()

    def stop(self):
        """Graceful; returns the exit code."""
        self.p.send_signal(signal.SIGTERM)
        code = self.p.wait(timeout=90)
        tell(not any(c in self.said() for c in CRASH), "the server stops in order", self.said()[-1500:])
        return code


def signed_in(server, login):
    """Invited, with a password of one's own; headers for writes."""
    token = json.loads(run("invite", login, "--json").stdout)["token"]
    status, answer, _ = Server.ask(server, "POST", "/api/invitations/accept", {"token": token, "password": "a-long-enough-password"})
    tell(status == 200 and answer["login"] == login, "the link sets a password", answer)
    status, answer, headers = Server.ask(server, "POST", "/api/session", {"login": login, "password": "a-long-enough-password"})
    tell(status == 200, "which opens a session", answer)
    return {"Cookie": headers["Set-Cookie"].split(";")[0], "X_CSRF_Token": answer["csrf"]}


# ---- the store ---------------------------------------------------------------------------------------------------------

def psql(sql):
    subprocess.run(["psql", "-q", "-v", "ON_ERROR_STOP=1", "-d", os.environ["LINLI_TEST_PG"], "-c", sql], check=True, capture_output=True)


def database():
    if not POSTGRES:
        return f"sqlite:{ROOT}/linli.db"
    base = os.environ.get("LINLI_TEST_PG")
    if not base or not shutil.which("psql"):
        print("skipped: no LINLI_TEST_PG or no psql")
        shutil.rmtree(ROOT, ignore_errors=True)
        raise SystemExit(77)
    psql(f"CREATE SCHEMA {SCHEMA}")
    return f"{base}{'&' if '?' in base else '?'}options=-csearch_path%3D{SCHEMA}"


DB = database()


def play(main):
    """The whole story; ends the program."""
    try:
        main()
    finally:
        for server in running:
            server.p.kill()
            server.p.wait()
        if POSTGRES:
            psql(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
        shutil.rmtree(ROOT, ignore_errors=True)
    print("not ok: " + "; ".join(failed) if failed else "ok")
    sys.exit(1 if failed else 0)
