"""An independent count and checksum of metrics: of JSON lines in a folder, or of a long-format CSV file. The sum of the values' bits modulo 2^64 does not depend on the order."""

import csv
import glob
import json
import math
import os
import struct
import sys


def values(path):
    if os.path.isdir(path):
        for name in glob.glob(os.path.join(path, "*.jsonl")):
            with open(name) as file:
                for line in file:
                    for key, value in json.loads(line).items():
                        if key != "step":
                            yield float(value)
    else:
        with open(path, newline="") as file:
            for row in csv.DictReader(file):
                yield float(row["value"])


NAN = 0xFFF8000000000000  # the bits of .NET's NaN
count = total = 0
for value in values(sys.argv[1]):
    count += 1
    total += NAN if math.isnan(value) else struct.unpack("<Q", struct.pack("<d", value))[0]
print(json.dumps({"rows": count, "bits": f"{total % 2**64:016x}"}))
