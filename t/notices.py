#!/usr/bin/env python3
"""Messages, seen from outside: a running server, a gateway for short messages, a mail server and webhooks on this machine.

    t/notices.py LINLI SOURCE [postgres]

With "postgres" the same on the server that LINLI_TEST_PG names, in a schema of its own; skipped (77) when there is none.
"""
import base64
import email
import email.policy
import hashlib
import hmac
import http.server
import json
import shutil
import socketserver
import ssl
import subprocess
import threading
import time

import house
from house import DB, LINLI, POINT, ROOT, SAMPLE, environment, play, run, tell, until

SECRET = b"0123456789012345678901234567890123456789"
ALWAYS = {"notify_hours": "00:00-24:00"}


# ---- gateways --------------------------------------------------------------------------------------------------------

class Gateway(http.server.ThreadingHTTPServer):
    """Keeps what it gets; while `hold` is set it has read a request and does not answer."""
    daemon_threads = True

    def __init__(self, tls=None):
        super().__init__(("127.0.0.1", 0), Take)
        self.got, self.hold = [], threading.Event()
        self.hold.set()
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*tls)
            self.socket = context.wrap_socket(self.socket, server_side=True)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, address):
        pass  # a client that was killed, or does not trust us

    def where(self, path):
        return [r for r in list(self.got) if r[0] == path]


class Take(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, dict(self.headers), body))
        self.server.hold.wait()
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


class Mail(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 here")
        to = None
        for line in self.rfile:
            word = line.split()[0].upper() if line.split() else b""
            if word == b"DATA":
                self.say("354 go on")
                text = b""
                while not text.endswith(b"\r\n.\r\n"):
                    text += self.rfile.readline()
                self.server.got.append((to, text[:-3]))
                self.say("250 taken")
            elif word == b"RCPT":
                to = line.decode().split(":", 1)[1].strip()
                self.say("250 yes")
            elif word == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 yes")

    def say(self, text):
        self.wfile.write(text.encode() + b"\r\n")


class MailServer(socketserver.ThreadingTCPServer):
    daemon_threads = allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Mail)
        self.got = []
        threading.Thread(target=self.serve_forever, daemon=True).start()


# ---- the server ------------------------------------------------------------------------------------------------------

class Server(house.Server):
    def __init__(self, conf):
        super().__init__("--town", SAMPLE, "--notices", conf)

    def ask(self, *what, **how):
        return super().ask(*what, **how)[:2]

    def report(self, headers=None, **more):
        status, out = self.ask("POST", "/api/matters", {"words": "楼下垃圾桶满了没人清运", **POINT, **ALWAYS, **more}, **(headers or {}))
        tell(status == 201, "a matter is opened", out)
        return out


def write_conf(text, mode=0o600):
    path = ROOT / f"notices-{time.monotonic_ns()}.conf"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return str(path)


def notices(*args, codes=(0,)):
    return run("notices", *args, codes=codes).stdout.decode()


# ---- what is told ----------------------------------------------------------------------------------------------------

def signature_holds(headers, body):
    lead = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode()
    mac = base64.b64encode(hmac.new(SECRET, lead + body, hashlib.sha256).digest()).decode()
    return headers["webhook-signature"] == "v1," + mac


def one_message_after_reporting(s, gateway):
    out = s.report(phone="13800001234", name="李样例")
    sms = until(lambda: gateway.where("/sms"))
    tell(len(sms) == 1, "one short message", sms)
    got = json.loads(sms[0][2])
    tell(got["to"] == "13800001234" and out["code"] in got["text"], "it goes to the phone and holds the code", got)
    tell(out["answered_by"]["unit"]["name"]["zh"] in got["text"] if isinstance(out["answered_by"]["unit"]["name"], dict)
         else out["answered_by"]["unit"]["name"] in got["text"], "it says which unit", (got, out["answered_by"]["unit"]))
    tell("垃圾" not in got["text"] and "李样例" not in got["text"], "not what it is about, nor who", got)
    tell(sms[0][1].get("Authorization") == "Bearer example", "with the operator's header", sms[0][1])
    hooks = until(lambda: gateway.where("/hook"))
    body = json.loads(hooks[0][2])
    tell(body["type"] == "matter.opened" and body["data"]["matter"] == out["id"], "the hook hears of it", body)
    tell(signature_holds(hooks[0][1], hooks[0][2]), "with a signature that holds", hooks[0][1])
    tell("13800001234" not in hooks[0][2].decode() and "垃圾" not in hooks[0][2].decode(), "and without words or numbers", body)
    status, box = s.ask("GET", "/api/track/notices", X_Tracking_Code=out["code"])
    tell(status == 200 and [n["kind"] for n in box["items"]] == ["receipt"], "the same stands in the app", box)
    return out


