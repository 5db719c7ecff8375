#!/usr/bin/env python3
"""Attachments on a running server: sent in from bad networks, power cuts in between, thrown at it by the hostile, backed up, erased.

    t/files.py LINLI SOURCE [postgres]

With "postgres" the same on the server that LINLI_TEST_PG names, in a schema of its own; skipped (77) when there is none.
"""
import http.client
import json
import os
import shutil
import signal
import socket
import struct
import subprocess
import threading
import time
import uuid
import zipfile
import zlib

import house
from house import POINT, POSTGRES, ROOT, SAMPLE, SOURCE, play, run, tell

MEDIA = SOURCE / "t" / "media"


class Server(house.Server):
    def __init__(self, *more, **how):
        super().__init__("--town", SAMPLE, *more, **how)

    def upload(self, name, kind, key=None):
        status, answer, _ = self.ask("POST", "/api/files", (MEDIA / name).read_bytes(), kind, **({"Idempotency_Key": key} if key else {}))
        tell(status == 201, f"{name} is taken", answer)
        return answer

    def open_with(self, *tokens):
        return self.open_matter(files=list(tokens))

    def file(self, code, k, **more):
        return self.ask("GET", f"/api/track/files/{k}", X_Tracking_Code=code, **more)

    def stop(self):
        tell(super().stop() == 0, "the server stops in order")


def verified(what, db=None, good=True):
    p = run("verify", "--json", db=db, codes=(0, 1))
    answer = json.loads(p.stdout)
    tell(answer["ok"] is good, f"{what}: verify says {'whole' if good else 'what is wrong'}", answer)
    return answer


def on_disk(needle):
    """Is it anywhere in what this test's store lies in?"""
    return [str(p) for p in ROOT.rglob("*") if p.is_file() and not p.name.startswith("log-") and needle in p.read_bytes()]


# ---- sentences ---------------------------------------------------------------------------------------------------------

def a_resident(server):
    """A photo and a voice from a phone; the office gets neither where nor when nor with what they were made."""
    photo, voice = server.upload("photo.jpg", "image/jpeg"), server.upload("voice.m4a", "audio/mp4")
    tell((photo["kind"], photo["type"], photo["width"], photo["height"]) == ("photo", "image/jpeg", 400, 640), "the photo is upright", photo)
    tell((voice["kind"], voice["type"]) == ("voice", "audio/mpeg") and 1400 < voice["ms"] < 1700, "the voice plays as long as before", voice)
    mine = server.open_with(photo["token"], voice["token"])
    status, seen, _ = server.ask("GET", "/api/track", X_Tracking_Code=mine["code"])
    tell([f["kind"] for f in seen["files"]] == ["photo", "voice"], "both are listed", seen)
    for k, traces in ((1, (b"Exif", b"GPS", b"InventedPhone", b"Invented Person", b"must go")), (2, (b"Invented", b"must-go", b"39.8986", b"ID3"))):
        status, got, headers = server.file(mine["code"], k)
        tell(status == 200 and not any(t in got for t in traces), f"file {k} tells nothing", (status, headers))
        tell(headers["X-Content-Type-Options"] == "nosniff" and "sandbox" in headers["Content-Security-Policy"], "and cannot run", headers)
    status, got, headers = server.file(mine["code"], 2, Range="bytes=0-99")
    tell(status == 206 and len(got) == 100, "a player may ask for a part", headers)
    status, answer, _ = server.ask("POST", "/api/track/note", {"text": "再补一张", "files": [server.upload("photo.heic", "image/heic")["token"]]},
                                   X_Tracking_Code=mine["code"])
    tell(status == 200, "a photo comes later with a note", answer)
    status, answer, _ = server.ask("POST", "/api/track/note", {"text": "同一张", "files": [photo["token"]]}, X_Tracking_Code=mine["code"])
    tell(status == 422 and answer["field"] == "files", "a token is good once", answer)
    return mine


