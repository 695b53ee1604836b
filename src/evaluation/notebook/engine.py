"""The papermill engine `evaluation`: what Quarto does with a notebook it executes itself.

It makes one language of the notebook, runs the code cells and evaluates the inline expressions
of the Markdown cells in the kernel; prose that contradicts its numbers stops it. papermill loads
this module by its entry point; import papermill, not this module.
"""

import ast
import asyncio
import contextlib
import os
import shutil
import tempfile
import time
from pathlib import Path
from queue import Empty
from typing import Any
from weakref import WeakSet

from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbclient.util import run_sync
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine
from traitlets import Type

from evaluation.language.texts import LANGUAGES
from evaluation.notebook import edition, inline, opened_rows, prose
from evaluation.notebook.cachekey import RECORD
from evaluation.notebook.warm.provisioner import NAME as PROVISIONER
from evaluation.project.config import USUAL, Limits
from evaluation.project.folder import find_root

# in brackets of its own, so that an expression may have commas and end in a comment
SHOWN = (
    "__import__('evaluation.notebook.inline_values').notebook.inline_values.shown((\n{}\n), {!r})"
)
ALIVE = 1  # seconds between two looks whether a kernel that does not answer is there
WATCH = "__import__('evaluation.project.touched').project.touched.watch({!r})"
TOUCHED = "__import__('evaluation.project.touched').project.touched.touched()"


# a kernel that asks for more memory than this gets a MemoryError, where the system can do that
MOST_MEMORY = "(lambda r: r.setrlimit(r.RLIMIT_DATA, ({0}, {0})))(__import__('resource'))"
MEGABYTE = 1_000_000


class KernelDied(Exception):
    """Python itself ended while it ran a cell; tells the id of the cell."""


class BeyondLimit(Exception):
    """A cell took more than it may; tells its id and the name of the limit."""


