#!/usr/bin/env python3
"""Signing in elsewhere by OpenID Connect, seen from outside: a provider that tells the truth, and one that lies.

    t/oidc.py LINLI SOURCE [postgres]

Skipped (77) without python3-cryptography, which signs for the provider.
"""
import base64
import hashlib
import hmac
import http.client
import json
import struct
import time
import urllib.parse

try:
    from oidc_provider import CLIENT, SECRET, Key, Provider
except ImportError:
    print("skipped: no python3-cryptography")
    raise SystemExit(77)
from house import ROOT, SAMPLE, Server, play, run, signed_in, tell

PASSWORD = "a-long-enough-password"
PUBLIC = "http://localhost:8080"


def conf(provider, **more):
    path = ROOT / "oidc.conf"
    lines = {"issuer": provider.issuer, "client_id": CLIENT, "client_secret": SECRET, "name": {"zh": "统一身份认证", "en": "City ID"},
             "second_factor": {"acr": ["gold"], "amr": ["mfa"]}, **more}
    path.write_text("".join(f"{k}: {json.dumps(v, ensure_ascii=False)}\n" for k, v in lines.items() if v is not None), encoding="utf-8")
    path.chmod(0o600)
    return path


class Browser:
    """Keeps cookies, follows nothing by itself."""

    def __init__(self, server, cookie=""):
        self.server, self.cookies = server, dict([cookie.split("=", 1)]) if cookie else {}

    def get(self, path):
        c = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        c.request("GET", path, headers={"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())})
        r = c.getresponse()
        r.read()
        c.close()
        self.said = r.headers.get_all("Set-Cookie", [])
        self.keep(self.said)
        return r.status, r.getheader("Location", "")

    def keep(self, cookies):
        for c in cookies:
            name, _, value = c.split(";")[0].partition("=")
            if name and "Max-Age=0" in c:
                self.cookies.pop(name, None)
            elif name:
                self.cookies[name] = value

    def leave(self, then="/desk"):
        """To the provider: what it is asked, or None."""
        status, to = self.get(f"/sign-in/oidc?then={then}")
        tell(status == 303, "the button leads on", (status, to))
        return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(to).query)) if "/auth?" in to else to

    def come(self, address):
        """Back: where it leads."""
        tell(address.startswith(PUBLIC + "/sign-in/oidc/back?"), "the provider sends the browser to our own address", address)
        status, to = self.get(address.removeprefix(PUBLIC))
        tell(status == 303, "which leads on", (status, to))
        return to

    def sign_in(self, provider, then="/desk"):
        return self.come(provider.back(self.leave(then)))

    def who(self):
        status, answer, _ = self.server.ask("GET", "/api/session", Cookie=f"linli={self.cookies.get('linli', '')}")
        return answer["login"] if status == 200 else None


