"""One task, wherever it runs: a line of JSON in, a mark of what was done out.

The mark is written after all files of the task, and says what they are, what they count, what went
wrong and what it cost. A task that is run twice writes the same files again.
"""

from __future__ import annotations

import ctypes
import json
import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from tellings.corpora import collations, groupings, readings, reuses
from tellings.corpora.stores import Store
from tellings.errors import TellingsError

__all__ = ["WORK", "mark_of", "perform"]

WORK: dict[str, Callable[[Store, Mapping[str, Any]], dict[str, Any]]] = {
    "reports.read": readings.read,
    "reports.settle": readings.settled,
    "reports.gather": readings.gather,
    "signs.sign": groupings.signed,
    "candidates.meet": groupings.met,
    "pairs.weigh": groupings.weighed,
    "stories.link": groupings.linked,
    "stories.tell": groupings.told,
    "stories.prune": groupings.prune,
    "reuse.mark": reuses.marked,
    "reuse.meet": reuses.met,
    "reuse.find": reuses.reused,
    "annotations.read": collations.annotated,
    "dossiers.collate": collations.collated,
    "dossiers.prune": groupings.prune,
    "summary.count": collations.summarised,
}
"""What each step does with one task."""


def mark_of(step: str, number: int) -> str:
    """The file that a finished task leaves."""
    return f"{step.partition('.')[0]}/_done/{step.partition('.')[2]}-{number:06d}.json"


def perform(task: str) -> str:
    """Do one task; gives back its step and number, or the error of Tellings that stopped it, as JSON."""
    args = json.loads(task)
    about = {"step": args["step"], "number": args["number"]}
    begun, cpu = time.perf_counter(), time.process_time()
    try:
        store = Store(args["store"])
        told = WORK[args["step"]](store, args)
        cost = {"seconds": time.perf_counter() - begun, "cpu": time.process_time() - cpu, "peak_mb": _peak()}
        store.write_json(
            mark_of(args["step"], args["number"]),
            {"counts": {}, "facts": {}, "parts": [], "troubles": [], **told, "cost": cost},
        )
    except TellingsError as error:
        about["error"] = {"what": error.what, "where": error.where, "next_step": error.next_step}
    except Exception as error:  # noqa: BLE001  # one clear line, wherever the task ran; what was at fault lies in a file
        about["error"] = _unforeseen(args, error)
    _let_go()
    return json.dumps(about)


def _let_go() -> None:
    """Give memory that a task no longer needs back to the system, where that can be asked for.

    What runs next may run in other processes, while this one waits: it would keep the most it ever held. Arrow's
    memory is the C library's too (`stores.MEMORY`), so that one call, which threads may be at work beside, is enough.
    """
    with suppress(OSError, AttributeError, TypeError):  # where it is not the C library of GNU
        ctypes.CDLL(None).malloc_trim(0)


def _unforeseen(args: Mapping[str, Any], error: Exception) -> dict[str, str]:
    """An error that nobody foresaw, as one line; the rest is written beside the stage."""
    what = f"a task of {args['step']} failed ({type(error).__name__}: {str(error)[:200]})"
    step = "what is done is kept: run the same command again"
    name = f"{args['step'].partition('.')[0]}/_failed.txt"
    try:
        Store(args["store"]).write(name, "".join(traceback.format_exception(error)).encode("utf-8", "replace"))
        step += f"; if it fails again, report it with {name}"
    except (OSError, TellingsError):
        pass  # the disk may be what failed
    return {"what": what, "where": args["store"], "next_step": step}


def _peak() -> float:
    """The most memory that this process has held, in MB; 0 where the system does not say."""
    try:
        with Path("/proc/self/status").open(encoding="ascii") as file:
            return next(float(line.split()[1]) / 1024 for line in file if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        return 0.0
