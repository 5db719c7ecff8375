#!/usr/bin/env python3
"""The first week of a township: its tables into a town folder, on the real binary.   t/import.py LINLI SOURCE"""
import csv
import datetime
import json
import math
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile

from layers import GEOGRAPHIC, gauss_krueger, geopackage, shapefile, zone_wkt
from tables import workbook

LINLI, SOURCE = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
WORK = pathlib.Path(tempfile.mkdtemp(prefix="linli-import-"))
ENV = {**{k: v for k, v in os.environ.items() if k not in ("LINLI_DB", "LINLI_KEY")}, "LINLI_LANG": "en"}
count = failed = 0


def ok(said, fine, more=""):
    global count, failed
    count += 1
    print(f"{'ok' if fine else 'not ok'} {count} - {said}")
    if not fine:
        failed += 1
        print("    " + str(more).replace("\n", "\n    "))


def linli(*args, want=0, lang="en"):
    p = subprocess.run([LINLI, "import", *map(str, args)], capture_output=True, text=True, env={**ENV, "LINLI_LANG": lang}, cwd=WORK, timeout=120)
    if p.returncode != want:
        ok(f"import {' '.join(map(str, args))} exits with {want}", False, f"{p.returncode}\n{p.stdout}\n{p.stderr}")
    return p


def summary(*args, want=0):
    return json.loads(linli(*args, "--json", want=want).stdout)


def folder(name):
    shutil.rmtree(WORK / name, ignore_errors=True)
    shutil.copytree(SOURCE / "samples/town", WORK / name)
    return WORK / name


def rows(path):
    with open(path, encoding="utf-8-sig", newline="") as f:
        return list(csv.DictReader(f))


def write(name, text, encoding="utf-8"):
    (WORK / name).write_bytes(text.encode(encoding))
    return WORK / name


def files(town):
    return {p.name: p.read_bytes() for p in town.iterdir() if p.is_file()}


ORGS_MAP = """kind: orgs
columns:
  code: 单位编码
  parent: {from: 上级单位, optional: true}
  kind: {from: 性质, values: {专班: department}}
  relation: {value: own}
  reach: {from: [交办方式, 送达方式], otherwise: account}
  name: [名称, 单位名称]
"""