def totp(secret, at=None):
    key = base64.b32decode(secret)
    mac = hmac.new(key, struct.pack(">Q", int((at or time.time()) // 30)), hashlib.sha1).digest()
    at = mac[19] & 15
    return f"{(struct.unpack('>I', mac[at:at + 4])[0] & 0x7fffffff) % 1000000:06}"


# ---- settings ----------------------------------------------------------------------------------------------------------

def settings(p):
    def refused(words, **more):
        path = conf(p, **more)
        said = run("serve", "--listen", "127.0.0.1:0", "--oidc", path, "--public-url", PUBLIC, codes=(1, 2, 3)).stderr.decode()
        tell(words in said and SECRET not in said, f"settings are refused naming {words}", said)

    refused("oidc.conf:1: needs an https address", issuer="http://sso.example.org/x")
    refused("oidc.conf:1: needs an https address", issuer="nonsense")
    refused("oidc.conf:2: is missing", client_id="")
    refused("client_secret: ", client_secret=None)
    refused("oidc.conf:4: needs zh and en", name={"zh": "登录"})
    refused("oidc.conf:5: needs a list", second_factor={"acr": "gold"})
    refused("oidc.conf:6: unknown key colour", colour="red")
    conf(p).chmod(0o644)
    said = run("serve", "--oidc", ROOT / "oidc.conf", "--public-url", PUBLIC, codes=(1, 2, 3)).stderr.decode()
    tell("chmod 600" in said, "a file that others may read is refused", said)
    conf(p)
    for url in ((), ("--public-url", "http://linli.example.org")):
        said = run("serve", "--oidc", ROOT / "oidc.conf", *url, codes=(1, 2, 3)).stderr.decode()
        tell("--public-url" in said, "an address that others may listen in on is refused", said)


# ---- linking -----------------------------------------------------------------------------------------------------------

def link(server, p, who, then="/desk/me", **more):
    """By the person, signed in; where they end up."""
    status, answer, headers = server.ask("POST", "/api/session/oidc", {"password": PASSWORD, "then": then, **more}, **who)
    if not tell(status == 200, "linking leads to the provider", answer):
        return ""
    b = Browser(server, who["Cookie"])
    b.keep([headers["Set-Cookie"]])
    return b.come(p.back(dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(answer["url"]).query))))


def linking(server, p, admin, clerk, logins):
    status, town, _ = server.ask("GET", "/api/town")
    tell(town["sign_in"] == {"zh": "统一身份认证", "en": "City ID"}, "the page learns what the button says", town)
    tell(Browser(server).sign_in(p) == "/desk?sign-in=unlinked", "nobody gets an account by signing in elsewhere")
    status, answer, _ = server.ask("POST", "/api/session/oidc", {"password": "not the password"}, **clerk)
    tell(status == 422 and answer["field"] == "password", "a session without the password links nothing", answer)
    tell(link(server, p, clerk) == "/desk/me?sign-in=linked", "one links one's own account")
    mine = server.ask("GET", "/api/session/oidc", **clerk)[1]
    tell(mine["linked"] and not mine["by_other"], "and sees it", mine)
    tell(link(server, p, admin, "/work") == "/work?sign-in=taken", "one subject opens one account")
    status, answer, _ = server.ask("PUT", f"/api/accounts/{logins['admin']}/oidc", {"subject": "s-9"}, **admin)
    tell(status == 422 and answer["field"] == "login", "an administrator links their own like everybody", answer)


def bound_by_admin(server, p, admin, logins):
    status, answer, _ = server.ask("PUT", f"/api/accounts/{logins['other']}/oidc", {"subject": "s-2002"}, **admin)
    tell(status == 404 and answer["field"] == "login", "no account is made by linking one", answer)
    signed_in(server, logins["other"])
    status, answer, _ = server.ask("PUT", f"/api/accounts/{logins['other']}/oidc", {"subject": "s-1001"}, **admin)
    tell(status == 409, "a subject that opens another account is refused", answer)
    status, answer, _ = server.ask("PUT", f"/api/accounts/{logins['other']}/oidc", {"subject": "s-2002"}, **admin)
    tell(status == 200, "an administrator links an account that stands", answer)
    p.person = "s-2002"
    b = Browser(server)
    tell(b.sign_in(p, "/work") == "/work" and b.who() == logins["other"], "whose person then signs in")
    rows = server.ask("GET", "/api/accounts", **admin)[1]["items"]
    tell({r["login"] for r in rows if r["linked"]} == {logins["clerk"], logins["other"]}, "the list says who is linked", rows)
    signed_in(server, logins["other"])  # invited anew: what an administrator linked stays
    tell(Browser(server).sign_in(p, "/work") == "/work", "an administrator's link outlives a lost password")
    status, answer, _ = server.ask("POST", f"/api/accounts/{logins['other']}/close", **admin)
    tell(status == 200 and Browser(server).sign_in(p) == "/desk?sign-in=unlinked", "a closed account opens no more", answer)
    acts = [(a["act"], a["subject"]) for a in server.ask("GET", "/api/audit/acts", **signed_in(server, run_login("auditor")))[1].get("items", [])]
    tell(("link", logins["other"]) in acts and ("unlink", logins["other"]) in acts, "the audit says who was linked", acts)
    p.person = "s-1001"


# ---- signing in --------------------------------------------------------------------------------------------------------

def well(server, p, login):
    b = Browser(server)
    asked = b.leave("/desk/boards")
    tell({"openid"} == set(asked["scope"].split()) and asked["code_challenge_method"] == "S256" and asked["response_type"] == "code" and len(asked["nonce"]) >= 43,
         "the provider is asked with PKCE and a nonce", asked)
    cookie = b.said[0]
    tell("HttpOnly" in cookie and "SameSite=Lax" in cookie and "Max-Age=600" in cookie, "the browser keeps a short-lived cookie no script reads", cookie)
    to = b.come(p.back(asked))
    tell(to == "/desk/boards" and b.who() == login, "and comes back signed in, where it was", (to, b.who()))
    tell("linli_oidc" not in b.cookies, "with nothing left over", b.cookies)
    b2 = Browser(server)
    for then in ("//evil.example", "https://evil.example", "/desk/../../x", "/deskevil", "/api/session", "/desk?x", "/desk\\evil"):
        to = b2.sign_in(p, urllib.parse.quote(then))
        tell(to == "/desk", f"{then} leads to the desk", to)


def lies(server, p):
    now = int(time.time())
    k = {"nonce": {"nonce": "x" * 43}, "no nonce": {"nonce": None}, "aud": {"aud": "somebody"}, "aud among others, without azp": {"aud": [CLIENT, "other"]},
         "azp": {"azp": "other"}, "iss": {"iss": p.issuer + "/"}, "exp": {"exp": now - 120}, "no exp": {"exp": None}, "iat in the future": {"iat": now + 600},
         "iat long ago": {"iat": now - 3600}, "no sub": {"sub": None}, "sub a number": {"sub": 7}, "nbf": {"nbf": now + 600}}
    for name, lie in k.items():
        p.lie = lie
        b = Browser(server)
        to = b.sign_in(p)
        tell(to == "/desk?sign-in=refused" and b.who() is None, f"a token with a wrong {name} is refused", to)
    p.lie = {}
    for header in ({"alg": "none"}, {"alg": "HS256"}, {"crit": ["x"], "x": 1}, {"alg": "RS512"}):
        p.header = header
        to = Browser(server).sign_in(p)
        tell(to == "/desk?sign-in=refused", f"a token with the header {header} is refused", to)
    p.header = {}
    p.sign_with = Key("k1")
    tell(Browser(server).sign_in(p) == "/desk?sign-in=refused", "a signature of another key under the same name is refused")
    p.sign_with = None
    p.lie = {"aud": [CLIENT, "other"], "azp": CLIENT}
    tell(Browser(server).sign_in(p) == "/desk", "several audiences are fine when it was given to us")
    p.lie = {}


def rotation(server, p, restart):
    for alg in ("PS256", "ES256", "RS256"):
        p.key = Key("new-" + alg, alg)
        to = Browser(server).sign_in(p)
        tell(to == "/desk", f"new keys are fetched when one is named ({alg})", to)
    p.asked.clear()
    p.sign_with = Key("made-up")
    for _ in range(10):
        tell(Browser(server).sign_in(p) != "/desk", "a key that is not in the set is refused")
    p.sign_with = None
    tell(p.asked.count("/certs") <= 6, "and asked for only so often", p.asked.count("/certs"))
    tell(p.asked.count("/.well-known/openid-configuration") == 0, "what was learnt is kept")
    p.keys = [Key(f"x{i}", "ES256").public() for i in range(3)] + [{"kty": "oct", "k": "AAAA"}, p.key.public() | {"d": "AQAB"}]
    server = restart()
    tell(Browser(server).sign_in(p) == "/desk", "the right one of several keys is taken")
    p.keys = None
    return server


def states(server, p):
    b, other = Browser(server), Browser(server)
    back = p.back(b.leave())
    tell(other.come(back) == "/desk?sign-in=late", "another browser cannot use the answer")
    other.leave()
    tell(other.come(back) == "/desk?sign-in=late" and other.who() is None, "not even one that asked something itself")
    kept = dict(b.cookies)
    tell(b.come(back) == "/desk", "the one that asked can")
    b.cookies = kept
    again = urllib.parse.urlsplit(p.back({"redirect_uri": PUBLIC + "/sign-in/oidc/back", "state": dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(back).query))["state"]}))
    tell(b.come(urllib.parse.urlunsplit(again)) == "/desk?sign-in=late" and b.who() is None, "once")
    b = Browser(server)
    b.leave()
    tell(b.come(f"{PUBLIC}/sign-in/oidc/back?code=x") == "/desk?sign-in=late", "an answer without a state is nobody's")
    b = Browser(server)
    asked = b.leave()
    tell(b.come(f"{PUBLIC}/sign-in/oidc/back?code=x&state={asked['state']}&iss=https://evil.example") == "/desk?sign-in=late", "another provider's answer is refused")
    tell(b.come(f"{PUBLIC}/sign-in/oidc/back?code=made-up&state={asked['state']}") == "/desk?sign-in=refused", "a made-up code is worth nothing")
    p.declines = True
    tell(Browser(server).sign_in(p) == "/desk?sign-in=declined", "who thinks better of it is back at the form")
    p.declines = False
    b = Browser(server)
    b.cookies["linli_oidc"] = "A" * 300
    tell(b.come(f"{PUBLIC}/sign-in/oidc/back?code=x&state=y") == "/desk?sign-in=late", "a made-up cookie is no cookie")


