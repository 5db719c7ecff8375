"""A provider of OpenID Connect for tests: it says what a story wants it to say, also what no honest provider would.

    p = Provider()                      # on a free port of this machine; p.issuer
    p.person = "s-1001"                 # whose sign-in the next one is
    p.lie = {"aud": "somebody-else"}    # what the next ID tokens say instead; None leaves a claim out

As a program (`oidc_provider.py PORT`) it shows a page with a button, for a browser's test.
"""
import base64
import hashlib
import html
import http.server
import json
import secrets
import sys
import threading
import time
import urllib.parse

from cryptography.hazmat.primitives import hashes, hmac, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils

CLIENT, SECRET = "linli", "a-secret:of%20+&chars"


def b64(b):
    return base64.urlsafe_b64encode(b).rstrip(b"=").decode()


def number(n, size=None):
    return b64(n.to_bytes(size or (n.bit_length() + 7) // 8, "big"))


class Key:
    def __init__(self, kid, kind="RS256", bits=2048):
        self.kid, self.alg = kid, kind
        self.key = ec.generate_private_key(ec.SECP256R1()) if kind == "ES256" else rsa.generate_private_key(65537, bits)

    def public(self):
        n = self.key.public_key().public_numbers()
        if self.alg == "ES256":
            return {"kty": "EC", "crv": "P-256", "x": number(n.x, 32), "y": number(n.y, 32), "kid": self.kid, "alg": "ES256", "use": "sig"}
        return {"kty": "RSA", "n": number(n.n), "e": number(n.e), "kid": self.kid, "use": "sig"}

    def pem(self):
        return self.key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)

    def sign(self, data):
        if self.alg == "ES256":
            r, s = utils.decode_dss_signature(self.key.sign(data, ec.ECDSA(hashes.SHA256())))
            return r.to_bytes(32, "big") + s.to_bytes(32, "big")
        pad = padding.PKCS1v15() if self.alg == "RS256" else padding.PSS(padding.MGF1(hashes.SHA256()), 32)
        return self.key.sign(data, pad, hashes.SHA256())


class Provider:
    def __init__(self, port=0):
        self.person, self.lie, self.header, self.say, self.sign_with = "s-1001", {}, {}, {}, None
        self.key, self.keys = Key("k1"), None
        self.codes, self.asked, self.hang, self.declines = {}, [], 0, False
        provider = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_GET(self):
                provider.get(self)

            def do_POST(self):
                provider.post(self)

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.port = self.http.server_port
        self.issuer = f"http://127.0.0.1:{self.port}/realms/city"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def stop(self):
        self.http.shutdown()
        self.http.server_close()

    # ---- what it is asked --------------------------------------------------------------------------------------------

    def answer(self, h, status, body, kind="application/json"):
        data = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else json.dumps(body).encode()
        h.send_response(status)
        h.send_header("Content-Type", kind)
        h.send_header("Content-Length", str(len(data)))
        h.end_headers()
        h.wfile.write(data)

    def get(self, h):
        url = urllib.parse.urlsplit(h.path)
        path = url.path.removeprefix("/realms/city")
        query = dict(urllib.parse.parse_qsl(url.query))
        self.asked.append(path)
        if self.hang and path != "/page":
            time.sleep(self.hang)
        if path == "/.well-known/openid-configuration":
            self.answer(h, 200, {"issuer": self.issuer, "authorization_endpoint": self.issuer + "/auth", "token_endpoint": self.issuer + "/token",
                                 "jwks_uri": self.issuer + "/certs", "code_challenge_methods_supported": ["S256"], **self.say})
        elif path == "/certs":
            self.answer(h, 200, {"keys": self.keys if self.keys is not None else [self.key.public()]})
        elif path == "/auth" and "go" not in query:
            self.answer(h, 200, "<!doctype html><html lang=en><title>City sign-in</title><main><h1>City sign-in</h1><form>" +
                        "".join(f'<input type=hidden name="{html.escape(k)}" value="{html.escape(v)}">' for k, v in query.items()) +
                        '<label>Number <input name=person value="s-1001"></label><button name=go value=1>Continue</button></form></main></html>', "text/html")
        elif path == "/auth":
            h.send_response(303)
            h.send_header("Location", self.back(query))
            h.send_header("Content-Length", "0")
            h.end_headers()
        else:
            self.answer(h, 404, {})

    def back(self, q):
        """The address to which a browser that asked with @q is sent."""
        back = {"state": q["state"], "iss": self.issuer}
        if self.declines:
            back["error"] = "access_denied"
        else:
            back["code"] = secrets.token_urlsafe(20)
            self.codes[back["code"]] = {**q, "person": q.get("person", self.person)}
        return q["redirect_uri"] + "?" + urllib.parse.urlencode(back)

    def post(self, h):
        form = dict(urllib.parse.parse_qsl(h.rfile.read(int(h.headers["Content-Length"])).decode()))
        self.asked.append("/token")
        if self.hang:
            time.sleep(self.hang)
        who = base64.b64decode(h.headers.get("Authorization", "")[6:]).decode().split(":", 1)
        known = [urllib.parse.unquote_plus(w) for w in who] == [CLIENT, SECRET]
        asked = self.codes.pop(form.get("code"), None)
        if not known or not asked or form["redirect_uri"] != asked["redirect_uri"] or form["grant_type"] != "authorization_code" or \
                b64(hashlib.sha256(form["code_verifier"].encode()).digest()) != asked["code_challenge"] or asked["code_challenge_method"] != "S256":
            self.answer(h, 400, {"error": "invalid_grant"})
            return
        self.answer(h, 200, {"access_token": "unused", "token_type": "Bearer", "id_token": self.token(asked)})

    def token(self, asked):
        now = int(time.time())
        claims = {"iss": self.issuer, "sub": asked["person"], "aud": asked["client_id"], "exp": now + 300, "iat": now, "nonce": asked["nonce"], **self.lie}
        key = self.sign_with or self.key
        header = {"alg": key.alg, "kid": key.kid, "typ": "JWT", **self.header}
        part = [b64(json.dumps({k: v for k, v in p.items() if v is not None}).encode()) for p in (header, claims)]
        data = ".".join(part).encode()
        if header["alg"] == "none":
            return data.decode() + "."
        if header["alg"] == "HS256":
            h = hmac.HMAC(key.pem(), hashes.SHA256())
            h.update(data)
            return data.decode() + "." + b64(h.finalize())
        return data.decode() + "." + b64(key.sign(data))


if __name__ == "__main__":
    Provider(int(sys.argv[1]))
    print("ready", flush=True)
    threading.Event().wait()