def lost_answer(server):
    """The answer did not come back: the phone sends the same again."""
    key = str(uuid.uuid4())
    first, again = server.upload("photo.webp", "image/webp", key), server.upload("photo.webp", "image/webp", key)
    tell(first == again, "the same upload under the same key is one file", (first, again))


def cut_connection(server):
    """Half a photo, and the network is gone: nothing stays for longer than a body may take."""
    data = (MEDIA / "photo.png").read_bytes()
    halves = lambda: 0 if POSTGRES else len(list((ROOT / "linli.db.files" / "tmp").glob("*")))  # noqa: E731
    before = halves()  # of what went before, some may just be on its way out: fewer are fine
    for _ in range(5):
        s = socket.create_connection(("127.0.0.1", server.port))
        s.sendall(f"POST /api/files HTTP/1.1\r\nHost: x\r\nContent-Type: image/png\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data[: len(data) // 2])
        s.close()
    deadline = time.time() + 60  # at the latest when the 30 seconds for a body are over: a busy server may not see that the other side is gone
    while halves() > before and time.time() < deadline:
        time.sleep(0.1)
    tell(halves() <= before, "half an upload leaves nothing behind", (before, halves()))
    server.upload("photo.png", "image/png")


def png(width, height):
    """A picture of one colour, as small as it can be packed."""
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    pack = zlib.compressobj(9)
    row = b"\0" * (width // 8 + 2)
    rows = b"".join(pack.compress(row) for _ in range(height)) + pack.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def hostile(server):
    """What is thrown at it is refused in a sentence that names the field, and the next one is served."""
    bomb = png(30000, 30000)
    tell(len(bomb) < 500_000, "a bomb is small", len(bomb))
    for what, data, kind, want, field in (
            ("a decompression bomb", bomb, "image/png", 413, "file"),
            ("a film", (MEDIA / "film.mp4").read_bytes(), "audio/mp4", 422, "file"),
            ("a page that calls itself a photo", b"<html><script>alert(1)</script></html>", "image/jpeg", 422, "file"),
            ("an SVG", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml", 422, "Content-Type"),
            ("a paper from outside", b"%PDF-1.4\n%%EOF\n", "application/pdf", 403, "Content-Type"),
            ("half a photo", (MEDIA / "photo.png").read_bytes()[:20000], "image/png", 400, "file"),
            ("nothing", b"", "image/jpeg", 422, "Content-Length")):
        status, answer, _ = server.ask("POST", "/api/files", data, kind)
        tell(status == want and answer.get("field") == field, f"{what} is refused", (status, answer))
        status, zh, _ = server.ask("POST", "/api/files", data, kind, Accept_Language="zh")
        tell(status == want and any("\u4e00" <= c <= "\u9fff" for c in zh["detail"]), "in Chinese too", zh)
    s = socket.create_connection(("127.0.0.1", server.port))
    s.sendall(b"POST /api/files HTTP/1.1\r\nHost: x\r\nContent-Type: image/jpeg\r\nContent-Length: 30000000\r\n\r\n")
    tell(s.recv(4096).startswith(b"HTTP/1.1 413 "), "what is too large is refused before it is sent")
    s.close()
    s = socket.create_connection(("127.0.0.1", server.port))
    s.sendall(b"POST /api/files HTTP/1.1\r\nHost: x\r\nContent-Type: image/jpeg\r\nTransfer-Encoding: chunked\r\n\r\n")
    tell(s.recv(4096).startswith(b"HTTP/1.1 411 "), "what does not say its length is refused")
    s.close()
    server.upload("photo.jpg", "image/jpeg")


def helper_dies(server):
    helpers = subprocess.run(["pgrep", "-P", str(server.p.pid)], capture_output=True, text=True).stdout.split()
    tell(len(helpers) == 1, "there is one helper", helpers)
    for pid in helpers:
        os.kill(int(pid), signal.SIGKILL)
    server.upload("photo.jpg", "image/jpeg")


def power_cuts(server):
    """Uploads and openings without pause, and kill -9: what was answered is there, whole, three times over."""
    for _ in range(3):
        tokens, codes, lock = [], [], threading.Lock()

        def phone(n):
            try:
                for _ in range(1000):
                    status, answer, _ = server.ask("POST", "/api/files", (MEDIA / ("photo.webp" if n % 2 else "voice.amr")).read_bytes(),
                                                   "image/webp" if n % 2 else "audio/amr", Idempotency_Key=str(uuid.uuid4()))
                    if status != 201:
                        continue
                    if n % 3 == 0:
                        with lock:
                            tokens.append(answer["token"])
                        continue
                    status, opened, _ = server.ask("POST", "/api/matters", {"words": "路灯不亮", "files": [answer["token"]], **POINT})
                    if status == 201:
                        with lock:
                            codes.append((opened["code"], answer["bytes"]))
            except (OSError, http.client.HTTPException, ValueError):
                pass

        threads = [threading.Thread(target=phone, args=(n,)) for n in range(6)]
        for t in threads:
            t.start()
        time.sleep(4)
        server.kill()
        for t in threads:
            t.join()
        server = Server()
        if not POSTGRES:
            tell(not list((ROOT / "linli.db.files" / "tmp").glob("*")), "what was being written is cleared away")
        tell(len(codes) > 2, "some were opened before the power went", len(codes))
        for code, n in codes:
            status, got, _ = server.file(code, 1)
            if not tell(status == 200 and len(got) == n, "an acknowledged file is there, whole", (status, len(got), n)):
                break
        for i in range(0, len(tokens), 9):
            server.open_with(*tokens[i:i + 9])
        verified("after the power cut")
    return server


def from_the_shell(server):
    """The same from the command line, handed to the server that holds the store or not."""
    answer = json.loads(run("call", "file.upload", "--type", "image/avif", stdin=(MEDIA / "photo.avif").read_bytes()).stdout)
    body = json.dumps({"words": "门口的垃圾没有清运", "files": [answer["token"]], **POINT}).encode()
    mine = json.loads(run("call", "matter.open", stdin=body).stdout)
    got = run("call", "track.file", "--param", "k=1", "--as", f"track:{mine['code']}").stdout
    tell(len(got) == answer["bytes"] and got.startswith(b"\xff\xd8\xff"), "linli call gives the bytes as they are", len(got))
    p = run("call", "file.upload", "--type", "image/gif", stdin=b"GIF89a", codes=(1,))
    tell(json.loads(p.stdout)["field"] == "Content-Type", "and says what it does not take", p.stdout)


def backed_up(mine):
    run("backup", ROOT / "copy.db")
    answer = verified("the copy", f"sqlite:{ROOT}/copy.db")
    tell(answer["files"] > 0, "the files are in it", answer)
    files = sorted((ROOT / "copy.db.files").rglob("*/*/*"))
    victim = max((p for p in files if p.is_file()), key=lambda p: p.stat().st_size)
    whole = victim.read_bytes()
    victim.write_bytes(whole[:500] + bytes([whole[500] ^ 1]) + whole[501:])
    p = run("verify", "--json", db=f"sqlite:{ROOT}/copy.db", codes=(1,))
    answer = json.loads(p.stdout)
    tell(answer["files_damaged"] == 1 and victim.name in answer["fault"], "one flipped bit is found, and the file is named", answer)
    victim.unlink()
    answer = json.loads(run("verify", "--json", db=f"sqlite:{ROOT}/copy.db", codes=(1,)).stdout)
    tell(answer["files_missing"] == 1, "so is a file that is gone", answer)
    victim.write_bytes(whole)
    got = run("call", "track.file", "--param", "k=1", "--as", f"track:{mine['code']}", db=f"sqlite:{ROOT}/copy.db").stdout
    tell(got.startswith(b"\xff\xd8\xff"), "a restored copy gives the photo out", len(got))
    shutil.rmtree(ROOT / "copy.db.files")
    (ROOT / "copy.db").unlink()


def own_copy(server, mine):
    """All that is held, with the files, to take away."""
    run("export", "--matter", mine["id"], "--purpose", "本人到窗口申请", "--bundle", ROOT / "mine.zip")
    with zipfile.ZipFile(ROOT / "mine.zip") as z:
        held = json.loads(z.read("held.json"))
        names = sorted(z.namelist())
        mine_there, mine_here = z.read(f"{mine['id']}/photo-1.jpg"), server.file(mine["code"], 1)[1]
    tell(names == [*(f"{mine['id']}/{n}" for n in ("photo-1.jpg", "photo-3.jpg", "voice-2.mp3")), "held.json"] and held["matters"][0]["matter"]["id"] == mine["id"],
         "what is held goes out with its files", (names, held))
    tell(mine_there == mine_here, "as the office has them", (len(mine_there), len(mine_here), mine_there[:20], mine_here[:20]))
    tell((ROOT / "mine.zip").stat().st_mode & 0o077 == 0, "for nobody else on the machine")


def erased(server, mine):
    """Taken back: nothing of it is left in database, log and files, and verify says erased."""
    before = verified("before erasing")
    _, photo, _ = server.file(mine["code"], 1)
    needle = photo[len(photo) // 2:][:64]
    alike = len(on_disk(needle))  # the same sample was sent more than once: each is a file of its own
    tell(POSTGRES or alike > 0, "it lies on the disk")
    status, answer, _ = server.ask("POST", "/api/track/files/1/erase", {}, X_Tracking_Code=mine["code"])
    tell(status == 200 and server.file(mine["code"], 1)[0] == 404, "one file is taken back while the matter is open", answer)
    tell(server.file(mine["code"], 2)[0] == 200, "the other stays")
    server.ask("POST", "/api/track/withdraw", {}, X_Tracking_Code=mine["code"])
    status, answer, _ = server.ask("POST", "/api/track/erase", {}, X_Tracking_Code=mine["code"])
    tell(status == 200, "then all of it", answer)
    deadline = time.time() + 15
    while not POSTGRES and len(on_disk(needle)) == alike and time.time() < deadline:
        time.sleep(0.2)
    tell(POSTGRES or len(on_disk(needle)) == alike - 1, "its bytes are gone from the disk", on_disk(needle))
    after = verified("after erasing")
    tell(after["files"] == before["files"] - 5 and after["files_erased"] == before["files_erased"] + 3, "verify says erased",
         (before, after))  # two photos with their small pictures, and a voice


def without_helper():
    server = Server(LINLI_MEDIA=str(ROOT / "nowhere"))
    status, answer, _ = server.ask("POST", "/api/files", (MEDIA / "photo.jpg").read_bytes(), "image/jpeg")
    tell(status == 503 and answer["field"] == "file", "without the helper no file is taken", (status, answer))
    server.open_with()
    server.stop()


def too_many():
    server = Server(limits=True)
    got = [server.ask("POST", "/api/files", b"x", "video/mp4") for _ in range(42)]
    tell([g[0] for g in got[:40]] == [422] * 40 and got[41][0] == 429, "forty at once from one address, then later", [g[0] for g in got])
    tell(int(got[41][2]["Retry-After"]) > 60, "and when is said", got[41][2])
    server.stop()


def main():
    server = Server()
    mine = a_resident(server)
    lost_answer(server)
    cut_connection(server)
    hostile(server)
    helper_dies(server)
    server = power_cuts(server)
    from_the_shell(server)
    if not POSTGRES:
        backed_up(mine)
    own_copy(server, mine)
    erased(server, mine)
    server.stop()
    from_the_shell(None)
    verified("in the end")
    without_helper()
    too_many()


play(main)
