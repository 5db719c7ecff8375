#!/usr/bin/env python3
"""Makes samples/town from samples/source: a complete town folder for tests and demonstrations.

    tools/sample_town.py            write samples/town
    tools/sample_town.py --check    write nothing; exit 1 when samples/town differs from what would be written

Real: the sub-district's outline, the codes and names of its communities. Invented: where the communities lie
within the outline, the grids, buildings, things, units, people, duty rows and figures. The same input always
gives the same bytes.
"""
import csv
import io
import json
import pathlib
import random
import sys
from datetime import date, timedelta

TOP = pathlib.Path(__file__).resolve().parent.parent
SOURCE = TOP / "samples" / "source"
OUT = TOP / "samples" / "town"
UNIT = 10 ** 7                     # seven decimals of a degree
DISTRICT = "110101000000"
SINCE = "2026-01-01"
GRIDS_PER_COMMUNITY = (4, 4, 3, 4, 3, 4, 4, 4, 4, 3, 3)
TERM_UNTIL = "2028-12-31"
ROSTER = (date(2026, 11, 1), date(2027, 2, 28))
CATALOGUE_CODE = "崇文门外街道履行职责事项清单（示例）"


# ---- geometry: whole numbers only, so neighbours share the very same vertices ---------------------------

def area2(ring):
    """Twice the signed area; positive when counter-clockwise. The ring is open (first vertex not repeated)."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1]))


def crossings(ring, axis, at):
    """Indices i whose edge (i, i+1) crosses the line coordinate[axis] == at; None when a vertex lies on it."""
    found = []
    for i, p in enumerate(ring):
        q = ring[(i + 1) % len(ring)]
        if p[axis] == at:
            return None
        if (p[axis] < at) != (q[axis] < at):
            found.append(i)
    return found


def cut(ring, axis, at):
    """Cut @ring in two along coordinate[axis] == at; None unless the line crosses it exactly twice."""
    found = crossings(ring, axis, at)
    if found is None or len(found) != 2:
        return None
    corner = []
    for i in found:
        p, q = ring[i], ring[(i + 1) % len(ring)]
        other = 1 - axis
        num = (q[other] - p[other]) * (at - p[axis])
        den = q[axis] - p[axis]
        value = p[other] + (2 * num + abs(den) * (1 if den > 0 else -1)) // (2 * den)   # rounded
        corner.append((at, value) if axis == 0 else (value, at))
    i, j = found
    one = [corner[0]] + ring[i + 1:j + 1] + [corner[1]]
    two = [corner[1]] + ring[j + 1:] + ring[:i + 1] + [corner[0]]
    one, two = (without_repeats(r) for r in (one, two))
    return (one, two) if one[1 if one[0][axis] == at else 0][axis] < at or min(p[axis] for p in one) < at else (two, one)


def without_repeats(ring):
    return [p for k, p in enumerate(ring) if p != ring[k - 1]]


def partition(ring, parts, rng):
    """Cut @ring into @parts pieces of about equal area by lines along the longer side."""
    if parts == 1:
        return [ring]
    low = parts // 2
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    wide = (max(xs) - min(xs)) * 77 // 100 >= max(ys) - min(ys)      # a degree of longitude is 77 % of one of latitude here
    for axis in ((0, 1) if wide else (1, 0)):
        side = [p[axis] for p in ring]
        best = None
        lo, hi = min(side) + 1, max(side) - 1
        for step in range(3, 98):
            at = lo + (hi - lo) * step // 100 + rng.randrange(1, 90)
            pair = cut(ring, axis, at)
            if pair is None:
                continue
            miss = abs(abs(area2(pair[0])) * parts - abs(area2(ring)) * low)
            if best is None or miss < best[0]:
                best = (miss, pair)
        if best is not None:
            break
    else:
        raise SystemExit("this outline cannot be cut by a straight line into two pieces")
    return partition(best[1][0], low, rng) + partition(best[1][1], parts - low, rng)


def share_vertices(rings):
    """Put every vertex that lies exactly on another ring's edge into that ring too (T-junctions)."""
    vertices = sorted({p for r in rings for p in r})
    shared = []
    for ring in rings:
        full = []
        for k, p in enumerate(ring):
            q = ring[(k + 1) % len(ring)]
            full.append(p)
            on = [v for v in vertices if v not in (p, q)
                  and min(p[0], q[0]) <= v[0] <= max(p[0], q[0]) and min(p[1], q[1]) <= v[1] <= max(p[1], q[1])
                  and (q[0] - p[0]) * (v[1] - p[1]) == (q[1] - p[1]) * (v[0] - p[0])]
            full += sorted(on, key=lambda v: abs(v[0] - p[0]) + abs(v[1] - p[1]))
        shared.append(full)
    return shared


