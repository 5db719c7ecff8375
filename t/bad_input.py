#!/usr/bin/env python3
"""Bad input on the real binary: whatever is typed or stored, a clear word in both languages, and nothing changed.

    t/bad_input.py LINLI SOURCE [slow]

Every run must end by itself with exit 0-3: 0 fine, 1 findings, 2 usage or unreadable, 3 failed. What is not 0 says why.
"""
import atexit
import concurrent.futures
import json
import os
import pathlib
import pwd
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

LINLI = os.path.abspath(sys.argv[1])
SOURCE = pathlib.Path(sys.argv[2]).resolve()
SLOW = sys.argv[3:] == ["slow"]
SAMPLE = SOURCE / "samples" / "town"
TODAY = "2026-11-23"
NOWHERE = "sqlite:/nonexistent/folder/x.db"
SIGNS_OF_A_CRASH = (b"Sanitizer", b"runtime error:", b"BUG", b"Assertion", b"out of memory")

failed = 0
said = 0


def tell(good, sentence, detail=""):
    global failed, said
    said += 1
    if not good:
        failed += 1
        print(f"not ok {said} - {sentence}\n    {str(detail)[:1500]}", flush=True)
    return good


def done(sentence):
    print(f"# {sentence}", flush=True)


class Run:
    """One run of the program, and what it left."""

    def __init__(self, args, lang="en", stdin=b"", cwd=None, timeout=60, user=None, fsize=None, env=None):
        self.args = [os.fsencode(a) for a in args]
        environ = {k: v for k, v in os.environ.items() if not k.startswith("LINLI_")}
        environ.update(LINLI_LANG=lang, LINLI_DB=NOWHERE, **(env or {}))

        def prepare():
            if fsize is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (fsize, fsize))

        try:
            p = subprocess.run([os.fsencode(LINLI)] + self.args, input=stdin, capture_output=True, cwd=cwd,
                               timeout=timeout, env=environ, user=user, preexec_fn=prepare)
            self.code, self.out, self.err = p.returncode, p.stdout, p.stderr
        except subprocess.TimeoutExpired as late:
            self.code, self.out, self.err = "still running", late.stdout or b"", late.stderr or b""

    def __str__(self):
        return f"{self.args} -> {self.code}\n{self.out.decode(errors='replace')[-600:]}{self.err.decode(errors='replace')[-900:]}"

    def sound(self, codes=(0, 1, 2, 3)):
        """Ended by itself, with one of these codes, and said why when it is not 0."""
        if self.code not in codes or any(s in self.err for s in SIGNS_OF_A_CRASH):
            return False
        return self.code == 0 or len(self.err.strip()) > 0 or (self.code == 1 and len(self.out) > 0)

    def text(self):
        return (self.out + self.err).decode(errors="replace")


def chinese(text):
    return any("\u4e00" <= c <= "\u9fff" for c in text)


def both(sentence, args, codes, names=None, langs=("zh", "en"), **more):
    """The same in both languages; @names must stand in what it says."""
    for lang in langs:
        r = Run(args, lang=lang, **more)
        good = r.sound(codes) and (r.code == 0 or chinese(r.err.decode(errors="replace") or r.text()) == (lang == "zh"))
        good = good and (names is None or names in r.text())
        tell(good, f"{sentence} ({lang})", r)


turn = 0


def each(sentence, args, codes, names=None, **more):
    """As both, in one language and the next time in the other."""
    global turn
    turn += 1
    both(sentence, args, codes, names, langs=("zh", "en")[turn % 2:][:1], **more)


ROOT = tempfile.mkdtemp(prefix="linli-bad-")
os.chmod(ROOT, 0o711)
atexit.register(shutil.rmtree, ROOT, ignore_errors=True)


def scratch():
    return pathlib.Path(tempfile.mkdtemp(dir=ROOT))


# ---- the command line ------------------------------------------------------------------------------------------------

def commands():
    """What help says there is: {name: [(option, takes a value, may be given again)]}."""
    found = {}
    for name in re.findall(r"^  ([a-z]+) ", Run(["help"]).out.decode(), re.M):
        text = Run(["help", name]).out.decode()
        options = re.findall(r"^  --([a-z-]+)(?: (\S+))?\n", text, re.M)
        usage = re.search(r"^usage: (.*)$", text, re.M).group(1)
        found[name] = [(o, bool(v), f"--{o}" in usage and "..." in usage.split(f"--{o}")[1][:24]) for o, v in options]
    return found


