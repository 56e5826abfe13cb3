"""What Ollama is told about a model: the prompt of `app.core.prompt`, and that it answers briefly.

`ollama run` sends a text as it is typed, without the normalizer and its evidence; Plainspeak itself asks
Ollama with the raw prompt and never through this template.
"""

from app.core.prompt import AFTER, BEFORE, END

MODELFILES = {
    "plainspeak-nano": "../models/plainspeak-nano.Q4_K_M.gguf",
    "plainspeak-3b": "../models/plainspeak-3b.Q4_K_M.gguf",
    "qwen2.5-3b-instruct": "../models/qwen2.5-3b-instruct-q4_k_m.gguf",
}
"""The Modelfiles of the repository, `modelfiles/NAME.Modelfile`, and the weights each starts from."""
_ANSWER_TOKENS = 12
_CONTEXT_TOKENS = 2048


def modelfile(weights: str) -> str:
    """The Modelfile for weights, whose path counts from the folder of the Modelfile.

    >>> modelfile("x.gguf").splitlines()[0]
    'FROM x.gguf'
    """
    return (
        f"FROM {weights}\n"
        f'TEMPLATE """{BEFORE}{{{{ .Prompt }}}}{AFTER}"""\n'
        "PARAMETER temperature 0\n"
        f"PARAMETER num_predict {_ANSWER_TOKENS}\n"
        f"PARAMETER num_ctx {_CONTEXT_TOKENS}\n"
        f"PARAMETER stop {END}\n"
    )
