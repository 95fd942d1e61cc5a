"""FAISS's exact search of Fashion-MNIST's 10,000 queries among 60,000 rows, k = 100. Prints 'name seconds', of the clock and of all CPUs.

Beside it: vq-benchmark precompute-gt --dataset fashion-mnist --train base --out FILE. A first argument asks fewer queries.
Run it twice: by itself, and with OPENBLAS_NUM_THREADS=1 OMP_WAIT_POLICY=PASSIVE; the faster one counts.
"""
import gzip
import sys
import time

import faiss
import numpy

FOLDER = "/usr/share/datasets/fashion-mnist/"


def images(part):
    with gzip.open(f"{FOLDER}{part}-images-idx3-ubyte.gz") as file:
        return numpy.frombuffer(file.read(), numpy.uint8, offset=16).reshape(-1, 784).astype(numpy.float32)


base, queries = images("train"), images("t10k")[: int(sys.argv[1]) if len(sys.argv) > 1 else None]
index = faiss.IndexFlatL2(784)
index.add(base)
start, busy = time.perf_counter(), time.process_time()
index.search(queries, 100)
name = f"exact-{len(queries)}x60000x784-k100"
print(f"{name} {time.perf_counter() - start:.2f}")
print(f"{name}-cpu {time.process_time() - busy:.2f}")