WORDS = [b"", b"\xff\xfe\x80", "\u202e\u0007好".encode(), b"9" * 40, b"-1", b"1e999", b"nan", b"2026-02-30", b"a" * 5000,
         b"%s%n%d", b"../../x", b"sqlite:", b"{}", b"a=b\r\nX: y"]
# What the command needs before the option under test is looked at, so that every option's own reading is reached.
NEEDED = {"when": ["--start", "2026-11-23", "--limit", "1", "--unit", "day"], "locate": [str(SAMPLE)],
          "check": [str(SAMPLE)], "load": [str(SAMPLE)], "diff": [str(SAMPLE)], "replay": ["/nonexistent.csv"],
          "bench": ["no-such-bench"], "init": ["made"], "export": ["made"], "backup": ["made.db"], "invite": ["diaodu01"],
          "call": ["no.such.route"], "report": ["rates"], "vault": ["rekey"], "help": ["when"]}


def option_runs(found, words):
    for name, options in found.items():
        yield "an unknown option", [name, "--no-such-option"], (2,), "--no-such-option"
        if name != "bench":
            yield "too many arguments", [name] + ["x"] * 20, (2,), None
        for option, value, many in options:
            first = [name] + [w for i, w in enumerate(NEEDED.get(name, [])) if not is_value_of(name, i, option)]
            dashed = f"--{option}"
            if value:
                yield "a missing value", [name, dashed], (2,), dashed
                yield "a value that is no UTF-8", [name, dashed, b"\xff\xfe"], (2,), dashed
            else:
                yield "a value where there is none", [name, dashed + "=1"], (2,), dashed
            if not many:
                again = [dashed, "1"] if value else [dashed]
                yield "an option twice", [name] + again * 2, (2,), dashed
            for word in words if value else []:
                if name in ("vault", "init") and option in ("key", "name"):
                    continue  # any text is a name
                yield f"an odd value of {dashed}", first + [dashed, word], (0, 1, 2, 3), None
        for word in words:
            yield "an odd argument", [name, word], (0, 1, 2, 3), None


def is_value_of(name, i, option):
    words = NEEDED[name]
    return words[i] == f"--{option}" or (i > 0 and words[i - 1] == f"--{option}")


def command_line(words):
    found = commands()
    tell(len(found) >= 19, "help lists the commands", found.keys())
    here = scratch()
    runs = list(option_runs(found, words))

    def one(job):
        i, (sentence, args, codes, names) = job
        if b"\0" in b"".join(os.fsencode(a) for a in args):
            return None
        return sentence, names, codes, Run(args, lang="zh" if i % 2 else "en", cwd=here), i % 2

    with concurrent.futures.ThreadPoolExecutor(3) as pool:
        for sentence, names, codes, r, zh in filter(None, pool.map(one, enumerate(runs))):
            good = r.sound(codes) and (names is None or names in r.text())
            if r.code in (2, 3):
                said_so = re.sub(r"[\"'].*?[\"']", "", r.err.decode(errors="replace"))
                good = good and chinese(said_so.replace("好", "")) == bool(zh)
            tell(good, sentence, r)
            if r.args[0] == b"init" and r.code == 0:
                shutil.rmtree(os.path.join(os.fsencode(here), r.args[1]))
    left = [p for p in here.iterdir()]
    tell(not left, "refused commands leave nothing behind", left)
    shutil.rmtree(here)
    both("a command that does not exist", ["nonsense"], (2,), "nonsense")
    both("a command of garbage", [b"\xff\x01"], (2,))
    done(f"{len(runs)} command lines")


# ---- dates, places, files --------------------------------------------------------------------------------------------