def organisations():
    town, m = folder("orgs"), write("orgs.yaml", ORGS_MAP)
    before = files(town)
    ledger = write("orgs.csv", "示例街道单位台账,,,,\r\n单位编码,单位名称,性质,上级单位,交办方式\r\n"
                               "ＸＣ０１,城市　更新专班,专班,综合办公室,\r\nzhb,综合办公室,科室,jiedao,发函\r\n"
                               "bad code!,某单位,科室,,\r\nx2,乙单位,没见过的性质,,\r\nx3,丙单位,科室,不存在的上级,\r\nx4,丁单位,科室,x3,\r\n,戊单位,科室,,\r\n合计,5,,,\r\n", "gb18030")
    s = summary(ledger, town, "--map", m, "--dry-run", want=1)
    ok("a dry run counts", s == {"rows": 7, "accepted": 2, "rejected": 5, "by_reason": {"missing": 1, "unknown-word": 1, "bad-code": 1, "unknown-reference": 2}}, s)
    ok("and says nothing else", list(s) == ["rows", "accepted", "rejected", "by_reason"], s)
    ok("and changes nothing", files(town) == before and not (town / ".linli-import").exists())
    s = summary(ledger, town, "--map", m, "--by", "clerk01", want=1)
    ok("the import adds one and replaces one", (s["added"], s["replaced"], s["unchanged"]) == (1, 1, 0), s)
    after = {r["code"]: r for r in rows(town / "orgs.csv")}
    ok("digits and blanks of full width are folded", after["XC01"]["name"] == "城市 更新专班" and after["XC01"]["kind"] == "department", after.get("XC01"))
    ok("a name becomes the code of who has it", after["XC01"]["parent"] == "zhb")
    ok("the row whose code is there takes its place", after["zhb"]["reach"] == "letter" and len(after) == len(rows(SOURCE / "samples/town/orgs.csv")) + 1)
    old = before["orgs.csv"].splitlines()
    new = (town / "orgs.csv").read_bytes().splitlines()
    ok("all other rows stay byte for byte", sum(a != b for a, b in zip(old, new)) == 1 and len(new) == len(old) + 1)
    rejects = rows(WORK / "orgs.csv.rejects.csv")
    ok("the file of rejects names row, column and reason", [(r["row"], r["column"], r["reason"]) for r in rejects] ==
       [("5", "A", "bad-code"), ("6", "C", "unknown-word"), ("7", "D", "unknown-reference"), ("8", "D", "unknown-reference"), ("9", "A", "missing")], rejects)
    ok("in both languages", all(r["原因"] and r["explanation"] for r in rejects))
    again = summary(ledger, town, "--map", m, want=1)
    ok("the same table again changes nothing", (again["added"], again["replaced"], again["unchanged"], again["batch"]) == (0, 0, 2, None), again)
    p = subprocess.run([LINLI, "check", town], capture_output=True, text=True, env=ENV)
    ok("linli check judges it as everything else", p.returncode == 0, p.stdout)
    ok("the batch is listed with who and from what", "clerk01" in linli("--batches", town).stdout and "orgs.csv" in linli("--batches", town).stdout)
    linli("--undo", "20200101-000000-orgs", town, want=3)
    linli("--undo", "../x", town, want=3)
    (town / "orgs.csv").write_bytes((town / "orgs.csv").read_bytes() + b"later,jiedao,department,own,account,x,\n")
    p = linli("--undo", s["batch"], town, want=3)
    ok("what was edited later is not undone", "edited after the import" in p.stderr, p.stderr)
    (town / "orgs.csv").write_bytes(b"\n".join(new) + b"\n")
    linli("--undo", s["batch"], town)
    ok("undo gives every byte back", files(town) == before)
    p = linli("--undo", s["batch"], town, want=3)
    ok("once", "undone before" in p.stderr, p.stderr)


DUTIES_MAP = """kind: duties
columns:
  code: 编号
  list: 清单类别
  subject: 对应事项
  title: 职责事项
  lead: 单位/牵头
  assist: 单位/配合
  limit: 时限
  basis: 依据
  since: 起止/生效
  until: {from: 起止/失效}
dates: dmy
"""