def centre(ring):
    a = x = y = 0
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1]):
        w = x1 * y2 - x2 * y1
        a, x, y = a + w, x + (x1 + x2) * w, y + (y1 + y2) * w
    return x // (3 * a), y // (3 * a)


def inside(ring, point):
    px, py = point
    odd = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1]):
        if (y1 > py) != (y2 > py) and (px - x1) * abs(y2 - y1) < (x2 - x1) * (py - y1) * (1 if y2 > y1 else -1):
            odd = not odd
    return odd


def point_in(ring, rng):
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    while True:
        p = (rng.randrange(min(xs), max(xs)), rng.randrange(min(ys), max(ys)))
        if inside(ring, p):
            return p


def west_to_east_north_to_south(rings):
    """Numbering order of grids (rulebook: west to east, north to south), in three rough rows."""
    ys = [centre(r)[1] for r in rings]
    top, height = max(ys), max(1, max(ys) - min(ys) + 1)
    return sorted(rings, key=lambda r: ((top - centre(r)[1]) * 3 // height, centre(r)))


def degrees(value):
    sign = "-" if value < 0 else ""
    return f"{sign}{abs(value) // UNIT}.{abs(value) % UNIT:07d}"


# ---- credit codes (GB 32100-2015, GB 11714) ------------------------------------------------------------

def credit_code(register, serial):
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = f"{serial:08d}"
    rest = 11 - sum(int(c) * w for c, w in zip(body, (3, 7, 9, 10, 5, 8, 4, 2))) % 11
    body += {10: "X", 11: "0"}.get(rest, str(rest))
    code = register + DISTRICT[:6] + body
    weights = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    return code + alphabet[(31 - sum(alphabet.index(c) * w for c, w in zip(code, weights)) % 31) % 31]


# ---- reading the sources --------------------------------------------------------------------------------

def table(name, columns):
    rows = []
    for n, line in enumerate((SOURCE / name).read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [c.strip() for c in line.split("|")]
        if len(cells) != columns:
            raise SystemExit(f"{name}:{n}: {len(cells)} cells, expected {columns}")
        rows.append(cells)
    return rows


def split_limit(text):
    number = text.rstrip("abcdefghijklmnopqrstuvwxyz")
    return number, text[len(number):]


def as_csv(header, rows):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        if len(row) != len(header):
            raise SystemExit(f"{header[0]}...: a row has {len(row)} cells, expected {len(header)}: {row}")
        writer.writerow(row)
    return out.getvalue()


# ---- the town --------------------------------------------------------------------------------------------

class Town:
    def __init__(self):
        self.rng = random.Random(110101012)
        feature = json.loads((SOURCE / "boundary.geojson").read_text(encoding="utf-8"))["features"][0]
        self.code, self.name = feature["properties"]["code"], feature["properties"]["name"]
        self.outline = [(round(x * UNIT), round(y * UNIT)) for x, y in feature["geometry"]["coordinates"][0][:-1]]
        if area2(self.outline) < 0:
            self.outline.reverse()
        with (SOURCE / "communities.csv").open(encoding="utf-8") as f:
            self.communities = [(r["code"], r["name"].removesuffix("居委会")) for r in csv.DictReader(f)]
        self.orgs = table("orgs.txt", 7)
        self.catalogue = table("catalogue.txt", 7)
        self.draw()

    def draw(self):
        areas = west_to_east_north_to_south(partition(self.outline, len(self.communities), self.rng))
        rings, self.grids = [], []
        for (code, _), ring, parts in zip(self.communities, areas, GRIDS_PER_COMMUNITY):
            for k, piece in enumerate(west_to_east_north_to_south(partition(ring, parts, self.rng)), 1):
                self.grids.append((f"{code}{k:03d}", code))
                rings.append(piece)
        self.rings = dict(zip((g for g, _ in self.grids), share_vertices(rings)))

    def place(self, text):
        """C3 = the third community, C3.2 = its second grid, empty = the whole town."""
        if not text:
            return ""
        community, _, grid = text.removeprefix("C").partition(".")
        code = self.communities[int(community) - 1][0]
        return f"{code}{int(grid):03d}" if grid else code

    def committee(self, community):
        return f"jw-{community[-3:]}"

    def place_rows(self):
        names = dict(self.communities)
        homes = {g: self.rng.randrange(300, 501) for g, _ in self.grids}
        people = {g: h * 26 // 10 for g, h in homes.items()}
        total = lambda of, prefix: sum(v for g, v in of.items() if g.startswith(prefix))
        rows = [[DISTRICT, "", "county", "东城区", "", "", ""],
                [self.code, DISTRICT, "township", self.name, "崇外街道;崇外", total(homes, ""), total(people, "")]]
        for code, name in self.communities:
            rows.append([code, self.code, "community", name, f"{name.removesuffix('社区')};{name}居委会",
                         total(homes, code), total(people, code)])
        special = {self.place("C4.1"): "示例商场", self.place("C6.1"): "示例公园", self.place("C7.2"): "示例菜市场;示例农贸市场"}
        for grid, community in self.grids:
            name = f"{names[community]}第{int(grid[-3:])}网格"
            rows.append([grid, community, "grid", name, special.get(grid, ""), homes[grid], people[grid]])
        for n, (grid, _) in enumerate(self.grids):
            if n % 2:
                continue
            rows.append([f"{grid}-01", grid, "building", f"示例小区{n + 1}号楼", f"示例{n + 1}号楼;老{n + 1}栋", "", ""])
            if n % 4 == 0:
                for unit in (1, 2):
                    rows.append([f"{grid}-01-{unit}", f"{grid}-01", "unit", f"示例小区{n + 1}号楼{unit}单元", "", "", ""])
        return rows

    def grids_text(self):
        lines = []
        for grid, community in self.grids:
            ring = self.rings[grid]
            points = ",".join(f"[{degrees(x)},{degrees(y)}]" for x, y in ring + ring[:1])
            lines.append('{"type":"Feature","properties":{"code":"%s","community":"%s"},'
                         '"geometry":{"type":"Polygon","coordinates":[[%s]]}}' % (grid, community, points))
        return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"

    def org_rows(self):
        rows = [[code, parent, kind, relation, reach, name, "" if register == "-" else credit_code(register, 100 + n)]
                for n, (code, parent, kind, relation, reach, name, register) in enumerate(self.orgs)]
        for code, name in self.communities:
            rows.append([self.committee(code), "", "committee", "based_here", "account", f"{name}居民委员会", ""])
        return rows

    def subject_rows(self):
        levels = {"s": "small", "b": "big", "h": "hard"}
        shown = {"n": "none", "c": "count", "s": "summary"}
        rows = []
        for n, (code, zh, en, keywords, marks, _, _) in enumerate(self.catalogue, 1):
            level, publicity = marks.split("/")
            rows.append([code, code.rpartition(".")[0], zh, en, keywords, levels[level], shown[publicity],
                         f"SAMPLE-{n:03d}"])
        return rows

    def duty_rows(self):
        rows = []
        serial = {}

        def add(which, subject, title, condition, lead, assist, place, limit, basis):
            serial[which] = serial.get(which, 0) + 1
            number, unit = split_limit(limit) if limit != "-" else ("", "")
            power = which in ("conferred", "entrusted")
            rows.append([f"{which}-{serial[which]:03d}", which, subject, title, condition, lead,
                         "" if assist == "-" else assist, place, number, unit, basis, SINCE, "",
                         "在编人员12名（示例）" if power else "",
                         ("行政执法证12本（示例）" if which == "conferred" else "委托书及业务培训证8本（示例）") if power else "",
                         "年度经费36万元（示例）" if power else ""])

        for code, zh, _, _, _, duty, basis in self.catalogue:
            if duty == "-":
                continue
            which, lead, assist, limit = duty.split()
            add(which, code, zh, "", lead, assist, "", limit, f"{basis}；{CATALOGUE_CODE}")
        for subject, duty, condition, place, title, basis in table("duties_extra.txt", 6):
            which, lead, assist, limit = duty.split()
            add(which, subject, title, condition, lead, assist, self.place(place), limit, f"{basis}；{CATALOGUE_CODE}")
        for code, name in self.communities:
            for subject, what in (("self.convention", "居民公约与议事"), ("self.mutual", "邻里互助与志愿服务")):
                add("committee", subject, f"{name}{what}", "", self.committee(code), "-", code, "10workday",
                    "中华人民共和国城市居民委员会组织法")
        return rows

    def people(self):
        """Posts and staff. Everyone is invented and named so."""
        staff, posts = [], []

        def person(login, name, org):
            staff.append([login, f"示例·{name}", org, f"1380000{len(staff) + 1:04d}", ""])

        def post(code, title, role, org, place, holder, backup):
            posts.append([code, title, role, org, place, holder, backup, SINCE, TERM_UNTIL])

        for n in range(1, 4):
            person(f"daiban{n:02d}", f"带班{n}", "jiedao")
        for n in range(1, 5):
            person(f"diaodu{n:02d}", f"调度{n}", "desk")
        post("leader-1", "带班领导", "leader", "jiedao", self.code, "daiban01", "daiban02")
        post("leader-2", "街道书记", "leader", "gongwei", self.code, "daiban03", "daiban01")
        post("desk-day", "调度岗（白班）", "dispatcher", "desk", self.code, "diaodu01", "diaodu02")
        post("desk-night", "调度岗（夜班）", "dispatcher", "desk", self.code, "diaodu03", "diaodu04")
        post("desk-officer", "值班岗", "duty_officer", "desk", self.code, "diaodu02", "diaodu01")
        post("desk-officer-night", "值班岗（夜班）", "duty_officer", "desk", self.code, "diaodu03", "diaodu04")
        post("handler-desk", "兜底承办岗", "handler", "desk", self.code, "diaodu04", "diaodu03")
        handlers = ["zhb", "dqb", "pab", "cgb", "sqb", "msb", "yjb", "fwzx", "hdzx", "tjw",
                    "pcs", "sfs", "scs", "zfd", "jjd", "xfz", "wss"]
        for n, org in enumerate(handlers, 1):
            person(f"chuli{n:02d}", f"承办{n}", org)
            post(f"handler-{org}", "承办岗", "handler", org, self.code, f"chuli{n:02d}", f"chuli{n % len(handlers) + 1:02d}")
        post("supervisor-1", "督办岗", "supervisor", "dqb", self.code, "chuli02", "chuli01")
        post("clerk-1", "综合窗口岗", "clerk", "fwzx", self.code, "chuli08", "chuli09")
        post("admin-1", "系统管理岗", "admin", "zhb", self.code, "daiban02", "")
        post("auditor-1", "审计岗", "auditor", "gongwei", self.code, "daiban03", "")
        for org in ("u-water", "u-power", "u-gas", "u-heat", "u-drain", "u-lamp", "u-san",
                    "p-xing", "p-guo", "c-green", "b-park", "b-mall", "b-mkt"):
            login = f"danwei-{org[2:]}"
            person(login, f"单位{org[2:]}", org)
            post(f"handler-{org}", "单位联络岗", "handler", org, self.code, login, "")
        for k, (code, name) in enumerate(self.communities):
            n, neighbour = code[-3:], self.communities[k - 1][0][-3:]
            person(f"shequ{n}", f"社区{n}", self.committee(code))
            post(f"community-{n}", f"{name}书记", "secretary", self.committee(code), code, f"shequ{n}", f"shequ{neighbour}")
        workers = (len(self.grids) + 1) // 2
        for n in range(1, workers + 1):
            person(f"wangge{n:02d}", f"网格员{n}", "pab")
        for k, (grid, community) in enumerate(self.grids):
            mine = k // 2 + 1
            post(f"grid-{grid[-6:]}", "网格员", "grid_worker", "pab", grid, f"wangge{mine:02d}",
                 f"wangge{mine % workers + 1:02d}")
        return posts, staff

    def roster_rows(self):
        rows, day, n = [], ROSTER[0], 0
        while day <= ROSTER[1]:
            for shift, officers in (("day", ("diaodu01", "diaodu02")), ("night", ("diaodu03", "diaodu04"))):
                rows.append([day.isoformat(), shift, f"daiban{n % 3 + 1:02d}", officers[n % 2]])
            day, n = day + timedelta(days=1), n + 1
        return rows

    def agreement_rows(self):
        one, two = self.place("C1.1"), self.place("C2.1")
        return [["street-1", "street", f"{one};{two}", one, "街道网格共管纪要（示例）第1号", SINCE, ""],
                ["enclave-1", "enclave", self.place("C11.1"), self.place("C10.1"), "飞地管理协议（示例）第2号", SINCE, ""],
                ["concurrent-1", "concurrent", self.code_of_mall(), "zfd", "商圈联合执法备忘录（示例）第3号", SINCE, ""]]

    def code_of_mall(self):
        return self.place("C4.1")

    def thing_rows(self):
        kinds = (("lamp", 18, "u-lamp", "u-lamp"), ("manhole", 14, None, None), ("tree", 14, "cgb", "c-green"),
                 ("hydrant", 8, "u-water", "u-water"), ("bin", 6, "cgb", "u-san"))
        pipes = ("u-water", "u-drain", "u-power", "u-gas", "u-heat")
        rows, n = [], 0
        for kind, count, owner, keeper in kinds:
            for k in range(1, count + 1):
                grid = self.grids[n * 7 % len(self.grids)][0]
                x, y = point_in(self.rings[grid], self.rng)
                who = pipes[k % len(pipes)] if owner is None else owner
                rows.append([f"{kind}-{k:03d}", kind, grid, degrees(y), degrees(x), who, keeper or who,
                             "2027-12-31" if k % 5 == 0 else ""])
                n += 1
        return rows

    def files(self):
        posts, staff = self.people()
        return {
            "town.yaml": TOWN_YAML % (self.code, self.name),
            "roles.yaml": ROLES_YAML,
            "upstreams.yaml": UPSTREAMS_YAML,
            "places.csv": as_csv(("code", "parent", "kind", "name", "aliases", "households", "population"), self.place_rows()),
            "grids.geojson": self.grids_text(),
            "orgs.csv": as_csv(("code", "parent", "kind", "relation", "reach", "name", "credit_code"), self.org_rows()),
            "posts.csv": as_csv(("code", "title", "role", "org", "place", "holder", "backup", "since", "until"), posts),
            "staff.csv": as_csv(("login", "name", "org", "phone", "until"), staff),
            "roster.csv": as_csv(("date", "shift", "leader", "officer"), self.roster_rows()),
            "subjects.csv": as_csv(("code", "parent", "name_zh", "name_en", "keywords", "level", "publicity",
                                    "external_codes"), self.subject_rows()),
            "duties.csv": as_csv(("code", "list", "subject", "title", "condition", "lead", "assist", "place", "limit",
                                  "unit", "basis", "since", "until", "staff", "certificates", "money"), self.duty_rows()),
            "agreements.csv": as_csv(("code", "kind", "places", "lead", "document", "since", "until"), self.agreement_rows()),
            "things.csv": as_csv(("code", "kind", "place", "lat", "lon", "owner", "keeper", "warranty_until"), self.thing_rows()),
            "aliases.csv": as_csv(("said", "place", "thing", "since", "until"), ALIASES),
            "retention.csv": as_csv(("class", "period", "basis", "action"), RETENTION),
            "calendar.csv": as_csv(("date", "work", "name", "org"), CALENDAR),
        }


ALIASES = (["老供销社", "110101012001001-01", "", "2026-01-01", ""], ["歪脖子树", "", "tree-003", "2026-01-01", ""])

TOWN_YAML = """\
# An invented town on a real outline: see samples/README.md.
code: "%s"
name: {zh: %s（示例）, en: Chongwenmenwai Subdistrict (sample)}
languages: [zh, en]
office_hours: ["09:00-12:00", "14:00-18:00"]
fallback: desk
upper: district
map_approval: ""
contact: {phone: "13800000000", duty_phone: "13800000100", counter: {zh: 示例：便民服务中心一层综合窗口, en: "Sample: service centre, ground floor, general counter"}, hours: {zh: 周一至周五 9:00–12:00、14:00–18:00, en: "Monday to Friday, 9:00-12:00 and 14:00-18:00"}}
nearest_metres: 50
reopen_times: 2
pause_times: 1
extend_times: 1
verify: [hard]
callback_calls: 3
callback_days: 2
quiet_hours: {hours: "21:00-08:00", source: 示例：街道短信通知约定, review: 2027-06-30}
similar: {metres: 150, days: 30, percent: 30, source: 示例：街道接诉即办工作规程, review: 2027-06-30}
standing: {months: 3, reports: 5, before: 6, source: 示例：街道每月一题工作约定, review: 2027-06-30}
files_max: 30
limits:
  sign:           {limit: 2,  unit: workhour, source: 示例：街道接诉即办工作规程, review: 2027-06-30}
  contact:        {limit: 24, unit: hour, source: 示例：街道接诉即办工作规程, review: 2027-06-30}
  contact_urgent: {limit: 2,  unit: hour, source: 示例：街道接诉即办工作规程, review: 2027-06-30}
  place:          {limit: 1,  unit: workhour, source: 示例：街道接诉即办工作规程, review: 2027-06-30}
  place_urgent:   {limit: 1,  unit: hour, source: 示例：街道接诉即办工作规程, review: 2027-06-30}
  answer:         {limit: 5,  unit: workday, source: 示例：街道接诉即办工作规程, review: 2027-06-30}
  answer_urgent:  {limit: 24, unit: hour, source: 示例：街道接诉即办工作规程, review: 2027-06-30}
  statutory:      {limit: 60, unit: day, roll: statutory, source: 信访工作条例 第三十四条, review: 2027-06-30}
  joint_look:     {limit: 2,  unit: workday, source: 示例：街道会商制度, review: 2027-06-30}
  report_in:      {limit: 24, unit: hour, source: 示例：街道吹哨报到制度, review: 2027-06-30}
  report_in_urgent: {limit: 1,  unit: hour, source: 示例：街道吹哨报到制度, review: 2027-06-30}
  assist_answer:  {limit: 3,  unit: workday, source: 示例：街道吹哨报到制度, review: 2027-06-30}
  assist_answer_urgent: {limit: 24, unit: hour, source: 示例：街道吹哨报到制度, review: 2027-06-30}
  sign_urgent:    {limit: 1,  unit: hour, source: 示例：街道值班带班制度, review: 2027-06-30}
  return:         {limit: 1,  unit: workday, source: 示例：街道退单制度, review: 2027-06-30}
  ruling:         {limit: 2,  unit: workhour, source: 示例：街道退单制度, review: 2027-06-30}
  reopen:         {limit: 15, unit: day, source: 示例：街道回访制度, review: 2027-06-30}
  review:         {limit: 2,  unit: workday, source: 示例：街道督办制度, review: 2027-06-30}
  consent:        {limit: 24, unit: hour, source: 示例：街道申请审批制度, review: 2027-06-30}
  pause:          {limit: 10, unit: day, source: 示例：街道申请审批制度, review: 2027-06-30}
  extend:         {limit: 5,  unit: workday, source: 示例：街道申请审批制度, review: 2027-06-30}
  shelf:          {limit: 180, unit: day, source: 示例：街道挂账制度, review: 2027-06-30}
  verify:         {limit: 48, unit: hour, source: 示例：街道核实制度, review: 2027-06-30}
  callback:       {limit: 3,  unit: workday, source: 示例：街道回访制度, review: 2027-06-30}
  restore:        {limit: 365, unit: day, source: 示例：街道停水停电公告约定, review: 2027-06-30}
  parcel:         {limit: 24, unit: hour, source: 示例：区移交办法, review: 2027-06-30}
  upload:         {limit: 24, unit: hour, source: 示例：街道附件管理约定, review: 2027-06-30}
  draft:          {limit: 30, unit: day, source: 示例：街道文件夹管理约定, review: 2027-06-30}
  upstream_return: {limit: 5, unit: day, source: 示例：街道承接上级派单制度, review: 2027-06-30}
  upstream_reply: {limit: 24, unit: hour, source: 示例：街道承接上级派单制度, review: 2027-06-30}
"""

UPSTREAMS_YAML = """\
# 上级派单系统：一个系统一段。格式见 docs/upstream.md；名称和时限都是示例，请按本地系统改。
systems:
  "12345":
    name: {zh: 12345 市民服务热线（示例）, en: 12345 hotline (sample)}
    # 比上级的时限早多少；最多占所给时间的一半
    margin: {limit: 4, unit: hour, source: 示例：街道承接上级派单制度, review: 2027-06-30}
    # 多久之内可以退回；工单自己写明的以工单为准
    return: {limit: 4, unit: workhour, source: 示例：市级平台退单规则, review: 2027-06-30}
    # 导入文件的列名，也是粘贴文字里的标题
    columns:
      number: [工单编号, 工单号]
      kind: [派单类型, 工单状态]
      received: [派单时间, 下派时间]
      due: [处理时限, 办结时限]
      return_until: 退单截止时间
      title: [工单标题, 标题]
      words: [诉求内容, 主要内容]
      place: [诉求地点, 事发地址]
      name: [诉求人, 来电人]
      phone: [联系电话, 来电号码]
      address: 联系地址
    redo: [重办, 退回重办, 二次派单]
    # 不留存的标题：粘贴文字里遇到它们就结束上一项
    skip: [工单类型, 诉求来源, 受理人, 性别, 受理时间, 承办单位]
    reply:
      fields:
        - {code: number, label: {zh: 工单编号, en: Number}, from: number, required: yes}
        - {code: unit, label: {zh: 承办单位, en: Unit}, from: unit, required: yes, max: 60}
        - {code: contacted, label: {zh: 联系诉求人时间, en: First contact}, from: contacted, required: yes}
        - {code: answered, label: {zh: 办结时间, en: Answered}, from: answered, required: yes}
        - {code: result, label: {zh: 办理情况, en: What was done}, from: answer, required: yes, max: 1000}
        - {code: solved, label: {zh: 诉求人反馈, en: The reporter says}, from: solved}
        - {code: by, label: {zh: 填报单位, en: Reported by}, value: 崇文门外街道市民诉求处置中心（示例）}
      template: |
        工单编号：{number}
        承办单位：{unit}
        联系诉求人时间：{contacted}
        办结时间：{answered}
        办理情况：{result}
        诉求人反馈：{solved}
        填报单位：{by}
"""

ROLES_YAML = """\
# Role to rights. sees: place = every matter within the post's place; org = those its organisation leads.
# Who answers does not also close; who manages people does not read the audit; grid workers do not inspect or punish.
roles:
  dispatcher:   {name: {zh: 调度员, en: Dispatcher}, sees: place,
                 may: [matter.read, matter.open, matter.contact, matter.close, matter.dispatch,
                       matter.decline, matter.callback, matter.handover, matter.receive, person.unmask,
                       report.read, place.review, town.read]}
  duty_officer: {name: {zh: 值班员, en: Duty officer}, sees: place,
                 may: [matter.read, matter.open, matter.sign, matter.contact, matter.dispatch,
                       person.unmask, town.read]}
  handler:      {name: {zh: 承办人, en: Handler}, sees: org,
                 may: [matter.read, matter.sign, matter.contact, matter.answer, person.unmask, town.read]}
  grid_worker:  {name: {zh: 网格员, en: Grid worker}, sees: place,
                 may: [matter.read, matter.open, matter.sign, matter.contact, matter.answer, town.read]}
  secretary:    {name: {zh: 社区书记, en: Community secretary}, sees: place,
                 may: [matter.read, matter.open, matter.sign, matter.contact, matter.answer,
                       matter.dispatch, matter.verify, report.read, place.review, town.read]}
  supervisor:   {name: {zh: 督办员, en: Supervisor}, sees: place,
                 may: [matter.read, matter.contact, matter.close, matter.dispatch, matter.approve, matter.verify,
                       matter.callback, matter.handover, matter.receive, person.unmask, report.read, place.review, town.read]}
  leader:       {name: {zh: 带班领导, en: Duty leader}, sees: place,
                 may: [matter.read, matter.open, matter.dispatch, matter.decline, matter.close,
                       matter.approve, matter.handover, matter.receive, report.read, place.review, town.read, town.load]}
  clerk:        {name: {zh: 窗口人员, en: Desk clerk}, sees: place,
                 may: [matter.read, matter.open, town.read]}
  auditor:      {name: {zh: 审计员, en: Auditor}, sees: place, may: [audit.read, town.read]}
  admin:        {name: {zh: 系统管理员, en: Administrator}, sees: place,
                 may: [town.read, town.load, people.manage, parcel.put]}
"""

RETENTION = [
    ("matter", "5y", "机关档案管理规定；示例清单", "archive"),
    ("voice", "3y", "中华人民共和国个人信息保护法 第四十七条；示例清单", "erase"),
    ("contact", "1y", "中华人民共和国个人信息保护法 第四十七条；示例清单", "erase"),
    ("attachment", "3y", "示例清单", "erase"),
    ("audit", "3y", "中华人民共和国网络安全法；示例清单", "erase"),
]

CALENDAR = [("2026-12-12", "yes", "社区选举登记日（示例）", "fwzx")]


def main():
    files = Town().files()
    if "--check" in sys.argv[1:]:
        stale = [n for n, text in files.items()
                 if not (OUT / n).is_file() or (OUT / n).read_bytes() != text.encode("utf-8")]
        if stale:
            print("samples/town is not what tools/sample_town.py makes: " + ", ".join(stale), file=sys.stderr)
        return 1 if stale else 0
    OUT.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (OUT / name).write_bytes(text.encode("utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