def values():
    for day in ("2026-02-30", "2026-13-01", "2026-00-10", "2025-02-29", "1899-12-31", "2200-01-01", "26-1-1", "2026-11-23x", ""):
        each(f"the day {day!r} for when", ["when", "--start", day, "--limit", "1", "--unit", "day"], (2,), "--start")
        each(f"the day {day!r} for check", ["check", SAMPLE, "--today", day], (2,), "--today")
    for limit in ("0", "-5", "100001", "1.5", "9" * 30, "", "0x10", "１"):
        each(f"the limit {limit!r}", ["when", "--start", TODAY, "--limit", limit, "--unit", "day"], (2,), "--limit")
    both("a deadline past the calendar's end", ["when", "--start", "2199-12-30", "--limit", "100000", "--unit", "month"], (2,))
    for pause in ("2026-11-25", "2026-11-26/2026-11-25", "/", "2026-02-30/2026-03-01", "a/b/c"):
        each(f"the pause {pause!r}", ["when", "--start", TODAY, "--limit", "1", "--unit", "day", "--pause", pause], (2,), "--pause")
    for lat, lon, name in (("91", "116", "--lat"), ("-90.0001", "116", "--lat"), ("39", "181", "--lon"), ("nan", "116", "--lat"),
                           ("inf", "116", "--lat"), ("39", "-inf", "--lon"), ("1e400", "0", "--lat"), ("", "116", "--lat"),
                           ("39,9", "116", "--lat"), ("39.9 ", "x", "--l")):
        each(f"the point {lat} {lon}", ["locate", SAMPLE, f"--lat={lat}", f"--lon={lon}"], (2,), name)
    both("a coordinate system that does not exist", ["locate", SAMPLE, "--lat", "39", "--lon", "116", "--datum", "mars"], (2,), "--datum")
    done("days, limits, pauses, coordinates")


def points():
    here = scratch()
    file = here / "points.csv"
    for text, line in (("id,lat,lon\n1,39.9,116.4\n2,91,116\n", 3), ("id,lat,lon\n1,nan,116.4\n", 2), ("id,lat\n1,39\n", 1),
                       ("id,lat,lon\n1,39.9\n", 2), ('id,lat,lon\n"1,39.9,116.4\n', 2), ("", 1)):
        file.write_text(text)
        each(f"points {text!r}", ["locate", SAMPLE, "--file", file], (2,), f"points.csv:{line}:")
    file.write_bytes(b"id,lat,lon\n\xff\xff,1,2\n")
    both("points that are no text", ["locate", SAMPLE, "--file", file], (2,), "--file")
    for odd in (here, here / "absent.csv"):
        each(f"points in {odd.name}", ["locate", SAMPLE, "--file", odd], (2,))
    shutil.rmtree(here)


def routes():
    """linli call: what becomes part of a request is checked before there is one."""
    for option in ("--as", "--idempotency-key"):
        each(f"a header in {option}", ["call", "who.answers", option, "a\r\nX-More: b"], (2,), option)
        each(f"no ASCII in {option}", ["call", "who.answers", option, "钥匙"], (2,), option)
    both("a route that does not exist", ["call", "no.such.route"], (2,), "no.such.route")
    both("a parameter of the path that is missing", ["call", "matter.why"], (2,), "--param")
    here = scratch()
    file = here / "m.csv"
    for text, line in ((b"", None), (b"a,b\n1,2\n", None), (b"time,title\n2026-02-30,x\n", None), (b'time,title\n"2026', "2"),
                       (b"time,title\n\xff\xff,\xff\n", None)):
        file.write_bytes(text)
        each(f"a replay of {text!r}", ["replay", file, "--town", SAMPLE], (2,), line)
    for odd in (here, here / "absent.csv"):
        each(f"a replay of {odd.name}", ["replay", odd, "--town", SAMPLE], (2,))
    shutil.rmtree(here)
    done("routes and replays")


def folders():
    here = scratch()
    (here / "file").write_text("x")
    (here / "empty").mkdir()
    for name in ("file", "absent", "file/below", "x" * 300):
        for command in (["check"], ["load"], ["diff"], ["locate", "--lat", "39", "--lon", "116"]):
            each(f"{command[0]} of {name[:20]}", [command[0], here / name] + command[1:], (2, 3))
    both("check of an empty folder", ["check", here / "empty"], (1,), "town.yaml")
    both("serve with a folder that is a file", ["serve", "--listen", "127.0.0.1:0", "--db", f"sqlite:{here}/s.db", "--town", here / "file"], (2, 3))
    both("export over a file", ["export", here / "file"], (2, 3))
    both("init over a file", ["init", here / "file"], (2, 3))
    town = here / "town"
    shutil.copytree(SAMPLE, town)
    (town / "orgs.csv").unlink()
    (town / "orgs.csv").mkdir()
    both("a directory in place of orgs.csv", ["check", town], (1, 2), "orgs.csv")
    os.rmdir(town / "orgs.csv")
    os.mkfifo(town / "orgs.csv")
    both("a pipe in place of orgs.csv", ["check", town], (1, 2), "orgs.csv", timeout=20)
    (town / "orgs.csv").unlink()
    os.symlink("orgs.csv", town / "orgs.csv")
    both("a link to itself in place of orgs.csv", ["check", town], (1, 2), "orgs.csv")
    shutil.rmtree(here)
    done("folders and files that are something else")


