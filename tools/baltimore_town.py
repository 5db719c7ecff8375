#!/usr/bin/env python3
"""Makes a town folder out of a table of 311 requests, for tests and benchmarks on real requests.

    tools/baltimore_town.py CSV OUTDIR

CSV has the columns id, type, channel, created, status, due, closed, agency, lat, lon among others; times read
"MM/DD/YYYY HH:MM:SS AM". Agencies become units, types become subjects, each type is owed by the agency that had
most of it, within the median time that was promised. The grids are a lattice over the points. The division codes
(9901...) stand for no place.
"""
import collections
import csv
import pathlib
import re
import statistics
import sys
from datetime import datetime

UNIT = 10 ** 7                 # seven decimals of a degree
LATTICE = 10                   # rows and columns
TOWN = "990101001000"
DISTRICT = "990101000000"
SINCE = "2014-01-01"
PLACEHOLDER = (39, -77)        # what the city writes when it does not know
PREFIX = re.compile(r"^[A-Z0-9]{2,8}-\s*")


def slug(text):
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:48] or "x"


def read(path):
    with open(path, encoding="utf-8", newline="") as f:
        rows = [r for r in csv.DictReader(f) if r["type"].strip() and r["agency"].strip()]
    if not rows:
        raise SystemExit(f"{path}: no request with a type and an agency")
    return rows


def points_of(rows):
    points = []
    for r in rows:
        try:
            lat, lon = float(r["lat"]), float(r["lon"])
        except ValueError:
            continue
        if (lat, lon) != PLACEHOLDER:
            points.append((round(lat * UNIT), round(lon * UNIT)))
    if not points:
        raise SystemExit("no request has usable coordinates")
    return points


def unique_codes(names, make):
    """A code for each name; equal ones are told apart by a number."""
    codes, used = {}, set()
    for name in sorted(names):
        code, n = make(name), 1
        while code in used:
            n += 1
            code = f"{make(name)}-{n}"
        used.add(code)
        codes[name] = code
    return codes


def seconds_promised(row):
    try:
        form = "%m/%d/%Y %I:%M:%S %p"
        return (datetime.strptime(row["due"], form) - datetime.strptime(row["created"], form)).total_seconds()
    except ValueError:
        return None


