"""python3 redraw.py DIR > result.tsv: a draw, run again with nothing but Python (rd1 section 4)."""
import functools, hashlib, json, os, sys

def rows(name):
    path = os.path.join(sys.argv[1], name)
    return [line.rstrip("\n").split("\t") for line in open(path, encoding="ascii")] if os.path.exists(path) else []

def ticket(kind, key):
    return int.from_bytes(hashlib.sha256(f"{seed}\n{kind}\n{key}\n".encode()).digest(), "big")

def compare(a, b):  # (ticket, weight, id) by ticket/weight, then id
    left, right = (a[0] * b[1], a[2]), (b[0] * a[1], b[2])
    return (left > right) - (left < right)

def candidates(s, i):
    able = [n for n, strata in roster if (strata == "*" or s in strata.split(",")) and (i, n) not in avoid]
    return sorted(able, key=lambda n: (load.get(n, 0), ticket("inspector", f"{i}\t{n}"), n))

plan, seed_bytes = (open(os.path.join(sys.argv[1], name), "rb").read() for name in ("plan.json", "seed.txt"))
plan, seed, load, first = json.loads(plan), hashlib.sha256(seed_bytes).hexdigest(), {}, {}
take, per_object, roster, excluded = plan["take"], plan.get("perObject", 2), rows("roster.tsv"), {r[0] for r in rows("exclude.tsv")}
avoid, recuse, order = set(map(tuple, rows("avoid.tsv"))), set(map(tuple, rows("recuse.tsv"))), {s: [] for s in sorted(take)}
for s, w, i in rows("frame.tsv"): order.get(s, []).append((ticket("object", i), int(w), i))
for units in order.values(): units.sort(key=functools.cmp_to_key(compare))
for s, i in [(s, unit[2]) for s, units in order.items() for unit in units[: take[s]]]:
    first[i] = candidates(s, i)
    for n in first[i][:per_object]: load[n] = load.get(n, 0) + 1
for s, units in order.items():
    for rank, i in [(r, u[2]) for r, u in enumerate(units, 1) if u[2] not in excluded][: take[s]]:
        print(s, rank, i, *[n for n in first.get(i) or candidates(s, i) if (i, n) not in recuse][:per_object], sep="\t")