def half_written(step):
    """Cut off after every @step bytes: judged, never broken, and what is missing has a file and a line."""
    jobs = []
    for file in sorted(p for p in SAMPLE.rglob("*") if p.is_file()):
        size = file.stat().st_size
        jobs += [(file.relative_to(SAMPLE), cut) for cut in [0, 1] + list(range(step, size, step))]

    def one(job):
        name, cut = job
        town = scratch() / "town"
        shutil.copytree(SAMPLE, town)
        (town / name).write_bytes((SAMPLE / name).read_bytes()[:cut])
        r = Run(["check", town, "--json", "--today", TODAY], lang="zh" if cut % 2 else "en")
        shutil.rmtree(town.parent)
        return name, cut, r

    with concurrent.futures.ThreadPoolExecutor(3) as pool:
        for name, cut, r in pool.map(one, jobs):
            good = r.sound((0, 1, 2)) and not r.err
            try:
                report = json.loads(r.out)
                good = good and (r.code == 1) == (report["errors"] > 0)
                good = good and all(f["file"] and f["line"] >= 0 and f["message"] and f["rule"] for f in report["findings"])
            except ValueError:
                good = False
            tell(good, f"check with {name} cut off after {cut} bytes", r)
    done(f"{len(jobs)} half-written folders")


def town_with(change):
    """The starter folder, changed; @change gets its path."""
    here = scratch()
    Run(["init", here / "town"])
    change(here / "town")
    r = Run(["check", here / "town", "--json"])
    shutil.rmtree(here)
    return r


def add(file, row):
    def change(town):
        text = (town / file).read_text()
        head = text.splitlines()[0].split(",")
        cells = dict(zip(head, text.splitlines()[1].split(",")))
        cells.update(row)
        (town / file).write_text(text.rstrip("\n") + "\n" + ",".join(cells[h] for h in head) + "\n")
    return change


def cross(town):
    """A ring of the first grid crosses itself: two of its corners change places."""
    doc = json.loads((town / "grids.geojson").read_text())
    ring = doc["features"][0]["geometry"]["coordinates"][0]
    ring[1], ring[2] = ring[2], ring[1]
    (town / "grids.geojson").write_text(json.dumps(doc, indent=1))


def move(lat, lon):
    def change(town):
        doc = json.loads((town / "grids.geojson").read_text())
        doc["features"][0]["geometry"]["coordinates"][0][1] = [lon, lat]
        (town / "grids.geojson").write_text(json.dumps(doc, indent=1))
    return change


def faults():
    """Each is found, in the file where it stands and on a line."""
    circle = lambda file, **more: lambda town: [add(file, {"code": "x1", "parent": "x2", **more})(town),
                                                add(file, {"code": "x2", "parent": "x1", **more})(town)]
    cases = [("a polygon that crosses itself", "grids.geojson", cross),
             ("a corner off the earth", "grids.geojson", move(91, 116)),
             ("a corner that is no number", "grids.geojson", move("39", None)),
             ("places in a circle", "places.csv", circle("places.csv", kind="building")),
             ("organisations in a circle", "orgs.csv", circle("orgs.csv")),
             ("subjects in a circle", "subjects.csv", circle("subjects.csv"))]
    for file in ("places.csv", "orgs.csv", "subjects.csv", "duties.csv", "posts.csv", "staff.csv"):
        cases.append((f"a code twice in {file}", file, add(file, {})))
    cases += [("a duty from a day that does not exist", "duties.csv", add("duties.csv", {"code": "x", "since": "2026-02-30"})),
              ("a post until a day that does not exist", "posts.csv", add("posts.csv", {"code": "x", "until": "2026-13-01"})),
              ("somebody who leaves on no day", "staff.csv", add("staff.csv", {"login": "x", "until": "2025-02-29"})),
              ("a shift on no day", "roster.csv", add("roster.csv", {"date": "2026-06-31"})),
              ("a cell of control characters", "orgs.csv", add("orgs.csv", {"code": "x", "name": "a\x07b"}))]
    for sentence, file, change in cases:
        r = town_with(change)
        found = [f for f in json.loads(r.out or b'{"findings":[]}')["findings"] if f["severity"] == "error" and f["file"] == file and f["line"] > 0]
        tell(r.sound((1,)) and found, f"{sentence} is found in {file} by its line", r)
    done(f"{len(cases)} faults by file and line")


