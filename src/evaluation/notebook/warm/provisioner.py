"""How Jupyter gets a forked kernel: a provisioner, by the entry point of its name.

Where nothing can be forked, and with EVALUATION_WARM=0, it starts ordinary kernels.
"""

import asyncio
import atexit
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

from jupyter_client.provisioning import LocalProvisioner

NAME = "evaluation-warm"
SWITCH = "EVALUATION_WARM"
LAUNCHER = "ipykernel_launcher"
FORGE = Path(__file__).with_name("forge.py")
# kernels share the machine's processors; and a process with threads is not forked
ONE_THREAD = {
    **dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}
STARTED_WITHIN = 60  # seconds
KILLED_WITHIN = 5  # seconds, as a manager waits
SOON = 0.005  # seconds between two looks whether a kernel has ended


class WarmProvisioner(LocalProvisioner):
    """Starts kernels by forking them, or else as Jupyter does."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        kwargs["env"] = {**kwargs["env"], **ONE_THREAD}
        self.process: Any = forked(cmd, str(kwargs.get("cwd") or Path.cwd()), kwargs["env"])
        if self.process is None:
            return await super().launch_kernel(cmd, **kwargs)
        # the kernel leads a session of its own
        self.pid = self.pgid = self.process.pid
        return self.connection_info

    async def wait(self) -> int | None:
        await self._ended()
        return await super().wait()

    async def kill(self, restart: bool = False) -> None:
        """Without waiting here a manager looks after a tenth of a second for the first time."""
        await super().kill(restart)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._ended(), KILLED_WITHIN)

    async def _ended(self) -> None:
        while self.process and await self.poll() is None:
            await asyncio.sleep(SOON)


class ForkedKernel:
    """A forked kernel, with as much of `subprocess.Popen` as a provisioner asks for."""

    stdin = stdout = stderr = None

    def __init__(self, connection: socket.socket, pid: int):
        self._connection, self.pid = connection, pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        with contextlib.suppress(BlockingIOError):
            if not self._connection.recv(1, socket.MSG_DONTWAIT):
                self.returncode = 0
        return self.returncode

    def wait(self, timeout: float | None = None) -> int | None:
        self._connection.settimeout(timeout)
        with contextlib.suppress(OSError):
            self._connection.recv(1)
        self._connection.close()
        self.returncode = 0
        return self.returncode

    def send_signal(self, signum: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, signum)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


class Forge:
    """The process that kernels of this process are forked from."""

    def __init__(self) -> None:
        # a short path of its own: the system limits a socket's path to about 100 bytes
        self._folder = tempfile.mkdtemp(prefix="forge-")
        self._path = os.path.join(self._folder, "socket")
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
            listener.bind(self._path)
            listener.listen()
            self._process = subprocess.Popen(
                [sys.executable, str(FORGE), str(listener.fileno())],
                stdin=subprocess.PIPE,
                pass_fds=[listener.fileno()],
                env={**os.environ, **ONE_THREAD},
                # what ends this process and those it started must not end who cleans up
                start_new_session=True,
            )
        atexit.register(self.close)

    def fork(self, argv: list[str], cwd: str, env: dict[str, str]) -> ForkedKernel:
        """Raises OSError or ValueError where it cannot."""
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.settimeout(STARTED_WITHIN)
            connection.connect(self._path)
            asked = json.dumps({"argv": argv, "cwd": cwd, "env": env})
            connection.sendall(asked.encode() + b"\n")
            # one byte at a time: what comes after the line is the end
            answer = b""
            while not answer.endswith(b"\n"):
                part = connection.recv(1)
                if not part:
                    raise ValueError("no kernel was forked")
                answer += part
        except BaseException:
            connection.close()
            raise
        connection.settimeout(None)
        return ForkedKernel(connection, json.loads(answer)["pid"])

    def is_there(self) -> bool:
        """False where its folder was removed with the temporary files of the command it served."""
        return os.path.exists(self._path)

    def close(self) -> None:
        atexit.unregister(self.close)
        # a byte says that this process lives and removes its temporary files itself
        self._process.communicate(b"\n")
        shutil.rmtree(self._folder, ignore_errors=True)


class Forges:
    """The forge of this process, made when the first kernel is wanted."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._forge: Forge | None = None
        self._of: tuple[Any, ...] | None = (
            None  # the process that it belongs to, and its environment
        )
        self._failed = False

    def fork(self, argv: list[str], cwd: str, env: dict[str, str]) -> ForkedKernel | None:
        forge = self.made(env)
        if forge is None:
            return None
        try:
            return forge.fork(argv, cwd, env)
        except (OSError, ValueError):
            self._failed = True
            return None

    def made(self, env: Mapping[str, str]) -> Forge | None:
        """The forge for kernels with these variables, which may still be importing; None where
        there is none."""
        with self._lock:
            whose = (os.getpid(), _fixed_at_start(env))
            if self._forge is not None and not self._forge.is_there():
                self._forge.close()
                self._forge = None
            if self._forge is None and not self._failed:
                self._forge, self._of = Forge(), whose
            return self._forge if whose == self._of and not self._failed else None

    def release(self) -> None:
        """End the forge; the next kernel that is wanted makes another."""
        with self._lock:
            if self._forge is not None and self._of and self._of[0] == os.getpid():
                self._forge.close()
            self._forge = None


_forges = Forges()


def warm_up() -> None:
    """Start the process that kernels are forked from, before one is wanted."""
    if _may_fork(os.environ):
        _forges.made(os.environ)


def release() -> None:
    """Give back what the process takes that kernels are forked from, until one is wanted again."""
    _forges.release()


def forked(cmd: list[str], cwd: str, env: dict[str, str]) -> ForkedKernel | None:
    """A forked kernel for the command of a kernel of this Python; None where there is none."""
    if not _may_fork(env) or LAUNCHER not in cmd or cmd[0] != sys.executable:
        return None
    found = find_spec(LAUNCHER)
    launcher = str(found and found.origin)
    return _forges.fork([launcher, *cmd[cmd.index(LAUNCHER) + 1 :]], cwd, env)


def _may_fork(env: Mapping[str, str]) -> bool:
    return sys.platform == "linux" and env.get(SWITCH) != "0"


def _fixed_at_start(env: Mapping[str, str]) -> tuple[Any, ...]:
    """What a Python process takes from its environment once, when it begins."""
    once = ("PYTHON", "LD_", "LC_", "LANG", "TZ", "MPLCONFIGDIR")
    return tuple(sorted(item for item in env.items() if item[0].startswith(once)))