def lattice(points):
    """(code, community, ring) of every cell; neighbours share their corners exactly."""
    lats, lons = [p[0] for p in points], [p[1] for p in points]
    edge = lambda low, high: [low - 1000 + (high - low + 2000) * k // LATTICE for k in range(LATTICE + 1)]
    ys, xs = edge(min(lats), max(lats)), edge(min(lons), max(lons))
    cells = []
    for row in range(LATTICE):                       # from north to south
        south, north = ys[LATTICE - 1 - row], ys[LATTICE - row]
        community = f"{TOWN[:9]}{row + 1:03d}"
        for column in range(LATTICE):
            west, east = xs[column], xs[column + 1]
            ring = [(west, south), (east, south), (east, north), (west, north), (west, south)]
            cells.append((f"{community}{column + 1:03d}", community, ring))
    return cells


def degrees(value):
    return f"{'-' if value < 0 else ''}{abs(value) // UNIT}.{abs(value) % UNIT:07d}"


def write_csv(path, header, rows):
    with path.open("w", encoding="utf-8", newline="") as f:
        writer = csv.writer(f, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def write_places(out, cells):
    rows = [[DISTRICT, "", "county", "District"], [TOWN, DISTRICT, "township", "Baltimore"]]
    for n, community in enumerate(dict.fromkeys(c for _, c, _ in cells), 1):
        rows.append([community, TOWN, "community", f"Row {n}"])
    rows += [[code, community, "grid", f"Cell {code[-6:]}"] for code, community, _ in cells]
    write_csv(out / "places.csv", ("code", "parent", "kind", "name"), rows)
    features = []
    for code, _, ring in cells:
        corners = ",".join(f"[{degrees(x)},{degrees(y)}]" for x, y in ring)
        features.append('{"type":"Feature","properties":{"code":"%s"},"geometry":{"type":"Polygon","coordinates":[[%s]]}}'
                        % (code, corners))
    (out / "grids.geojson").write_text('{"type":"FeatureCollection","features":[\n' + ",\n".join(features) + "\n]}\n",
                                       encoding="utf-8")


def write_units(out, orgs):
    rows = [["city", "", "government", "upper", "upstream", "City"],
            ["desk", "", "institution", "own", "account", "Call desk"]]
    rows += [[code, "", "department", "own", "account", name] for name, code in sorted(orgs.items())]
    write_csv(out / "orgs.csv", ("code", "parent", "kind", "relation", "reach", "name"), rows)
    staff = [["desk01", "Example Desk 1", "desk"], ["desk02", "Example Desk 2", "desk"]]
    posts = [["desk", "Dispatcher", "dispatcher", "desk", TOWN, "desk01", "desk02", SINCE],
             ["handler-desk", "Fallback", "handler", "desk", TOWN, "desk02", "desk01", SINCE]]
    for n, (name, code) in enumerate(sorted(orgs.items()), 1):
        staff.append([f"unit{n:02d}", f"Example Handler {n}", code])
        posts.append([f"handler-{code}", "Handler", "handler", code, TOWN, f"unit{n:02d}", "desk02", SINCE])
    write_csv(out / "staff.csv", ("login", "name", "org"), staff)
    write_csv(out / "posts.csv", ("code", "title", "role", "org", "place", "holder", "backup", "since"), posts)


def write_catalogue(out, rows, subjects, orgs):
    agencies, promised = collections.defaultdict(collections.Counter), collections.defaultdict(list)
    for r in rows:
        agencies[r["type"]][r["agency"]] += 1
        seconds = seconds_promised(r)
        if seconds is not None and seconds > 0:
            promised[r["type"]].append(seconds)
    listed, duties = [], []
    names = {kind: PREFIX.sub("", kind).strip() or kind for kind in subjects}
    words = {kind: [w for w in re.findall(r"[a-z0-9]+", name.lower()) if len(w) > 2] for kind, name in names.items()}
    spread = collections.Counter(w for listed_words in words.values() for w in set(listed_words))
    for n, (kind, code) in enumerate(sorted(subjects.items()), 1):
        name = names[kind]
        telling = [w for w in words[kind] if spread[w] == 1]      # a word of several types tells none of them
        listed.append([code, name, name, ";".join(dict.fromkeys([name.lower()] + telling))])
        lead = min(agencies[kind].items(), key=lambda item: (-item[1], item[0]))[0]
        days = max(1, round(statistics.median(promised[kind] or [86400 * 5]) / 86400))
        duties.append([f"d{n:04d}", "basic", code, name, orgs[lead], days, "day", "City service catalogue", SINCE])
    write_csv(out / "subjects.csv", ("code", "name_zh", "name_en", "keywords"), listed)
    write_csv(out / "duties.csv", ("code", "list", "subject", "title", "lead", "limit", "unit", "basis", "since"), duties)


TOWN_YAML = """\
code: "%s"
name: {zh: 巴尔的摩（测试）, en: Baltimore (test)}
languages: [en, zh]
office_hours: ["09:00-12:00", "13:00-17:00"]
fallback: desk
upper: city
map_approval: ""
nearest_metres: 50
limits:
  sign:           {limit: 2,  unit: workhour, source: test, review: 2027-06-30}
  contact:        {limit: 24, unit: hour, source: test, review: 2027-06-30}
  contact_urgent: {limit: 2,  unit: hour, source: test, review: 2027-06-30}
  place:          {limit: 1,  unit: workhour, source: test, review: 2027-06-30}
  place_urgent:   {limit: 1,  unit: hour, source: test, review: 2027-06-30}
  answer:         {limit: 5,  unit: workday, source: test, review: 2027-06-30}
  answer_urgent:  {limit: 24, unit: hour, source: test, review: 2027-06-30}
  statutory:      {limit: 1000, unit: day, roll: statutory, source: none is known for this city; wide enough for its own promises, review: 2027-06-30}
  joint_look:     {limit: 2,  unit: workday, source: test, review: 2027-06-30}
  report_in:      {limit: 24, unit: hour, source: test, review: 2027-06-30}
  report_in_urgent: {limit: 1,  unit: hour, source: test, review: 2027-06-30}
  assist_answer:  {limit: 3,  unit: workday, source: test, review: 2027-06-30}
  assist_answer_urgent: {limit: 24, unit: hour, source: test, review: 2027-06-30}
  sign_urgent:    {limit: 1,  unit: hour, source: test, review: 2027-06-30}
  return:         {limit: 1,  unit: workday, source: test, review: 2027-06-30}
  ruling:         {limit: 2,  unit: workhour, source: test, review: 2027-06-30}
  reopen:         {limit: 15, unit: day, source: test, review: 2027-06-30}
  review:         {limit: 2,  unit: workday, source: test, review: 2027-06-30}
  consent:        {limit: 24, unit: hour, source: test, review: 2027-06-30}
  pause:          {limit: 10, unit: day, source: test, review: 2027-06-30}
  extend:         {limit: 5,  unit: workday, source: test, review: 2027-06-30}
  shelf:          {limit: 180, unit: day, source: test, review: 2027-06-30}
  verify:         {limit: 48, unit: hour, source: test, review: 2027-06-30}
  callback:       {limit: 3,  unit: workday, source: test, review: 2027-06-30}
  restore:        {limit: 365, unit: day, source: test, review: 2027-06-30}
  parcel:         {limit: 24, unit: hour, source: test, review: 2027-06-30}
  upload:         {limit: 24, unit: hour, source: test, review: 2027-06-30}
  draft:          {limit: 30, unit: day, source: test, review: 2027-06-30}
  upstream_return: {limit: 5, unit: day, source: test, review: 2027-06-30}
  upstream_reply: {limit: 24, unit: hour, source: test, review: 2027-06-30}
"""


def main():
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    rows = read(sys.argv[1])
    out = pathlib.Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    subjects = unique_codes({r["type"] for r in rows}, slug)
    orgs = unique_codes({r["agency"] for r in rows}, lambda name: "a-" + slug(name))
    (out / "town.yaml").write_text(TOWN_YAML % TOWN, encoding="utf-8")
    write_places(out, lattice(points_of(rows)))
    write_units(out, orgs)
    write_catalogue(out, rows, subjects, orgs)
    print(f"{out}: {len(subjects)} subjects, {len(orgs)} units, {LATTICE * LATTICE} grids")


if __name__ == "__main__":
    main()