def duty_list():
    town, m = folder("duties"), write("duties.yaml", DUTIES_MAP)
    before = files(town)
    head = [["示例街道履行职责事项清单"], [None],
            ["编号", "清单类别", "对应事项", "职责事项", "单位", None, "时限", "依据", "起止", None],
            [None, None, None, None, "牵头", "配合", None, None, "生效", "失效"]]
    body = [["n-1", "基本履职事项", "water", "供水巡查", "cgb", "综合办公室、msb", "5个工作日", "某某条例（示例）", (46086, 1), "长期"],
            ["n-2", None, "停水与水压不足", "停水处置", "u-water", None, 24, "某某条例（示例）", (46086, 2), (46450.0, 2)],
            ["n-3", "配合履职事项", "water", "配合检查", "q-wjw", "cgb", "１０ 天", "某某条例（示例）", "5/3/2026", "2026年12月31日"],
            ["n-4", "基本", "water", "时限写法不认识", "cgb", None, "尽快", "某某条例（示例）", None, None],
            ["n-5", "基本", "water", "时限单位另写", "cgb", None, "2小时", "某某条例（示例）", "#REF!", None]]
    workbook(WORK / "duties.xlsx", head + body, merges=["A1:J1", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:F3", "G3:G4", "H3:H4", "I3:J3", "B5:B6"])
    s = summary(WORK / "duties.xlsx", town, "--map", m, want=1)
    ok("a head of two rows and merged cells", (s["rows"], s["accepted"]) == (5, 3), (s, (WORK / "duties.xlsx.rejects.csv").read_text()))
    got = {r["code"]: r for r in rows(town / "duties.csv")}
    ok("a limit with its unit", (got["n-1"]["limit"], got["n-1"]["unit"], got["n-3"]["limit"], got["n-3"]["unit"]) == ("5", "workday", "10", "day"), got["n-1"])
    ok("several units by name and by code", got["n-1"]["assist"] == "zhb;msb", got["n-1"])
    ok("a merged cell holds for all its rows", got["n-2"]["list"] == "basic")
    ok("days of Excel, 长期 and days of other orders", (got["n-1"]["since"], got["n-1"]["until"], got["n-2"]["until"], got["n-3"]["since"]) ==
       ("2026-03-05", "", "2027-03-04", "2026-03-05"), [got[k] for k in ("n-1", "n-2", "n-3")])
    ok("a subject by its name", got["n-2"]["subject"] == "water.outage")
    linli("--undo", s["batch"], town)
    ok("undone, the folder is as before", files(town) == before)
    for r in head[2:]:
        r.extend([None])
    body[0][8] = (44624, 1)
    workbook(WORK / "mac.xlsx", head[2:] + body[:1], merges=["A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1", "G1:G2", "H1:H2", "I1:J1"], from_1904=True)
    summary(WORK / "mac.xlsx", town, "--map", m)
    ok("the date system of 1904", {r["code"]: r for r in rows(town / "duties.csv")}["n-1"]["since"] == "2026-03-05")


def persons():
    town = folder("staff")
    m = write("staff.yaml", "kind: staff\nbasis: 街道岗位管理办法（示例）：排班与联系\nexpires: 2031-12-31\ncolumns:\n  login: 账号\n  name: 姓名\n  org: 科室\n  phone: 手机\n")
    ledger = write("staff.csv", "账号,姓名,科室,手机\nnew01,示例·新一,综合办公室,1.3800000001E+10\nnew02,示例·新二,综合办公室,1.38E+10\n"
                                "new03,示例·新三,综合办公室,１３８０００００００３\nnew04,示例·新四,综合办公室,1380000000\nnew05,=cmd|x,综合办公室,13800000005/13800000006\n")
    s = summary(ledger, town, "--map", m, want=1)
    ok("telephone numbers that lost digits are rejected, those that kept them are not", s["by_reason"] == {"lost-digits": 1, "not-a-phone": 2} and s["accepted"] == 2, s)
    got = {r["login"]: r for r in rows(town / "staff.csv")}
    ok("and come out as digits", (got["new01"]["phone"], got["new03"]["phone"]) == ("13800000001", "13800000003"))
    ok("nobody stays longer than the list may be kept", got["new01"]["until"] == "2031-12-31")
    text = (WORK / "staff.csv.rejects.csv").read_text(encoding="utf-8-sig")
    ok("numbers are masked in the file of rejects", "13800000005" not in text and "1380000000" not in text, text)
    p = linli(ledger, town, "--map", write("bare.yaml", "kind: staff\ncolumns:\n  login: 账号\n  name: 姓名\n  org: 科室\n"), want=2)
    ok("a list of persons needs its basis and its end", "[import.basis]" in p.stderr and "basis" in p.stderr and "expires" in p.stderr, p.stderr)
    register = write("hukou.csv", "户号,户主姓名,与户主关系,身份证号,地址\n1,示例,本人,,某号\n")
    p = linli(register, town, "--map", m, want=2, lang="zh")
    ok("a register of residents is refused, with the reason", "居民总台账" in p.stderr and "[import.register]" in p.stderr, p.stderr)
    hidden = write("hidden.csv", "编码,单位名称,性质\nx9,11010519491231002X,科室\n")
    s = summary(hidden, town, "--map", write("hidden.yaml", "kind: orgs\ncolumns: {code: 编码, name: 单位名称, kind: 性质, relation: {value: own}, reach: {value: account}}\n"), want=1)
    ok("so is a citizen's number in any cell", s["by_reason"] == {"personal-number": 1}, s)


def mistakes():
    town = folder("mistakes")
    m = write("orgs.yaml", ORGS_MAP)
    for said, text, rule in (
            ("an unknown kind", "kind: people\ncolumns: {}\n", "import.kind"),
            ("an unknown key", ORGS_MAP + "colour: red\n", "import.key"),
            ("an unknown field", ORGS_MAP + "  colour: 颜色\n", "import.column"),
            ("a needed field without a source", "kind: orgs\ncolumns:\n  code: 编码\n", "import.needed"),
            ("two sources", ORGS_MAP.replace("{value: own}", "{value: own, from: x}"), "import.column"),
            ("points of an unknown datum", "kind: things\ncolumns: {code: 编号, kind: 类型, lat: 纬度, lon: 经度}\n", "import.coordinates"),
            ("YAML that does not read", "kind: [\n", "yaml.parse")):
        p = linli(write("x.csv", "单位编码\n1\n"), town, "--map", write("bad.yaml", text), want=2)
        ok(f"{said} is named with its line", f"[{rule}]" in p.stderr and "bad.yaml:" in p.stderr, p.stderr)
    p = linli(write("x.csv", "单位编码,名称,交办方式\n1,甲,\n"), town, "--map", m, want=2)
    ok("a head that is not there is named", "性质" in p.stderr and "[import.head]" in p.stderr, p.stderr)
    p = linli(write("x.csv", "单位编码,名称,名称,性质,交办方式\n1,甲,乙,科室,\n"), town, "--map", m, want=2)
    ok("a head that stands twice is named", "[import.head-twice]" in p.stderr, p.stderr)
    p = linli(write("x.xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "latin-1"), town, "--map", m, want=2, lang="zh")
    ok("an old .xls is refused with a way out", "另存为 .xlsx" in p.stderr, p.stderr)
    linli(WORK / "nosuch.csv", town, "--map", m, want=2)
    linli(WORK / "x.csv", town, want=2)
    linli(WORK / "x.csv", "--map", m, want=2)
    s = summary(write("x.csv", "单位编码,名称,性质,交办方式\nq1,甲,科室,\nq1,乙,科室,\nq2,丙,科室,\nq2,丙,科室,\n"), town, "--map", m, want=1)
    ok("of two rows with one code neither is taken, equal rows are one", s["by_reason"] == {"twice": 2} and s["added"] == 1, s)
    s = summary(write("x.csv", "名称,性质\n甲一,科室\n乙二,科室\n"), town, "--map",
                write("made.yaml", "kind: orgs\ncolumns: {code: {make: o-, of: [name]}, name: 名称, kind: 性质, relation: {value: own}, reach: {value: phone}}\n"))
    t = summary(WORK / "x.csv", town, "--map", WORK / "made.yaml")
    ok("codes made from names meet their rows again", (s["added"], t["added"], t["unchanged"]) == (2, 0, 2), (s, t))


def points():
    town = folder("things")
    ledger = write("lamps.csv", "灯杆号,类型,所属网格,纬度,经度,管养单位\nL-1,路灯,110101012001001,39.91640428150164,116.41024449916938,u-lamp\n"
                                "L-2,路灯,110101012001001,116.41,39.91,u-lamp\nL-3,路灯,110101012001001,39.9,,u-lamp\n")
    mapping = "kind: things\ncoordinates: %s\ncolumns: {code: 灯杆号, kind: 类型, place: 所属网格, lat: 纬度, lon: 经度, keeper: 管养单位, owner: {value: u-lamp}}\n"
    s = summary(ledger, town, "--map", write("things.yaml", mapping % "gcj02"), want=1)
    got = {r["code"]: r for r in rows(town / "things.csv")}
    ok("points of a phone map are moved to where they are", got["L-1"]["lat"].startswith("39.9150") and got["L-1"]["lon"].startswith("116.4040"), got["L-1"])
    ok("the wrong way round, or half a point, is rejected", s["by_reason"] == {"out-of-range": 1, "missing": 1}, s)
    summary(ledger, town, "--map", write("things.yaml", mapping % "cgcs2000"), want=1)
    got = {r["code"]: r for r in rows(town / "things.csv")}
    ok("CGCS2000 is read as WGS 84", got["L-1"]["lat"] == "39.9164043", got["L-1"])


def samples():
    town = folder("samples")
    for m in sorted((SOURCE / "samples/import").glob("*.yaml")):
        ledger = m.with_suffix(".csv")
        if m.stem not in ("matters", "grids"):
            p = linli(ledger, town, "--map", m, "--dry-run")
            ok(f"the sample ledger {m.stem} fits the sample town", ", 0 rejected" in p.stdout and "0 errors before, 0 after" in p.stderr, p.stdout + p.stderr)
    for stem in ("orgs", "places", "things", "duties", "staff", "posts", "roster", "matters"):
        draft = linli("--suggest", SOURCE / f"samples/import/{stem}.csv").stdout
        want = (SOURCE / f"samples/import/{stem}.yaml").read_text()
        missing = [line for line in want.splitlines() if line.startswith("  ") and "value:" not in line and "from:" not in line and
                   line.split(":")[0].strip() not in [d.split(":")[0].strip() for d in draft.splitlines()]]
        ok(f"a draft for {stem} finds its kind and columns", f"kind: {stem}\n" in draft and not missing, (missing, draft))
    p = linli("--suggest", write("nothing.csv", "x,y\n1,2\n"), want=2)
    ok("of a table that fits nothing no draft is made", "[import.kind]" in p.stderr, p.stderr)
    draft = linli("--suggest", write("odd.csv", '某街道台账,,,\n单位编码,"单位: ""名称""",性质,备注\na,甲,专班,\n')).stdout
    ok("a draft names unknown values and unused columns", "专班" in draft and "备注" in draft and "head: {row: 2, rows: 1}" in draft, draft)


GRIDS_MAP = "kind: grids\ncoordinates: %s\ncolumns: {code: 网格编码}\n"


def outlines():
    """The outlines of the sample town, as a surveying office would hand them out, must come back where they were."""
    town = folder("grids")
    truth = {f["properties"]["code"]: f["geometry"] for f in json.loads((town / "grids.geojson").read_text())["features"]}
    simple = {c: g["coordinates"][0][::-1] for c, g in truth.items() if g["type"] == "Polygon" and len(g["coordinates"]) == 1}
    ok("the sample has outlines to test with", len(simple) > 10, len(simple))

    def judge(said, source, coordinates, **more):
        (town / "grids.geojson").write_text('{"type":"FeatureCollection","features":[]}')
        s = summary(source, town, "--map", write("grids.yaml", GRIDS_MAP % coordinates + more.get("also", "")))
        got = {f["properties"]["code"]: f["geometry"]["coordinates"][0] for f in json.loads((town / "grids.geojson").read_text())["features"]}
        far = max(min(metres(p, q) for q in got.get(c, [(0, 0)])) for c, ring in simple.items() for p in ring)
        ok(f"{said} (at most {far:.3f} m aside)", s["added"] == len(simple) and far < more.get("within", 0.05), (s, far))
        return s

    zone = {c: [gauss_krueger(*p, 39) for p in ring] for c, ring in simple.items()}
    shapefile(WORK / "zone.shp", [("网格编码", 20)], [((c,), r) for c, r in zone.items()], zone_wkt(39))
    judge("a Shapefile in a three-degree zone of CGCS2000 lies where it should", WORK / "zone.shp", "file")
    judge("CGCS2000 may be named too", WORK / "zone.shp", "cgcs2000")
    shapefile(WORK / "bare.shp", [("网格编码", 20)], [((c,), r) for c, r in zone.items()])
    p = linli(WORK / "bare.shp", town, "--map", write("grids.yaml", GRIDS_MAP % "file"), want=2)
    ok("a layer without .prj declares nothing", ".prj" in p.stderr, p.stderr)
    p = linli(WORK / "bare.shp", town, "--map", write("grids.yaml", GRIDS_MAP % "cgcs2000"), want=2)
    ok("metres are not taken for degrees", "no degrees" in p.stderr, p.stderr)
    judge("its system can be named by number", WORK / "bare.shp", "EPSG:4527")
    shapefile(WORK / "plain.shp", [("网格编码", 20)], [((c,), r) for c, r in simple.items()], GEOGRAPHIC)
    judge("a Shapefile in degrees of CGCS2000", WORK / "plain.shp", "file")
    p = linli(WORK / "plain.shp", town, "--map", write("grids.yaml", GRIDS_MAP % "wgs84"), want=2)
    ok("what is declared and what is named must agree", "another system" in p.stderr, p.stderr)
    shapefile(WORK / "old.shp", [("网格编码", 20)], [((c,), r) for c, r in simple.items()],
              GEOGRAPHIC.replace("D_China_2000", "D_Xian_1980").replace("GCS_China_Geodetic_Coordinate_System_2000", "GCS_Xian_1980"))
    p = linli(WORK / "old.shp", town, "--map", write("grids.yaml", GRIDS_MAP % "file"), want=2, lang="zh")
    ok("西安 80 is refused with the reason", "测绘部门" in p.stderr, p.stderr)
    shapefile(WORK / "phone.shp", [("网格编码", 20)], [((c,), [(x + 0.006241, y + 0.001404) for x, y in r]) for c, r in simple.items()])
    judge("a layer drawn on a phone map comes back when it is named", WORK / "phone.shp", "gcj02", within=20)
    geopackage(WORK / "town.gpkg", "网格", 4490, GEOGRAPHIC, ["网格编码"], [((c,), r) for c, r in simple.items()])
    judge("a GeoPackage in CGCS2000", WORK / "town.gpkg", "file", also="sheet: 网格\n")
    again = summary(WORK / "town.gpkg", town, "--map", WORK / "grids.yaml")
    ok("the same layer again changes nothing", (again["added"], again["replaced"], again["batch"]) == (0, 0, None), again)
    p = linli(WORK / "town.gpkg", town, "--map", write("x.yaml", GRIDS_MAP % "file" + "sheet: 无\n"), want=2)
    ok("a layer that is not there", "no such layer" in p.stderr, p.stderr)
    (WORK / "broken.shp").write_bytes((WORK / "zone.shp").read_bytes()[:300])
    linli(WORK / "broken.shp", town, "--map", write("x.yaml", GRIDS_MAP % "file"), want=2)
    p = linli(write("x.csv", "网格编码\n1\n"), town, "--map", write("x.yaml", GRIDS_MAP % "wgs84"), want=2)
    ok("a table has no outlines", "[import.coordinates]" in p.stderr, p.stderr)
    one = gauss_krueger(116.4058741, 39.8986822, 39)
    shapefile(WORK / "lamps.shp", [("灯杆号", 10), ("类型", 6), ("网格", 20)], [(("P-1", "路灯", "110101012001001"), one)], zone_wkt(39))
    m = write("lamps.yaml", "kind: things\ncoordinates: file\ncolumns: {code: 灯杆号, kind: 类型, place: 网格, lat: '@lat', lon: '@lon', owner: {value: u-lamp}, keeper: {value: u-lamp}}\n")
    summary(WORK / "lamps.shp", town, "--map", m)
    lamp = {r["code"]: r for r in rows(town / "things.csv")}["P-1"]
    ok("points of a layer become things, in GBK without .cpg too", (lamp["kind"], lamp["lat"], lamp["lon"]) == ("lamp", "39.8986822", "116.4058741"), lamp)


def metres(p, q):
    return math.hypot((p[0] - q[0]) * 85390, (p[1] - q[1]) * 111030)


MATTERS_MAP = """kind: matters
columns:
  number: 工单号
  origin: {value: 旧台账}
  received: 受理时间
  words: 诉求内容
  source: {from: 来源, otherwise: letter}
  subject: {from: 类别, optional: true}
  where: 地址
  unit: 承办单位
  name: 来电人
  phone: 电话
  order: 上级工单号
  due: 时限
"""


def cli(*args, want=0):
    p = subprocess.run([LINLI, *map(str, args)], capture_output=True, text=True, env=ENV, cwd=WORK, timeout=120)
    if p.returncode != want:
        ok(f"{' '.join(map(str, args))} exits with {want}", False, f"{p.returncode}\n{p.stdout}\n{p.stderr}")
    return p


def open_matters(url, engine):
    """Matters that are under way when Linli comes: taken over with their dates, once, and taken back."""
    db = ["--db", url, "--key", WORK / f"{engine}.key"]
    cli("load", SOURCE / "samples/town", *db)
    m = write("matters.yaml", MATTERS_MAP)
    today = datetime.date.today()
    late, fresh = (today - datetime.timedelta(days=120)).isoformat(), (today - datetime.timedelta(days=1)).isoformat()
    soon = (today + datetime.timedelta(days=2)).isoformat()
    head = "工单号,受理时间,诉求内容,来源,类别,地址,承办单位,来电人,电话,上级工单号,时限\n"
    body = (f"A-1,{late} 09:30,兴隆都市馨园社区三号楼前路灯不亮,来电,,三号楼前,,示例·来电人,１３８００００００７７,,\n"
            f"A-2,{fresh},小区门口水管漏水,12345,停水与水压不足,兴隆都市馨园社区,u-water,,,京12345-2,{soon}\n"
            f"A-6,{fresh},路灯不亮，没有上级编号,12345,,,,,,,\n"
            f"A-3,2099-01-01,时间在将来,来信,,,,,\nA-4,说不清,没有日期,来信,,,,,\nA-5,{fresh},一,来信,,,,,\n")
    ledger = write("matters.csv", head + body, "gb18030")
    s = summary(ledger, "--map", m, "--dry-run", *db, want=1)
    ok(f"{engine}: a dry run judges open matters", s == {"rows": 6, "accepted": 2, "rejected": 4, "by_reason": {"not-a-day": 1, "later-than-now": 1, "missing": 2}}, s)
    p = linli(ledger, "--map", m, *db, want=2)
    ok(f"{engine}: who imports must be named", "--by" in p.stderr, p.stderr)
    linli(ledger, "--map", m, "--by", "nobody", *db, want=2)
    linli(ledger, "orgs", "--map", m, "--by", "diaodu01", *db, want=2)
    s = summary(ledger, "--map", m, "--by", "diaodu01", *db, want=1)
    ok(f"{engine}: two come in", (s["added"], s["unchanged"]) == (2, 0) and s["batch"], s)
    again = summary(ledger, "--map", m, "--by", "diaodu01", *db, want=1)
    ok(f"{engine}: the same numbers again are the same matters", (again["added"], again["unchanged"], again["batch"]) == (0, 2, None), again)
    other_door = write("order.txt", "工单编号：京12345-2\n诉求内容：小区门口水管漏水\n诉求地点：兴隆都市馨园社区\n")
    pasted = json.loads(cli("upstream", "paste", other_door, *db, "--json").stdout)
    ok(f"{engine}: an order that came in with the ledger is known at the other door", pasted["outcome"] == "same" and not pasted["code"], pasted)
    verified = json.loads(cli("verify", *db[:2], "--json").stdout)
    ok(f"{engine}: verify finds two matters and no fault", verified["matters"] == 2 and verified["faults"] == 0, verified)
    listed = json.loads(linli("--batches", "--json", *db).stdout)
    ok(f"{engine}: the batch is listed", [(b["batch"], b["by"], b["accepted"]) for b in listed] == [(s["batch"], "diaodu01", 2)], listed)
    return db, ledger, m, s


def pasted_before(db, m, engine):
    """One number, the other door first."""
    day = datetime.date.today().isoformat()
    cli("upstream", "paste", write("order.txt", "工单编号：京12345-9\n诉求内容：路灯不亮\n"), *db)
    twin = write("twin.csv", f"工单号,受理时间,诉求内容,来源,地址,承办单位,来电人,电话,上级工单号,时限\nB-9,{day},路灯不亮,12345,,,,,京12345-9,\n", "gb18030")
    s = summary(twin, "--map", m, "--by", "diaodu01", *db)
    ok(f"{engine}: an order that was pasted is known to the import", (s["added"], s["unchanged"]) == (0, 1), s)
    verified = json.loads(cli("verify", *db[:2], "--json").stdout)
    ok(f"{engine}: and all is whole", verified["faults"] == 0, verified)


def store_of(url):
    """Rows straight from the file: what nobody is shown by any command."""
    with sqlite3.connect(f"file:{url.removeprefix('sqlite:')}?mode=ro", uri=True) as c:
        matters = c.execute("SELECT id, state, opened, unit, person, source FROM matter_case ORDER BY opened").fetchall()
        events = c.execute("SELECT matter, kind, actor, at, body FROM store_event ORDER BY matter, n").fetchall()
    return matters, events


def matters_on_sqlite():
    url = f"sqlite:{WORK}/matters.db"
    db, ledger, m, s = open_matters(url, "sqlite")
    matters, events = store_of(url)
    day = datetime.date.today() - datetime.timedelta(days=120)
    received = datetime.datetime(day.year, day.month, day.day, 9, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
    ok("each was opened when it was received", matters[0][2] == int(received.timestamp()) * 1000000, matters)
    opened = [json.loads(e[4]) for e in events if e[1] == "opened"]
    ok("the event names who imported, the batch, and when it was written", all(b["import"] == s["batch"] and b["taken_in"] for b in opened) and
       {e[2] for e in events} == {"staff:diaodu01"}, events)
    ok("its unit is the one of the ledger", matters[1][3] == "u-water" and matters[1][5] == "upstream", matters)
    ok("a contact sleeps in the vault", matters[0][4] != matters[1][4] and b"13800000077" not in (WORK / "matters.db").read_bytes())
    back = json.loads(linli("--undo", s["batch"], "--by", "diaodu02", "--json", *db).stdout)
    ok("undone, both are taken back", back == {"batch": s["batch"], "taken_back": 2, "kept": []}, back)
    matters, events = store_of(url)
    ok("they end as withdrawn, by whom stands in the journal", {x[1] for x in matters} == {"withdrawn"} and
       [e[1:3] for e in events if e[1] == "retracted"] == [("retracted", "staff:diaodu02")] * 2, (matters, events))
    data = b"".join(p.read_bytes() for p in WORK.glob("matters.db*") if not p.name.endswith(".key"))
    verified = json.loads(cli("verify", *db[:2], "--json").stdout)
    ok("verify says erased, not broken", verified["faults"] == 0 and verified["erased"] == 2, verified)
    p = linli("--undo", s["batch"], "--by", "diaodu02", *db, want=3)
    ok("once", "undone before" in p.stderr, p.stderr)
    linli("--undo", "20200101-000000-matters", "--by", "diaodu02", *db, want=3)
    s = summary(ledger, "--map", m, "--by", "diaodu01", *db, want=1)
    ok("after that the numbers are free again", s["added"] == 2, (s, len(data)))
    pasted_before(db, m, "sqlite")


def matters_on_postgres():
    base = os.environ.get("LINLI_TEST_PG")
    if not base or not shutil.which("psql"):
        print("# skipped on PostgreSQL: no LINLI_TEST_PG or no psql")
        return
    schema = f"import_{os.getpid()}"
    sql(base, f"CREATE SCHEMA {schema}")
    try:
        db, _, m, s = open_matters(f"{base}{'&' if '?' in base else '?'}options=-csearch_path%3D{schema}", "postgres")
        back = json.loads(linli("--undo", s["batch"], "--by", "diaodu02", "--json", *db).stdout)
        ok("postgres: undone, both are taken back", back["taken_back"] == 2 and not back["kept"], back)
        verified = json.loads(cli("verify", *db[:2], "--json").stdout)
        ok("postgres: verify says erased, not broken", verified["faults"] == 0 and verified["erased"] == 2, verified)
        pasted_before(db, m, "postgres")
    finally:
        sql(base, f"DROP SCHEMA {schema} CASCADE")


def sql(url, text):
    subprocess.run(["psql", "-q", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", text], check=True, capture_output=True)


def main():
    try:
        for story in (organisations, duty_list, persons, mistakes, points, samples, outlines, matters_on_sqlite, matters_on_postgres):
            story()
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
    print(f"1..{count}")
    return 1 if failed else 0


sys.exit(main())