def a_mail_in_english(s, mail):
    out = s.report({"Accept_Language": "en"}, mail="resident@example.org")
    got = until(lambda: list(mail.got))
    tell(len(got) == 1 and got[0][0] == "<resident@example.org>", "one mail to the address", got)
    m = email.message_from_bytes(got[0][1], policy=email.policy.default)
    tell("we have what you reported" in m["Subject"] and m["Auto-Submitted"] == "auto-generated", "in English", m["Subject"])
    text = m.get_content()
    tell(out["code"] in text and "https://town.example" in text, "with code and address of the town", text)


def discreet(s, gateway):
    before = len(gateway.where("/sms"))
    s.report(phone="13800002222", discreet=True)
    sms = until(lambda: gateway.where("/sms")[before:])
    tell(sms and json.loads(sms[0][2])["text"] == "您有一条新消息，请在方便时查看。", "a discreet message says nothing", sms)


def killed_between_sending_and_writing_down(s, gateway, conf):
    before = len(gateway.where("/sms"))
    gateway.hold.clear()
    s.report(phone="13800003333")
    first = until(lambda: gateway.where("/sms")[before:])
    s.kill()
    gateway.hold.set()
    s = Server(conf)
    again = until(lambda: gateway.where("/sms")[before + 1:], 90)  # the killed one's lease runs out first
    tell(first and again and json.loads(first[0][2])["id"] == json.loads(again[0][2])["id"], "sent again with the same id", (first, again))
    until(lambda: json.loads(notices("--json"))["outbox"] and not [r for r in json.loads(notices("--json"))["outbox"] if r["state"] == "waiting"])
    tell(len(gateway.where("/sms")) == before + 2, "and then no more", gateway.where("/sms")[before:])
    return s


def seen_by_the_operator(s):
    counts = {(r["channel"], r["state"]): r["n"] for r in json.loads(notices("--json"))["outbox"]}
    tell(counts.get(("sms", "sent")) == 3 and counts.get(("mail", "sent")) == 1, "linli notices counts them", counts)
    metrics = until(lambda: [m for m in [str(s.ask("GET", "/metrics")[1])] if "linli_notices_waiting 0\n" in m])
    tell(metrics and "linli_notices_undelivered 0\n" in metrics[0], "so do the metrics", metrics)
    log = "".join(p.read_text(encoding="utf-8", errors="replace") for p in ROOT.glob("log-*"))
    tell("1380000" not in log and "example.org" not in log, "no number and no address in the log")


def certificates():
    if not shutil.which("openssl"):
        return None
    key, cert = ROOT / "tls.key", ROOT / "tls.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
                    "subjectAltName=DNS:localhost", "-keyout", key, "-out", cert], check=True, capture_output=True)
    return cert, key


def who_cannot_prove_who_it_is_gets_nothing(tls):
    gateway = Gateway(tls)
    hook = f"hooks: [{{name: safe, url: 'https://localhost:{gateway.server_address[1]}/hook', secret: whsec_{base64.b64encode(SECRET).decode()}}}]\n"
    s = Server(write_conf(hook))
    s.report()
    until(lambda: "tls" in s.said())
    tell("tls" in s.said() and not gateway.got, "a certificate that nobody vouches for", s.said()[-800:])
    s.stop()
    s = Server(write_conf(f"ca: {tls[0]}\n{hook}"))
    s.report()
    tell(until(lambda: gateway.where("/hook")), "one that the operator trusts", s.said()[-800:])
    s.stop()


def configuration_is_judged():
    for text, mode, word in (("link: x\n", 0o644, "chmod 600"), ("sms: {url: 'http://gateway.example/', body: '{phone}{text}'}\n", 0o600, "sms.url"),
                             ("colour: red\n", 0o600, "unknown key colour")):
        p = subprocess.run([LINLI, "serve", "--listen", "127.0.0.1:0", "--db", DB, "--town", str(SAMPLE), "--notices", write_conf(text, mode)],
                           env=environment(), capture_output=True, timeout=60)
        tell(p.returncode == 3 and word in p.stderr.decode(), f"refused: {word}", p.stderr.decode())


def main():
    gateway, mail = Gateway(), MailServer()
    port = gateway.server_address[1]
    conf = write_conf(f"""\
link: https://town.example
sms:
  url: http://127.0.0.1:{port}/sms
  headers: {{Authorization: Bearer example}}
  body: '{{"to": "{{phone}}", "text": "{{text}}", "id": "{{id}}"}}'
mail: {{url: 'smtp://127.0.0.1:{mail.server_address[1]}', from: no-reply@town.example}}
hooks:
  - {{name: upstream, url: 'http://127.0.0.1:{port}/hook', secret: whsec_{base64.b64encode(SECRET).decode()}, events: [opened]}}
""")
    configuration_is_judged()
    s = Server(conf)
    one_message_after_reporting(s, gateway)
    a_mail_in_english(s, mail)
    discreet(s, gateway)
    s = killed_between_sending_and_writing_down(s, gateway, conf)
    seen_by_the_operator(s)
    tell(s.stop() == 0, "the server stops in order")
    tls = certificates()
    if tls:
        who_cannot_prove_who_it_is_gets_nothing(tls)


play(main)
