"""FAISS's product quantisers on Fashion-MNIST (60,000 x 784): lines `name seconds` for training, encoding and search, and the error.

Arguments: the data's folder (/usr/share/datasets/fashion-mnist), which quantisers ("PQ56x8 PQ16x8"; RQ8x8 is known, too, and takes
long), and queries (1000). `cpu` is processor time, which a busy machine does not stretch as much. Training and encoding use all
threads that OMP_NUM_THREADS allows; search (k = 10) uses one. `mse` is the mean over rows of the squared error.
"""

import gzip
import sys
import time

import faiss
import numpy as np


def images(path):
    with gzip.open(path) as file:
        return np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 784).astype(np.float32)


def timed(name, work):
    start, busy = time.perf_counter(), time.process_time()
    result = work()
    print(f"{name:16} {time.perf_counter() - start:.3f} cpu {time.process_time() - busy:.3f}", flush=True)
    return result


def index_of(name):
    m, bits = (int(number) for number in name[2:].split("x"))
    if name.startswith("RQ"):
        return faiss.IndexResidualQuantizer(784, m, bits)
    return faiss.IndexPQ(784, m, bits)


arguments = dict(enumerate(sys.argv))
folder = arguments.get(1, "/usr/share/datasets/fashion-mnist")
base = images(f"{folder}/train-images-idx3-ubyte.gz")
queries = images(f"{folder}/t10k-images-idx3-ubyte.gz")[: int(arguments.get(3, 1000))]
threads = faiss.omp_get_max_threads()

for name in arguments.get(2, "PQ56x8 PQ16x8").split():
    index = index_of(name)
    faiss.omp_set_num_threads(threads)
    timed(f"{name} train", lambda: index.train(base))
    codes = timed(f"{name} encode", lambda: index.sa_encode(base))
    decoded = timed(f"{name} decode", lambda: index.sa_decode(codes))
    index.add(base)
    faiss.omp_set_num_threads(1)
    timed(f"{name} search", lambda: index.search(queries, 10))
    print(f"{name + ' mse':16} {np.square(base - decoded).sum(1, dtype=np.float64).mean():.1f}", flush=True)