# ---- the store -------------------------------------------------------------------------------------------------------

def nobody_can_run():
    """Root may read and write everything: such tests run as nobody, if that user gets at the program."""
    if os.getuid() != 0:
        return None
    try:
        pwd.getpwnam("nobody")
        return "nobody" if Run(["version"], user="nobody").code == 0 else None
    except (KeyError, PermissionError, OSError):
        return None


def stores():
    here = scratch()
    (here / "garbage.db").write_bytes(bytes(range(256)) * 64)
    (here / "half.db").write_bytes(b"SQLite format 3\0" + b"\x10\0\1\1\0\x40\x20\x20" + b"\0" * 500)
    (here / "dir.db").mkdir()
    reading = (["verify"], ["report", "rates"], ["backup", here / "copy.db"], ["export", here / "out"])
    writing = (["load", SAMPLE], ["invite", "diaodu01"], ["vault", "rekey"])
    for name in ("garbage.db", "half.db", "dir.db", "absent/x.db"):
        before = (here / name).read_bytes() if (here / name).is_file() else None
        for command in reading + writing:
            each(f"{command[0]} on {name}", command + ["--db", f"sqlite:{here / name}"], (2, 3))
        if before is not None:
            tell((here / name).read_bytes() == before, f"{name} is as it was")
    for url in ("mysql://x", "sqlite:", "", "postgresql://127.0.0.1:1/x", "postgresql://%zz"):
        for command in (["verify"], ["load", SAMPLE]):
            each(f"{command[0]} on {url!r}", command + ["--db", url], (2, 3))
    for command in reading:
        each(f"{command[0]} on a store that is not there", command + ["--db", f"sqlite:{here}/never.db"], (2, 3))
    tell(not (here / "never.db").exists(), "reading makes no store")
    db = f"sqlite:{here}/good.db"
    tell(Run(["load", SAMPLE, "--db", db]).code == 0, "the sample loads")
    for code in ("abc", "110101012000000", "-1", ""):
        each(f"the town {code!r}", ["verify", "--town-code", code, "--db", db], (2,), "--town-code")
    for version in ("0", "99", "x"):
        each(f"version {version}", ["export", here / "out", "--version", version, "--db", db], (2, 3), "version")
    for matter in ("0", "-1", "9" * 30, "x", "12"):
        each(f"the matter {matter}", ["report", "why", matter, "--db", db], (2, 3))
    both("an invitation for nobody", ["invite", "nobody.here", "--db", db], (2,), "nobody.here")
    both("a key file of garbage", ["load", SAMPLE, "--db", db, "--key", here / "garbage.db"], (3,), "garbage.db")
    both("a key file that is a directory", ["load", SAMPLE, "--db", db, "--key", here], (3,))
    both("a backup over a file", ["backup", here / "garbage.db", "--db", db], (3,), "garbage.db")
    both("a backup into a folder that is not there", ["backup", here / "absent" / "b.db", "--db", db], (3,), "b.db")
    shutil.rmtree(here)
    done("stores that are none")


def other_town(here):
    """A changed copy of the sample."""
    town = here / "changed"
    shutil.copytree(SAMPLE, town)
    text = (town / "orgs.csv").read_text()
    (town / "orgs.csv").write_text(text.replace("综合办公室", "综合办公室一"))
    for name in ("duties.csv", "subjects.csv", "grids.geojson"):
        (town / name).write_text((town / name).read_text() + "\n" * 40000)
    return town


def protected():
    """A store that may only be read, and files that may not."""
    user = nobody_can_run()
    if os.getuid() == 0 and user is None:
        done("skipped: root may write everything, and nobody cannot run the program")
        return
    here = scratch()
    db = f"sqlite:{here}/x.db"
    tell(Run(["load", SAMPLE, "--db", db]).code == 0, "the sample loads")
    town = other_town(here)
    for p in [here] + list(here.rglob("*")):
        os.chmod(p, 0o755 if p.is_dir() else 0o644)
    os.chmod(here, 0o555)
    before = {p: p.read_bytes() for p in here.iterdir() if p.is_file()}
    for command in (["load", town], ["invite", "diaodu01"], ["serve", "--listen", "127.0.0.1:0"]):
        both(f"{command[0]} on a store that may only be read", command + ["--db", db], (2, 3), user=user, timeout=20)
    os.chmod(town / "orgs.csv", 0)
    both("check of a folder with an unreadable file", ["check", town], (1, 2), "orgs.csv", user=user)
    os.chmod(town, 0)
    both("check of an unreadable folder", ["check", town], (2,), user=user)
    tell(before == {p: p.read_bytes() for p in here.iterdir() if p.is_file()}, "the store is as it was")
    os.chmod(here, 0o755)
    os.chmod(town, 0o755)
    shutil.rmtree(here)
    done("files that may not be read or written")