class ReadyClient(AsyncKernelClient):
    """Waits for a kernel until it answers, and no longer: what it says before that is about no
    cell."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        until = time.monotonic() + timeout if timeout else float("inf")
        while True:
            self.kernel_info()
            with contextlib.suppress(Empty):
                await self.get_shell_msg(timeout=1)
                await self.get_iopub_msg(timeout=0.2)
                return
            if not await self.is_alive():
                raise RuntimeError("the kernel ended before it was ready")
            if time.monotonic() > until:
                raise RuntimeError(f"the kernel was not ready within {timeout} seconds")


# the kernels of this process that may be running
RUNNING: "WeakSet[LocalKernelManager]" = WeakSet()


def stop_kernels() -> None:
    """End every kernel at once, whatever it is doing."""
    for manager in list(RUNNING):
        process = getattr(manager.provisioner, "process", None)
        if process is not None:
            with contextlib.suppress(OSError):
                process.kill()


class LocalKernelManager(AsyncKernelManager):
    """A kernel that talks over sockets in the file system: nothing listens on the network. It is
    forked from a process that has imported what chapters need, see `notebook.warm`."""

    client_factory = Type(ReadyClient)

    def __init__(self, **options: Any) -> None:
        if os.name == "posix":
            # a short path of its own: the system limits a socket's path to about 100 bytes
            folder = tempfile.mkdtemp(prefix="kernel-")
            options |= {"transport": "ipc", "connection_file": os.path.join(folder, "kernel.json")}
        super().__init__(**options)
        RUNNING.add(self)

    @property
    def kernel_spec(self) -> Any:
        spec: Any = super().kernel_spec
        spec.metadata["kernel_provisioner"] = {"provisioner_name": PROVISIONER}
        return spec

    def cleanup_connection_file(self) -> None:
        super().cleanup_connection_file()
        if self.transport == "ipc":
            shutil.rmtree(os.path.dirname(self.connection_file), ignore_errors=True)


class ReportClient(PapermillNotebookClient):
    """Runs code cells, and evaluates the inline expressions of Markdown cells."""

    kernel_manager_class = LocalKernelManager
    limits: Limits = USUAL
    # the cell that is executed, and the letters of its outputs
    _cell, _told = "", 0

    async def async_execute_cell(
        self, cell: NotebookNode, cell_index: int, *args: Any, **options: Any
    ) -> NotebookNode:
        self._cell, self._told = cell.id, 0
        try:
            if cell.cell_type != "markdown":
                return await super().async_execute_cell(cell, cell_index, *args, **options)
            return await self._with_inline_results(cell)
        except CellTimeoutError:
            raise BeyondLimit(cell.id, "cell_seconds") from None
        except DeadKernelError:
            self._check_outputs()
            raise KernelDied(cell.id) from None

    # nbclient derives its blocking form from the method above, once, in its own class
    execute_cell = run_sync(async_execute_cell)

    def process_message(self, message: Any, *args: Any) -> NotebookNode | None:
        """Outputs beyond the limit are not kept, and end the kernel: it may write for ever."""
        self._told += _letters(message["content"])
        if self._told <= self.limits.cell_megabytes * MEGABYTE:
            output: NotebookNode | None = super().process_message(message, *args)
            return output
        self.km.provisioner.process.kill()
        return None

    def _check_outputs(self) -> None:
        if self._told > self.limits.cell_megabytes * MEGABYTE:
            raise BeyondLimit(self._cell, "cell_megabytes")

    async def _with_inline_results(self, cell: NotebookNode) -> NotebookNode:
        found = inline.expressions(cell.source)
        if found:
            told = self.nb.metadata.papermill["parameters"].get("language", LANGUAGES[0])
            values = await self._evaluate({each: SHOWN.format(each, told) for each in found})
            recorded = []
            for expression in found:
                result = values[expression]
                if result["status"] == "error":
                    raise inline.ExpressionError(
                        cell.id, expression, result["ename"], result["evalue"]
                    )
                self._told += _letters(result)
                self._check_outputs()
                recorded.append({"expression": expression, "result": result})
            cell.metadata[inline.METADATA] = recorded
        return cell

    def papermill_execute_cells(self) -> None:
        if root := self.resources["metadata"].get("root"):
            most = self.limits.notebook_megabytes * MEGABYTE
            told = {"watch": WATCH.format(root), "memory": MOST_MEMORY.format(most)}
            run_sync(self._evaluate)(told)
        super().papermill_execute_cells()
        touched = run_sync(self._evaluate)({"touched": TOUCHED})["touched"]
        if root and touched["status"] == "ok":
            record = ast.literal_eval(touched["data"]["text/plain"])
            place = Path(self.resources["metadata"]["path"])
            opened_rows.mark(self.nb, record.pop("rows"), place, Path(root))
            self.nb.metadata[RECORD] = record

    async def _evaluate(self, asked: dict[str, str]) -> dict[str, Any]:
        reply = asyncio.ensure_future(
            self.kc.execute("", silent=True, user_expressions=asked, reply=True, timeout=None)
        )
        until = time.monotonic() + self.limits.cell_seconds
        while not (await asyncio.wait({reply}, timeout=ALIVE))[0]:
            if not await self.km.is_alive():
                reply.cancel()
                raise DeadKernelError("Kernel died")
            if time.monotonic() > until:
                reply.cancel()
                raise CellTimeoutError("an inline expression")
        return (await reply)["content"]["user_expressions"]


def _letters(content: dict[str, Any]) -> int:
    """How much a message of a kernel says: text, and results in all their forms."""
    said = [
        content.get("text", ""),
        *content.get("traceback", ()),
        *content.get("data", {}).values(),
    ]
    return sum(len(part if isinstance(part, str) else str(part)) for part in said)


class ReportEngine(NBClientEngine):
    """The papermill engine `evaluation`: one language of a notebook, with inline results."""

    @classmethod
    def execute_notebook(cls, nb: NotebookNode, kernel_name: str, **options: Any) -> NotebookNode:
        language = nb.metadata.papermill["parameters"].get("language")
        if language:
            edition.begin(nb, language)
        nb = super().execute_notebook(nb, kernel_name, **options)
        if language:
            prose.check(nb, language)
        edition.finish(nb)
        return nb

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        log_output: bool = False,
        start_timeout: int = 60,
        folder: Path | None = None,
        limits: Limits = USUAL,
        **options: Any,
    ) -> None:
        """folder: in an evaluation; the notebook is executed there, and the files are watched."""
        resources: dict[str, Any] = {"metadata": {}}
        if folder:
            resources["metadata"] = {"path": str(folder), "root": str(find_root(folder))}
        client = ReportClient(
            nb_man,
            kernel_name=kernel_name,
            startup_timeout=start_timeout,
            shutdown_kernel="immediate",
            resources=resources,
            timeout=limits.cell_seconds,
        )
        client.limits = limits
        client.execute()
