"""Map layers for tests, written with nothing but the standard library: a Shapefile and a GeoPackage as a surveying office would hand out."""
import math
import pathlib
import sqlite3
import struct

GEOGRAPHIC = ('GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],'
              'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]')


def zone_wkt(zone):
    return (f'PROJCS["CGCS2000_3_Degree_GK_Zone_{zone}",{GEOGRAPHIC},PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",{zone}500000.0],'
            f'PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",{zone * 3}.0],PARAMETER["Scale_Factor",1.0],'
            'PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]')


def gauss_krueger(lon, lat, zone):
    """Degrees to metres, by Krüger's series to the fourth order: to less than a millimetre within a zone."""
    a, f = 6378137.0, 1 / 298.257222101
    n = f / (2 - f)
    radius = a / (1 + n) * (1 + n ** 2 / 4 + n ** 4 / 64)
    alpha = (n / 2 - 2 * n ** 2 / 3 + 5 * n ** 3 / 16 + 41 * n ** 4 / 180, 13 * n ** 2 / 48 - 3 * n ** 3 / 5 + 557 * n ** 4 / 1440,
             61 * n ** 3 / 240 - 103 * n ** 4 / 140, 49561 * n ** 4 / 161280)
    phi, lam = math.radians(lat), math.radians(lon - zone * 3)
    e = 2 * math.sqrt(n) / (1 + n)
    t = math.sinh(math.atanh(math.sin(phi)) - e * math.atanh(e * math.sin(phi)))
    xi, eta = math.atan2(t, math.cos(lam)), math.atanh(math.sin(lam) / math.sqrt(1 + t * t))
    x = radius * (xi + sum(c * math.sin(2 * k * xi) * math.cosh(2 * k * eta) for k, c in enumerate(alpha, 1)))
    y = radius * (eta + sum(c * math.cos(2 * k * xi) * math.sinh(2 * k * eta) for k, c in enumerate(alpha, 1)))
    return zone * 1e6 + 500000 + y, x


def shapefile(path, fields, features, wkt="", encoding="gbk"):
    """fields: [(name, width)]; features: [(values, point or ring)]; a ring is a list of (x, y), clockwise."""
    polygon = bool(features) and isinstance(features[0][1], list)
    records, offsets, at = b"", [], 50
    xs, ys = [], []
    for n, (_, shape) in enumerate(features, 1):
        points = shape if polygon else [shape]
        xs += [p[0] for p in points]
        ys += [p[1] for p in points]
        xy = b"".join(struct.pack("<2d", *p) for p in points)
        if polygon:
            box = struct.pack("<4d", min(p[0] for p in points), min(p[1] for p in points), max(p[0] for p in points), max(p[1] for p in points))
            body = struct.pack("<i", 5) + box + struct.pack("<3i", 1, len(points), 0) + xy
        else:
            body = struct.pack("<i", 1) + xy
        records += struct.pack(">2i", n, len(body) // 2) + body
        offsets.append((at, len(body) // 2))
        at += 4 + len(body) // 2

    def head(words):
        return (struct.pack(">7i", 9994, 0, 0, 0, 0, 0, words) + struct.pack("<2i", 1000, 5 if polygon else 1) +
                struct.pack("<8d", min(xs), min(ys), max(xs), max(ys), 0, 0, 0, 0))
    base = pathlib.Path(path).with_suffix("")
    base.with_suffix(".shp").write_bytes(head(at) + records)
    base.with_suffix(".shx").write_bytes(head(50 + 4 * len(offsets)) + b"".join(struct.pack(">2i", *o) for o in offsets))
    width = 1 + sum(w for _, w in fields)
    table = struct.pack("<B3BIHH20x", 3, 126, 1, 1, len(features), 33 + 32 * len(fields), width)
    table += b"".join(name.encode(encoding)[:10].ljust(11, b"\0") + b"C" + bytes(4) + bytes([w]) + bytes(15) for name, w in fields) + b"\r"
    for values, _ in features:
        table += b" " + b"".join(v.encode(encoding)[:w].ljust(w) for v, (_, w) in zip(values, fields))
    base.with_suffix(".dbf").write_bytes(table + b"\x1a")
    if wkt:
        base.with_suffix(".prj").write_text(wkt)
    else:
        base.with_suffix(".prj").unlink(missing_ok=True)


def geopackage(path, layer, srs, wkt, fields, features):
    """Polygons only, as a GeoPackage 1.2 has them: ring by ring in its own binary around WKB."""
    pathlib.Path(path).unlink(missing_ok=True)
    with sqlite3.connect(path) as c:
        c.execute("PRAGMA application_id = 1196444487")
        c.execute("PRAGMA user_version = 10200")
        c.execute("CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT)")
        c.execute("CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT, description TEXT, last_change TEXT, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER)")
        c.execute("CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL)")
        c.execute("INSERT INTO gpkg_spatial_ref_sys VALUES ('x', ?, 'EPSG', ?, ?, '')", (srs, srs, wkt))
        c.execute("INSERT INTO gpkg_contents VALUES (?, 'features', ?, '', '2026-01-01T00:00:00Z', NULL, NULL, NULL, NULL, ?)", (layer, layer, srs))
        c.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'POLYGON', ?, 0, 0)", (layer, srs))
        columns = ", ".join(f'"{f}" TEXT' for f in fields)
        c.execute(f'CREATE TABLE "{layer}" (fid INTEGER PRIMARY KEY AUTOINCREMENT, geom BLOB, {columns})')
        for values, ring in features:
            blob = b"GP\0\x01" + struct.pack("<i", srs) + struct.pack("<BIII", 1, 3, 1, len(ring)) + b"".join(struct.pack("<2d", *p) for p in ring)
            c.execute(f'INSERT INTO "{layer}" VALUES (NULL, ?, {", ".join("?" * len(fields))})', (blob, *values))