def counts(db):
    r = Run(["verify", "--json", "--db", db])
    return (r.code, json.loads(r.out)) if r.code == 0 else (r.code, r.text())


def exported(here, db):
    """What is loaded now, as bytes."""
    out = here / "exported"
    r = Run(["export", out, "--db", db])
    files = {p.relative_to(out): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    shutil.rmtree(out, ignore_errors=True)
    return r.code, files


def no_room():
    """Files may not grow: a load fails with a word and has changed nothing, or it is done."""
    here = scratch()
    db = f"sqlite:{here}/x.db"
    tell(Run(["load", SAMPLE, "--db", db]).code == 0, "the sample loads")
    town, before, was = other_town(here), counts(db), exported(here, db)
    for size in (0, 4096, 40000):
        for lang in ("zh", "en"):
            r = Run(["load", town, "--db", db], lang=lang, fsize=size)
            tell(r.sound((0, 3)) and (r.code == 0 or chinese(r.text()) == (lang == "zh")), f"load when files may have {size} bytes ({lang})", r)
            tell(counts(db) == before, "and the store is whole", counts(db))
            tell((exported(here, db) == was) == (r.code != 0), "and as it was, if it failed", r)
            if r.code == 0:
                tell(Run(["load", SAMPLE, "--db", db]).code == 0 and exported(here, db) == was, "the sample loads again")
    r = Run(["load", town, "--db", db])
    tell(r.code == 0, "with room it loads", r)
    for size in (0, 8192):
        new = here / f"new{size}.db"
        both(f"a first load when files may have {size} bytes", ["load", SAMPLE, "--db", f"sqlite:{new}"], (3,), fsize=size)
        tell(Run(["load", SAMPLE, "--db", f"sqlite:{new}"]).code == 0, "and with room after all")
    with open("/dev/full", "wb") as full:
        p = subprocess.run([LINLI, "help"], stdout=full, stderr=subprocess.PIPE, env={**os.environ, "LINLI_LANG": "en"})
        tell(p.returncode == 3 and p.stderr, "output that cannot be written is told", p)
    shutil.rmtree(here)
    done("no room to write")


# ---- the server ------------------------------------------------------------------------------------------------------

class Server:
    def __init__(self, db, town=SAMPLE):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        env = {**os.environ, "LINLI_LANG": "en"}
        self.log = tempfile.TemporaryFile()
        self.p = subprocess.Popen([LINLI, "serve", "--listen", f"127.0.0.1:{self.port}", "--db", db, "--town", str(town), "--no-limits",
                                   "--key", str(scratch() / "key")], env=env, stderr=self.log, stdout=self.log)
        until = time.time() + 60
        while time.time() < until and self.p.poll() is None and self.ask("/health")[0] == 0:
            time.sleep(0.1)

    def ask(self, path, body=None, lang="en"):
        """(status, headers, text); status 0 when there is no answer."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=None if body is None else json.dumps(body).encode(),
                                         headers={"Content-Type": "application/json", "Accept-Language": lang})
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as problem:
            return problem.code, problem.headers, problem.read().decode()
        except OSError as none:
            return 0, {}, str(none)

    def open_matter(self, lang="en"):
        return self.ask("/api/matters", {"words": "楼下水管漏水，没有人管" + "很久" * 900, "lat": 39.8979, "lon": 116.406}, lang)

    def stop(self):
        self.p.send_signal(signal.SIGTERM)
        try:
            self.p.wait(30)
        except subprocess.TimeoutExpired:
            self.p.kill()
            return "would not stop"
        return self.p.returncode

    def said(self):
        self.log.seek(0)
        return self.log.read().decode(errors="replace")[-3000:]


def is_problem(answer, status):
    code, headers, text = answer
    return code in status and headers.get("Content-Type", "").startswith("application/problem+json") and "detail" in text


def full_disk():
    """A disk of its own that fills up under a server: refused with a word, the server up, and on again with room."""
    here, aside = scratch(), scratch()
    town = other_town(aside)
    mount = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "none", here], capture_output=True)
    if mount.returncode != 0:
        done("skipped: no file system can be mounted here")
        return
    try:
        db = f"sqlite:{here}/x.db"
        server = Server(db)
        tell(server.open_matter()[0] == 201, "a matter is opened", server.said())
        with open(here / "filler", "wb") as filler:
            room = os.statvfs(here)
            filler.write(b"\0" * max(0, room.f_bavail * room.f_bsize - 96 * 1024))
        answer, opened = server.open_matter(), 1
        while answer[0] == 201 and opened < 2000:
            answer, opened = server.open_matter(), opened + 1
        tell(is_problem(answer, (503, 507)), "on a full disk a request is refused", answer)
        tell(chinese(server.open_matter("zh")[2]), "in Chinese too", server.open_matter("zh"))
        answer = server.ask("/api/who-answers?subject=road.lamp&lat=39.8979&lon=116.406")
        tell(answer[0] == 200, "reading goes on", (answer, server.said()))
        both("a load into the running server", ["load", town, "--db", db], (3,))
        tell(server.ask("/health")[0] in (200, 503), "the server is up", server.said())
        os.unlink(here / "filler")
        until, again = time.time() + 20, (0, {}, "")
        while again[0] != 201 and time.time() < until:
            again = server.open_matter()
            time.sleep(0.2)
        tell(again[0] == 201, "with room again it goes on by itself", (again, server.said()))
        tell(server.stop() == 0, "and stops", server.said())
        code, count = counts(db)
        tell(code == 0 and count["matters"] == opened + 1, f"{opened} answered with 201 before it, one after: all there", count)
    finally:
        if server.p.poll() is None:
            server.p.kill()
        subprocess.run(["umount", here], check=False)
        os.rmdir(here)
        shutil.rmtree(aside)
    done("a disk that fills up")


def database_gone():
    """PostgreSQL stops under a server and comes back."""
    base = scratch()
    os.chmod(base, 0o711)
    pg = [str(SOURCE / "script" / "pg")]
    started = subprocess.run(pg + ["start", str(base / "pg"), "fast"], capture_output=True, text=True)
    if started.returncode != 0:
        done("skipped: no PostgreSQL")
        return
    server = Server(started.stdout.strip())
    try:
        tell(server.open_matter()[0] == 201, "a matter is opened", server.said())
        subprocess.run(pg + ["stop", str(base / "pg")], check=True)
        for lang in ("zh", "en"):
            for sentence, answer in (("a write", server.open_matter(lang)), ("a read", server.ask("/api/who-answers?subject=road.lamp&lat=39.8979&lon=116.406", lang=lang))):
                good = is_problem(answer, (503,)) and int(answer[1].get("Retry-After", "0")) > 0 or (sentence == "a read" and answer[0] == 200)
                tell(good and (answer[0] == 200 or chinese(answer[2]) == (lang == "zh")), f"{sentence} without the database: 503, try again ({lang})", answer)
        health = server.ask("/health")
        tell(health[0] in (200, 503), "health answers", health)
        subprocess.run(pg + ["start", str(base / "pg"), "fast"], check=True, capture_output=True)
        until, again = time.time() + 30, (0, {}, "")
        while again[0] != 201 and time.time() < until:
            again = server.open_matter()
            time.sleep(0.2)
        tell(again[0] == 201, "it goes on by itself", (again, server.said()))
        tell(server.stop() == 0, "and stops", server.said())
        code, count = counts(started.stdout.strip())
        tell(code == 0 and count["matters"] == 2, "both matters are there", count)
    finally:
        if server.p.poll() is None:
            server.p.kill()
        subprocess.run(pg + ["stop", str(base / "pg")], check=False)
        shutil.rmtree(base, ignore_errors=True)
    done("a database that goes away and comes back")


def main():
    quick = (lambda: command_line([]), values, points, routes, folders, faults, stores, no_room, protected, lambda: half_written(20000))
    slow = (lambda: command_line(WORDS), lambda: half_written(1000), full_disk, database_gone)
    for part in slow if SLOW else quick:
        began = time.time()
        part()
        print(f"# {time.time() - began:.1f} s", flush=True)
    print(f"{said - failed} of {said} as they should be")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
