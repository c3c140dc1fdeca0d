"""Times scikit-learn's k-means on request.

Arguments: rows.f32 centroids.f32 n d k iterations
Each line of standard input names an algorithm (lloyd, elkan); the answer is
"milliseconds inertia iterations". The first line of output says which libraries compute.
"""
import sys
import time
import warnings

import numpy
import sklearn
from sklearn.cluster import KMeans
from threadpoolctl import threadpool_info

warnings.filterwarnings("ignore")
rows_file, centroids_file = sys.argv[1:3]
n, d, k, iterations = (int(a) for a in sys.argv[3:7])
rows = numpy.fromfile(rows_file, dtype=numpy.float32).reshape(n, d)
centroids = numpy.fromfile(centroids_file, dtype=numpy.float32).reshape(k, d)


def fit(algorithm):
    model = KMeans(
        k, init=centroids, n_init=1, max_iter=iterations, tol=0, algorithm=algorithm
    )
    start = time.perf_counter()
    model.fit(rows)
    return (time.perf_counter() - start) * 1000, model


fit("lloyd")
libraries = [
    "%s %s %s, %d threads"
    % (p["internal_api"], p.get("version"), p.get("architecture", ""), p["num_threads"])
    for p in threadpool_info()
]
print("scikit-learn", sklearn.__version__, "with", "; ".join(libraries), flush=True)
for line in sys.stdin:
    milliseconds, model = fit(line.strip())
    print(milliseconds, float(model.inertia_), model.n_iter_, flush=True)