def second_factor(server, p, clerk):
    offer = server.ask("POST", "/api/session/second-factor/offer", **clerk)[1]
    at = time.time() - 30
    status, answer, _ = server.ask("POST", "/api/session/second-factor", {"secret": offer["secret"], "code": totp(offer["secret"], at)}, **clerk)
    tell(status == 200, "a second factor is set up", answer)
    b = Browser(server)
    to = b.sign_in(p, "/work")
    tell(to == "/work?sign-in=code" and b.who() is None, "it is asked for after the sign-in elsewhere too", to)
    cookies = "; ".join(f"{k}={v}" for k, v in b.cookies.items())
    status, answer, _ = server.ask("POST", "/api/session/oidc/code", {"code": "000000"}, Cookie=cookies)
    tell(status == 401, "a wrong code opens nothing", answer)
    status, answer, _ = server.ask("POST", "/api/session/oidc/code", {"code": totp(offer["secret"])})
    tell(status == 401, "nor does a code alone", answer)
    status, answer, headers = server.ask("POST", "/api/session/oidc/code", {"code": totp(offer["secret"])}, Cookie=cookies)
    tell(status == 200 and answer["csrf"], "the right one does", answer)
    b.keep([headers["Set-Cookie"]])
    tell(b.who() == answer.get("login"), "and one is signed in", b.who())
    for lie in ({"acr": "gold"}, {"amr": ["pwd", "mfa"]}):
        p.lie = lie
        b = Browser(server)
        tell(b.sign_in(p) == "/desk" and b.who(), f"unless the provider says in the words of the settings that it asked: {lie}")
    p.lie = {"acr": "silver", "amr": ["pwd"]}
    tell(Browser(server).sign_in(p) == "/desk?sign-in=code", "other words are not believed")
    p.lie = {}


