"""The engines that tasks run on: Daft on this machine, or Daft on a Ray cluster.

A step of a run is a list of tasks, each a line of JSON that says all there is to know. They are put
into one Daft data frame and mapped by one function; the engine is where that frame is collected.
A task writes its files whole and its mark last, so that it can be run again anywhere: whatever a
killed process, a full disk or a lost node leaves undone is found by its missing mark and given out
again, three times before the run gives up.

Nothing is sent anywhere: Daft's and Ray's reports of use are switched off before they are imported,
here and in every worker.
"""

from __future__ import annotations

import atexit
import logging
import os
import socket
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tellings.corpora.stores import MEMORY, needed
from tellings.corpora.tasks import perform
from tellings.errors import TellingsError

__all__ = ["QUIET", "Engine"]

QUIET = {
    "DO_NOT_TRACK": "1",
    "SCARF_NO_ANALYTICS": "true",
    "DAFT_ANALYTICS_ENABLED": "0",
    "DAFT_PROGRESS_BAR": "0",
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_DEDUP_LOGS": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
}
"""Set before Daft or Ray is imported: no reports of use, no bars of their own."""
_THREADS = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""Workers share the cores among themselves; a worker that opens threads of its own slows the others."""


class _Performer:
    """What a worker runs: one task after the other, so that models are loaded once a worker."""

    def __init__(self) -> None:
        """Make a worker process of Daft's end at once when it is told to: clearing up what models hold takes long."""
        own = getattr(sys.modules["__main__"], "__spec__", None)
        if own is not None and own.name == "daft.execution.udf_worker":
            atexit.register(os._exit, 0)

    def __call__(self, task: str) -> str:
        """Do one task; gives back what it says of itself."""
        return perform(task)


class Engine:
    """Maps tasks: `kind` is local or ray, `workers` how many tasks run at a time (None: as many as cores).

    One local worker is this process itself.
    """

    def __init__(self, kind: str = "local", workers: int | None = None, address: str | None = None) -> None:
        """Start the engine; raises `TellingsError` where it is not installed or does not answer."""
        os.environ.update(QUIET)
        self.kind = kind
        self.address = address
        self.workers = workers or (os.cpu_count() or 1)
        self._daft: Any = None
        if kind == "ray":
            self._join(workers)

    def _join(self, workers: int | None) -> None:
        """Join the cluster, or start one on this machine where no address is given."""
        ray = needed("ray")
        self._import()
        if self.address:
            _reached(self.address)
        if not ray.is_initialized():
            try:
                ray.init(
                    address=self.address,
                    runtime_env={"env_vars": {**QUIET, **_THREADS, **MEMORY}},
                    log_to_driver=False,
                    logging_level=logging.ERROR,
                    **({} if self.address else {"include_dashboard": False}),
                )
            except (ConnectionError, RuntimeError, ValueError, OSError) as error:
                where = self.address or "this machine"
                raise TellingsError(
                    f"the Ray cluster does not answer ({_first(error)})",
                    where=where,
                    next_step="check --address, or use --engine local",
                ) from error
        self._runner()
        if workers is None:
            self.workers = max(1, int(ray.cluster_resources().get("CPU", 1)))

    def _import(self) -> Any:
        if self._daft is None:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self._daft = needed("daft")
            logging.getLogger("daft").setLevel(logging.ERROR)
        return self._daft

    def _runner(self) -> None:
        """Choose Daft's runner, which a process can do once."""
        runners = needed("daft.runners")
        now = runners._get_runner()  # noqa: SLF001  # the public way to ask would choose one
        if now is None:
            if self.kind == "ray":
                self._daft.set_runner_ray(noop_if_initialized=True)
            else:
                self._daft.set_runner_native()
        elif now.name != {"local": "native"}.get(self.kind, self.kind):
            raise TellingsError(
                f"this process has run on the engine {now.name} already", next_step="start a new process for the other"
            )

    def map(self, tasks: Sequence[str], unfinished: Callable[[Sequence[str]], Sequence[str]]) -> Iterator[str]:
        """Do the tasks; yields what each says of itself, in any order, as they end.

        One local worker has nobody to share with: it is this process, without an engine.

        `unfinished` tells which of them have left no mark: those are given out again after a
        failure of the engine.
        """
        if self.kind == "local" and self.workers == 1:
            yield from map(perform, tasks)
            return
        left = list(tasks)
        for attempt in range(3):
            try:
                yield from self._once(left)
            except Exception as error:
                left = list(unfinished(tasks))
                if attempt == 2:
                    raise TellingsError(
                        f"{len(left)} tasks could not be done on the engine {self.kind} ({_first(error)})",
                        next_step="run the same command again: what is done is kept",
                    ) from error
                if not left:
                    return
            else:
                return

    def _once(self, tasks: Sequence[str]) -> Iterator[str]:
        """One data frame of tasks, one function, collected row by row."""
        daft = self._import()
        self._runner()
        count = max(1, min(self.workers, len(tasks)))
        # On Ray a worker asks for no core of its own: the nodes' cores are taken by Daft, and an actor that waits
        # for one would wait for ever on a cluster without a spare one.
        cores = {"cpus": 0} if self.kind == "ray" else {}
        do = daft.cls(_Performer, max_concurrency=count, use_process=True, **cores)()
        frame = daft.from_pydict({"task": list(tasks)})
        if self.kind == "ray":
            frame = frame.into_partitions(min(len(tasks), 16 * self.workers))
        frame = frame.into_batches(1).select(do(daft.col("task")).alias("done"))
        before = {name: os.environ.get(name) for name in _THREADS}
        os.environ.update(_THREADS)
        try:
            for row in frame.iter_rows():
                yield row["done"]
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value

    def close(self) -> None:
        """Leave the cluster."""
        if self.kind == "ray" and "ray" in sys.modules:
            sys.modules["ray"].shutdown()


def _reached(address: str) -> None:
    """Look whether anything answers at an address: Ray itself would try for minutes."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if not port.isdigit():
        if address == "auto":
            return
        raise TellingsError("this is no address of a cluster", where=address, next_step="give it as HOST:PORT")
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=10).close()
    except (OSError, OverflowError) as error:
        raise TellingsError(
            f"no Ray cluster answers there ({error})", where=address, next_step="check --address, or use --engine local"
        ) from None


def _first(error: BaseException) -> str:
    """The first line of an error of a library."""
    return (str(error).strip() or type(error).__name__).splitlines()[0][:200]
