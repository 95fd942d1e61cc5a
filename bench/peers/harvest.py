"""What a researcher writes by hand: all metrics of all runs into one CSV file. Prints seconds, peak memory and what was read."""

import csv
import glob
import json
import os
import resource
import sys
import time

folder = sys.argv[1]
start = time.perf_counter()
rows = []
for path in sorted(glob.glob(os.path.join(folder, "*.jsonl"))):
    run = os.path.basename(path)[: -len(".jsonl")]
    with open(path) as file:
        for line in file:
            rows.append({"run_id": run, **json.loads(line)})
target = os.path.join(folder, "peer.csv")
with open(target, "w", newline="") as file:
    writer = csv.DictWriter(file, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps({"seconds": round(seconds, 3), "peak_mb": peak, "lines": len(rows), "bytes": os.path.getsize(target)}))
