"""Runs a draw again with nothing but Python: python3 redraw.py DIR > result.tsv. Written apart from the register's own code."""
import functools, hashlib, json, os, sys

def rows(name):
    path = os.path.join(sys.argv[1], name)
    return [line.split("\t") for line in open(path, encoding="ascii", newline="\n").read().split("\n") if line] if os.path.exists(path) else []

plan = json.load(open(os.path.join(sys.argv[1], "plan.json"), encoding="utf-8"))
take, per_object = plan["take"], plan.get("perObject", 2)
seed = hashlib.sha256(open(os.path.join(sys.argv[1], "seed.txt"), "rb").read()).hexdigest()
ticket = lambda kind, key: int.from_bytes(hashlib.sha256(f"{seed}\n{kind}\n{key}\n".encode()).digest(), "big")
avoid, recuse = (set(map(tuple, rows(name))) for name in ("avoid.tsv", "recuse.tsv"))
excluded, roster, load = {row[0] for row in rows("exclude.tsv")}, rows("roster.tsv"), {}

def compare(a, b):  # (ticket, weight, id)
    left, right = (a[0] * b[1], a[2]), (b[0] * a[1], b[2])
    return (left > right) - (left < right)

def candidates(stratum, i):
    able = [n for n, strata in roster if (strata == "*" or stratum in strata.split(",")) and (i, n) not in avoid]
    return sorted(able, key=lambda n: (load.get(n, 0), ticket("inspector", f"{i}\t{n}"), n))

order = {s: sorted(((ticket("object", i), int(w), i) for t, w, i in rows("frame.tsv") if t == s), key=functools.cmp_to_key(compare)) for s in sorted(take)}
first = {}
for s, i in [(s, unit[2]) for s in order for unit in order[s][: take[s]]]:
    first[i] = candidates(s, i)
    for n in first[i][:per_object]: load[n] = load.get(n, 0) + 1
for s, units in order.items():
    for rank, i in [(r, u[2]) for r, u in enumerate(units, 1) if u[2] not in excluded][: take[s]]:
        sys.stdout.write("\t".join([s, str(rank), i] + [n for n in first.get(i) or candidates(s, i) if (i, n) not in recuse][:per_object]) + "\n")
