#!/usr/bin/env python3
"""What tools/sqlgen.py refuses, and what it makes. Usage: sqlgen_test.py path/to/tools"""
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, sys.argv.pop(1))
import schemagen  # noqa: E402
import sqlgen  # noqa: E402

HEAD = "-- name: room_x   {0}\n-- in:   town int64{1}\n-- out:  {2}\n-- why:  a test\n{3}\n"
SCHEMA = {"room_t": {"town": ("bigint", False), "id": ("bigint", False), "name": ("text", False), "due": ("integer", True)}}


def judge(text):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "room.sql"
        path.write_text(text, encoding="utf-8")
        statements, problems = sqlgen.read(path)
        return statements, problems + sqlgen.check(statements, "room", SCHEMA)


def read(shape, sql, more="", out="id int64"):
    return HEAD.format(shape + "   read", more, out, sql)


def write(sql, more="", shape="exec"):
    return HEAD.format(shape + "   write", more, "none", sql)


REFUSED = [
    ("does not start from town", read("one", "SELECT id FROM room_t WHERE town <> :town;")),
    ("without LIMIT", read("many", "SELECT id FROM room_t WHERE town = :town;")),
    ("LIKE", read("one", "SELECT id FROM room_t WHERE town = :town AND name LIKE 'a%';")),
    ("name the columns", read("one", "SELECT * FROM room_t WHERE town = :town;")),
    ("without COLLATE", read("many", "SELECT id FROM room_t WHERE town = :town ORDER BY name LIMIT 5;")),
    ("NULLS FIRST", read("many", "SELECT id FROM room_t WHERE town = :town ORDER BY due LIMIT 5;")),
    ("numeric on PostgreSQL", read("one", "SELECT sum(id) FROM room_t WHERE town = :town;")),
    ("not in 'in:'", read("one", "SELECT id FROM room_t WHERE town = :town AND id = :other;")),
    ("is not used", read("one", "SELECT id FROM room_t WHERE town = :town;", ", extra int64")),
    ("cannot be a C name", read("one", "SELECT id FROM room_t WHERE town = :town;", out="int int64")),
    ("unknown type", read("one", "SELECT id FROM room_t WHERE town = :town;", out="id float")),
    ("in a read statement", read("one", "DELETE FROM room_t WHERE town = :town RETURNING id;")),
    ("writes other_t", write("UPDATE other_t SET id = 1 WHERE town = :town;")),
    ("more than one statement", write("DELETE FROM room_t WHERE town = :town; SELECT 1;")),
    ("does not end with", write("DELETE FROM room_t WHERE town = :town")),
    ("casts as CAST", read("one", "SELECT id FROM room_t WHERE town = :town AND id = 1::bigint;")),
    ("the name stands already", read("one", "SELECT id FROM room_t WHERE town = :town;") * 2),
    ("must is for writes", read("must", "SELECT id FROM room_t WHERE town = :town;", out="none")),
    ("expected '-- name", "-- name: Room one read\nSELECT 1;\n"),
]


class Refuses(unittest.TestCase):
    def test_each(self):
        for want, text in REFUSED:
            with self.subTest(want):
                _, problems = judge(text)
                self.assertTrue(any(want in why for _, why in problems), problems)


class Makes(unittest.TestCase):
    def made(self, text):
        statements, problems = judge(text)
        self.assertEqual(problems, [])
        return statements[0]

    def test_dialects(self):
        st = self.made(read("many", "SELECT id FROM room_t -- a note; with :colon\n WHERE town = :town AND name = ':x' "
                                    "AND id > :id AND :id > 0 ORDER BY name COLLATE binary LIMIT 5;", ", id int64"))
        self.assertEqual(sqlgen.dialect_text(st, "sqlite"), "SELECT id FROM room_t WHERE town = ?1 AND name = ':x' "
                         "AND id > ?2 AND ?2 > 0 ORDER BY name COLLATE BINARY LIMIT 5")
        self.assertEqual(sqlgen.dialect_text(st, "postgres"), "SELECT id FROM room_t WHERE town = $1::bigint "
                         "AND name = ':x' AND id > $2::bigint AND $2::bigint > 0 ORDER BY name COLLATE \"C\" LIMIT 5")

    def test_a_must_fails_in_the_server(self):
        st = self.made(write("DELETE FROM room_t WHERE town = :town;", shape="must"))
        self.assertEqual(sqlgen.dialect_text(st, "sqlite"), "DELETE FROM room_t WHERE town = ?1")
        self.assertEqual(sqlgen.dialect_text(st, "postgres"), "WITH done AS (DELETE FROM room_t WHERE town = $1::bigint "
                         "RETURNING 1) SELECT 1 / count(*) FROM done")

    def test_two_texts(self):
        st = self.made(read("one", "SELECT id FROM room_t\n-- sqlite:\n WHERE town = :town AND id = 1\n-- postgres:\n"
                                   " WHERE town = :town AND id = 2\n-- both:\n;"))
        self.assertTrue(st.text["sqlite"].endswith("id = 1"))
        self.assertTrue(st.text["postgres"].endswith("id = 2"))

    def test_allowed(self):
        self.made(read("many", "SELECT id FROM room_t WHERE town = :town AND due < 5 ORDER BY due, id LIMIT 5;"))
        self.made(read("many", "SELECT id FROM room_t WHERE town = :town ORDER BY due NULLS LAST LIMIT 5;"))
        self.made(read("one", "SELECT CAST(coalesce(sum(id), 0) AS bigint) FROM room_t WHERE town = :town;"))
        self.made(write("INSERT INTO room_t (town, id) VALUES (:town, 1) ON CONFLICT (town, id) DO NOTHING;"))
        self.made(read("one", "SELECT id FROM room_t WHERE id > :town;").replace("-- why", "-- global: a list of towns\n-- why"))


class Schema(unittest.TestCase):
    def test_dialects(self):
        got = schemagen.dialects("CREATE TABLE a (b blob, c text) -- text\nWITHOUT ROWID;\n-- postgres:\nX text;\n-- both:\n")
        self.assertIn("b blob, c text", got["sqlite"])
        self.assertIn("WITHOUT ROWID", got["sqlite"])
        self.assertIn('b bytea, c text COLLATE "C"', got["postgres"])
        self.assertNotIn("ROWID", got["postgres"])
        self.assertIn("X text;", got["postgres"])


unittest.main(verbosity=1)
