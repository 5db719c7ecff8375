#!/usr/bin/env python3
"""The pages of this project: every link to a file of it leads somewhere, every file that a page names in `code` with a
folder exists, and the two READMEs and the decisions stand as they should. Usage: tools/check-docs.py"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LINK = re.compile(r"\]\(([^)#\s]+)(#[^)\s]*)?\)")
PATH = re.compile(r"`((?:src|docs|tools|script|schema|procedures|samples|data|t|fuzz|bench)/[A-Za-z0-9_./-]+)`")
FENCE = re.compile(r"^```.*?^```", re.S | re.M)
ALLOWED = {"src/ROOM/ROOM.sql", "src/ROOM/FILE.sql", "schema/NNNN_room.sql"}  # a way to write them, not a file


def pages():
    yield from ROOT.glob("*.md")
    for folder in ("docs", "src", "samples", "data"):
        yield from (ROOT / folder).rglob("*.md")


def faults(page):
    text = FENCE.sub(lambda m: "\n" * m.group().count("\n"), page.read_text(encoding="utf-8"))
    for n, line in enumerate(text.splitlines(), 1):
        for link in LINK.finditer(line):
            target = link.group(1)
            if "://" not in target and not target.startswith("mailto:") and not (page.parent / target).exists():
                yield n, f"the link {target} leads nowhere"
        for path in PATH.finditer(line):
            name = path.group(1)
            made_here = page.name == "first-change.md" and "night" in name  # the page tells how to make them
            if name not in ALLOWED and not made_here and not (ROOT / name).exists():
                yield n, f"there is no {name}"


def decisions():
    numbers = sorted(int(p.name[:4]) for p in (ROOT / "docs/decisions").glob("[0-9]*.md"))
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"docs/decisions: numbers are {numbers}"
    for page in (ROOT / "docs/decisions").glob("[0-9]*.md"):
        first = page.read_text(encoding="utf-8").splitlines()[0]
        if not first.startswith(f"# {int(page.name[:4])}. "):
            yield f"{page.relative_to(ROOT)}:1: begins with another number"


def main():
    found = [f"{p.relative_to(ROOT)}:{n}: {why}" for p in sorted(pages()) for n, why in faults(p)]
    found += [f"there is no README for {room.relative_to(ROOT)}" for room in sorted((ROOT / "src").iterdir())
              if room.is_dir() and not (room / "README.md").exists()]
    found += decisions()
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