def unlinking(server, p, login):
    who = signed_in(server, login)  # invited anew: what the person linked themselves is gone
    tell(Browser(server).sign_in(p) == "/desk?sign-in=unlinked", "an account opened anew loses the link its person made")
    tell(link(server, p, who) == "/desk/me?sign-in=linked" and Browser(server).sign_in(p) == "/desk", "it is linked again")
    tell(server.ask("DELETE", "/api/session/oidc", **who)[0] == 200, "and unlinked")
    tell(Browser(server).sign_in(p) == "/desk?sign-in=unlinked", "which ends it")
    tell(server.ask("DELETE", "/api/session/oidc", **who)[0] == 404, "once")


def trouble(p, start):
    p.hang = 30
    server = start()
    begun = time.monotonic()
    to = Browser(server).leave("/work")
    tell(to == "/work?sign-in=unreachable" and time.monotonic() - begun < 9, "a provider that hangs is told within seconds", (to, time.monotonic() - begun))
    begun = time.monotonic()
    tell(Browser(server).leave() == "/desk?sign-in=unreachable" and time.monotonic() - begun < 2, "and left alone for a moment", time.monotonic() - begun)
    p.hang = 0
    server.stop()
    for say in ({"issuer": "https://other.example"}, {"token_endpoint": "ftp://x"}, {"jwks_uri": None}, {"code_challenge_methods_supported": ["plain"]}):
        p.say = say
        server = start()
        tell(Browser(server).leave() == "/desk?sign-in=unreachable", f"a provider that says {say} is not used")
        server.stop()
    p.say = {}
    server = start(limits=True)
    got = [server.ask("GET", "/sign-in/oidc")[2]["Location"] for _ in range(30)]
    tell(got[0].startswith(p.issuer) and got[-1] == "/desk?sign-in=busy", "the button counts like a sign-in", got[-1])
    server.stop()
    p.stop()
    server = start()
    tell(Browser(server).leave() == "/desk?sign-in=unreachable", "one that is down too")
    server.stop()


def main():
    p = Provider()
    run("load", SAMPLE, "--trial", codes=(0,))
    settings(p)
    path = conf(p)
    live = []

    def start(limits=False):
        live.append(Server("--oidc", path, "--public-url", PUBLIC + "/", limits=limits))
        return live[-1]

    server = start()
    logins = {"admin": run_login("admin"), "clerk": run_login("clerk"), "other": run_login("grid")}
    admin, clerk = signed_in(server, logins["admin"]), signed_in(server, logins["clerk"])
    linking(server, p, admin, clerk, logins)
    well(server, p, logins["clerk"])
    bound_by_admin(server, p, admin, logins)
    lies(server, p)
    states(server, p)

    def restart():
        live[-1].stop()
        return start()

    server = rotation(server, p, restart)
    second_factor(server, p, clerk)
    unlinking(server, p, logins["clerk"])
    tell(SECRET not in server.said() and "s-1001" not in server.said(), "neither secret nor subject stands in the log")
    server.stop()
    trouble(p, start)


def run_login(role):
    """Who holds a post of this role in the sample town."""
    import csv
    for row in csv.DictReader(open(SAMPLE / "posts.csv", encoding="utf-8-sig")):
        if row["role"].startswith(role) and row["holder"]:
            return row["holder"]
    raise SystemExit(role)


play(main)
