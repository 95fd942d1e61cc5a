"""Runs vq-benchmark and FAISS by turns on the same work and prints medians as one Markdown table.

Arguments: the vq-benchmark program, a folder for scratch files, rounds (3).
FAISS runs with OPENBLAS_NUM_THREADS=1 OMP_WAIT_POLICY=PASSIVE and with its defaults; the faster one counts.
"""

import json
import os
import re
import statistics
import subprocess
import sys
import time

program, scratch, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
peers = os.path.dirname(os.path.abspath(__file__))
passive = {"OPENBLAS_NUM_THREADS": "1", "OMP_WAIT_POLICY": "PASSIVE"}


def call(*arguments, environment=None):
    """Standard output, seconds, and the most anonymous memory that was seen, in MiB."""
    start = time.perf_counter()
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, env={**os.environ, **(environment or {})})
    most = 0
    while process.poll() is None:
        most = max(most, anonymous(process.pid))
        time.sleep(0.01)
    if process.returncode:
        sys.exit(f"{' '.join(arguments)}: exit {process.returncode}")
    return process.stdout.read(), time.perf_counter() - start, most / 1024


def anonymous(pid):
    try:
        with open(f"/proc/{pid}/status") as status:
            return next((int(line.split()[1]) for line in status if line.startswith("RssAnon")), 0)
    except OSError:
        return 0


def ours(*arguments):
    return json.loads(call(program, *arguments, "--json")[0])


def cell(method, *more):
    return ours("run", "--dataset", "fashion-mnist", "--train", "base", "--again", "--db-path", f"{scratch}/vq.db",
                "--method", method, *more)


def faiss(script, *arguments):
    """All 'name … seconds …' lines of a peer, the faster of its two ways to use threads."""
    best = {}
    for environment in (passive, {}):
        for line in call("/usr/bin/python3", f"{peers}/{script}", *arguments, environment=environment)[0].splitlines():
            for name, value in numbers(line):
                better = max if "R@1" in name or "inter" in name else min
                best[name] = better(best.get(name, value), value)
    return best


def numbers(line):
    words = line.split()
    subject = words[0]
    for word, value in zip(words[1:], words[2:]):
        if re.fullmatch(r"[\d.]+", value) and not re.fullmatch(r"[\d.]+", word):
            yield f"{subject} {word}", float(value)
    if len(words) == 2:
        yield subject, float(words[1])


def median(results, pick):
    return statistics.median(pick(result) for result in results)


def told(seconds):
    return f"{seconds:.2f} s" if seconds >= 0.5 else f"{seconds * 1000:.3g} ms"


def row(work, target, here, peer):
    print(f"| {work} | {target} | {told(here)} | {told(peer)} | {here / peer:.2f} × |", flush=True)


print("| work | target | vq-benchmark | FAISS 1.7.3 | ratio |")
print("| --- | --- | --- | --- | --- |")

exact, exact_peer = [], []
for _ in range(rounds):
    exact.append(ours("precompute-gt", "--dataset", "fashion-mnist", "--train", "base", "--k", "100", "--quiet",
                      "--out", f"{scratch}/gt.vqt"))
    os.remove(f"{scratch}/gt.vqt")
    exact_peer.append(faiss("vq_exact.py"))
seconds = median(exact, lambda one: one["seconds"])
row("exact 10,000 × 60,000 × 784, k = 100", "≤ 1.0 ×", seconds, median(exact_peer, lambda one: min(one.values())))
print(f"| the same in GFLOP/s (2 a multiply-add) | – | {2 * 1e4 * 6e4 * 784 / seconds / 1e9:.0f} | | |")

train = [cell("pq:m=56,bits=8", "--no-search") for _ in range(rounds)]
peer = faiss("vq_product.py", "/usr/share/datasets/fashion-mnist", "PQ56x8", "100")
row("PQ 56×8, training on 60,000", "≤ 0.2 ×", median(train, lambda one: one["train_seconds"]), peer["PQ56x8 train"])
mine, theirs = train[0]["mse_per_vector"], peer["PQ56x8 mse"]
print(f"| the same: MSE a vector | within 0.3 % | {mine:,.0f} | {theirs:,.0f} | {100 * (mine / theirs - 1):+.2f} % |")
row("PQ 56×8, encoding 60,000", "≤ 0.7 ×", median(train, lambda one: one["encode_seconds"]), peer["PQ56x8 encode"])

queries = 1000
search = faiss("vq_search.py", "/usr/share/datasets/fashion-mnist", "100", str(queries), "PQ16x8 PQ16x4fs PQ56x4fs", "20000")
for method, name, work, target in (
    ("pq:m=16,bits=8", "PQ16x8", "ADC search, PQ 16×8", "≤ 1.0 ×"),
    ("pq:m=16,bits=4", "PQ16x4fs", "fast scan, PQ 16×4", "≤ 1.2 ×"),
    ("pq:m=56,bits=4", "PQ56x4fs", "fast scan, PQ 56×4", "≤ 1.2 ×"),
):
    found = [cell(method, "--threads", "1", "--train-rows", "20000", "--query-limit", str(queries)) for _ in range(rounds)]
    bulk = queries / median(found, lambda one: one["qps_all_threads"])
    row(f"{work}, k = 100, {queries:,} queries at once, one thread", target, bulk, search[f"{name} search"])
    row("the same, a query at a time", "–", 1 / median(found, lambda one: one["qps_one_thread"]), search[f"{name} single"])

starts = [call(program, "--help")[1] for _ in range(20)]
imports = [call("/usr/bin/python3", "-c", "import faiss")[1] for _ in range(5)]
row("start: `--help` beside `import faiss`", "≤ 15 ms", statistics.median(starts), statistics.median(imports))

convert = (
    "import gzip, numpy as np, sys\n"
    "f = '/usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz'\n"
    "np.save(sys.argv[1], np.frombuffer(gzip.open(f).read(), np.uint8, offset=16).reshape(-1, 784).astype('f4'))\n"
)
call("/usr/bin/python3", "-c", convert, f"{scratch}/base.npy")
_, _, most = call(program, "precompute-gt", "--base", f"{scratch}/base.npy", "--queries", "base:10000", "--quiet",
                  "--out", f"{scratch}/mapped.vqt")
size = os.path.getsize(f"{scratch}/base.npy") / 2**20
print(f"| ground truth of a mapped file of {size:.0f} MiB: anonymous memory | ≤ 1.2 × data | {most:.0f} MiB | 2 × data | {most / size:.2f} × data |")
