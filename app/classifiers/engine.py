"""The encoder's engine: texts in, logits of their windows out, computed in a process of its own.

The process is `app.classifiers.engine_process`. It is asked a text, a string, and answers with the logits of
its windows; of the file it says {"labels": [...], "max_tokens": n}.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.classifiers.child import Program
from app.classifiers.supervisor import Supervisor

_HANGS_S = 60.0

Rows = NDArray[np.float32]
"""Raw logits, windows x outputs."""


class Engine(Supervisor[Rows]):
    """Scores texts with an encoder GGUF. Safe to use from many threads."""

    def __init__(
        self,
        path: Path,
        *,
        window_tokens: int,
        overlap_tokens: int,
        threads: int,
        queue_size: int,
        expanded: bool,
    ) -> None:
        """Start the process and wait until it has loaded the file.

        Args:
            path: of the GGUF.
            window_tokens: length of a window with its two special tokens.
            overlap_tokens: what a window shares with the one before.
            threads: cores to compute on.
            queue_size: most texts that may wait.
            expanded: compute with 16-bit weights where the file has fewer bits.

        Raises:
            ModelCorrupt: llama.cpp cannot use the file.
            EngineFailed: there is too little memory for it, or loading it came to a halt.
        """
        options = (window_tokens, overlap_tokens, threads, expanded)
        super().__init__(
            Program("app.classifiers.engine_process", path, options),
            read=lambda rows: np.array(rows, dtype=np.float32),
            queue_size=queue_size,
            hangs_s=_HANGS_S,
        )
        self.labels: tuple[str, ...] = tuple(self.said["labels"])
        self.max_tokens = int(self.said["max_tokens"])
