"""The same run on a Ray cluster of three nodes, each with its own processes, of which one is killed on the way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from invented_archive import lines, rows
from test_corpus import ROOT, command, tree

from tellings.corpora.engines import QUIET

_CLUSTER = """
import json, os, sys
from tellings import corpus
from tellings.corpora.engines import Engine

def engine():
    return Engine("ray", address=cluster.address)


from tellings.corpora.engines import QUIET
os.environ.update(QUIET)
from ray.cluster_utils import Cluster
cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
nodes = [cluster.add_node(num_cpus=1), cluster.add_node(num_cpus=1)]
cluster.wait_for_nodes()
told = {"nodes": 0, "killed": False}

def progress(step, done, of):
    import ray
    if ray.is_initialized():
        told["nodes"] = max(told["nodes"], len({n["NodeID"] for n in ray.nodes() if n["Alive"]}))
    if step == "signs.sign" and done == 1 and not told["killed"]:
        told["killed"] = True
        cluster.remove_node(nodes[1], allow_graceful=False)

outcome = corpus.run(
    ["archive.jsonl"], sys.argv[1], options=corpus.Options(part=2), engine=engine, progress=progress
)
import ray
told["counts"] = outcome.counts["dossiers"]["dossiers"]
print(json.dumps(told))
sys.stdout.flush()
cluster.shutdown()
"""


def test_three_nodes_of_which_one_is_killed_make_the_same_bytes(tmp_path: Path):
    lines(tmp_path / "archive.jsonl", rows())
    alone = command("archive.jsonl", "--out", "alone", "--workers", "1", "--part", "2", cwd=tmp_path)
    assert alone.returncode == 0, alone.stderr
    bare = {name: value for name, value in os.environ.items() if name not in QUIET}
    done = subprocess.run(
        [sys.executable, "-c", _CLUSTER, "spread"],
        cwd=tmp_path,
        env={**bare, "PYTHONPATH": str(ROOT), "TMPDIR": "/tmp"},  # noqa: S108  # Ray's sockets need a short path
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told == {"nodes": 3, "killed": True, "counts": 3}
    assert tree(tmp_path / "spread") == tree(tmp_path / "alone")
