"""plainspeak-nano as PyTorch sees it: a small Qwen2, and a forward pass made for one fixed prompt.

The modules and their names are those of transformers, so what is trained here is saved, tuned and converted
like any other Qwen2. Only the pass is our own: the fixed part of the prompt is computed once for a whole
batch, and the last layer only where an answer is read. On a CPU that is most of the work of a short text.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.linalg import svds
from torch import Tensor
from torch.nn.functional import scaled_dot_product_attention
from transformers import Qwen2Config, Qwen2ForCausalLM
from transformers.models.qwen2.modeling_qwen2 import apply_rotary_pos_emb

from training.nano_recipe import Shape

COOCCURRENCE_WINDOW = 5
EMBEDDING_STD = 0.04
_SMOOTHED_CONTEXT = 0.75
"""Exponent of context counts, against rare contexts (Levy, Goldberg and Dagan 2015)."""


def fresh_model(shape: Shape, *, vocabulary: int, end: int, pad: int) -> Qwen2ForCausalLM:
    """A model of a size with random weights; `end` and `pad` are token ids."""
    return Qwen2ForCausalLM(
        Qwen2Config(
            vocab_size=vocabulary,
            hidden_size=shape.width,
            num_hidden_layers=shape.layers,
            num_attention_heads=shape.heads,
            num_key_value_heads=shape.kv_heads,
            intermediate_size=shape.inner,
            max_position_embeddings=shape.context,
            tie_word_embeddings=True,
            eos_token_id=end,
            pad_token_id=pad,
            bos_token_id=None,
        )
    )


def answer_states(model: Qwen2ForCausalLM, *, prefix: Tensor, ids: Tensor, places: Tensor) -> Tensor:
    """The last hidden states at some places of rows that share a prefix: rows x places x width.

    Args:
        model: the decoder.
        prefix: token ids of the shared part.
        ids: rows x tokens that follow the prefix; padding stands behind, where no place looks.
        places: rows x places, each an index into the tokens of its row.
    """
    decoder = model.model
    shared, own = decoder.embed_tokens(prefix[None]), decoder.embed_tokens(ids)
    length, tokens = len(prefix), ids.shape[1]
    rotation = decoder.rotary_emb(own, torch.arange(length + tokens)[None])
    sees = torch.ones(tokens, length + tokens, dtype=torch.bool).tril(diagonal=length)
    for number, layer in enumerate(decoder.layers):
        last = number == len(decoder.layers) - 1
        shared_normed, normed = layer.input_layernorm(shared), layer.input_layernorm(own)
        query, keys, values = _projected(layer.self_attn, shared_normed, normed, rotation)
        if last:
            # Nothing above reads the other places.
            rows = torch.arange(len(ids))[:, None]
            query, mask = query[:, :, length:][rows, :, places].transpose(1, 2), sees[places][:, None]
            own = own[rows, places]
            own = own + _attended(layer.self_attn, query, keys, values, mask)
            return decoder.norm(own + layer.mlp(layer.post_attention_layernorm(own)))  # type: ignore[no-any-return]
        attended = _attended(layer.self_attn, query[:, :, length:], keys, values, sees)
        head = (query[:1, :, :length], keys[:1, :, :length], values[:1, :, :length])
        causal = torch.ones(length, length, dtype=torch.bool).tril()
        shared = shared + _attended(layer.self_attn, *head, causal)
        own = own + attended
        shared = shared + layer.mlp(layer.post_attention_layernorm(shared))
        own = own + layer.mlp(layer.post_attention_layernorm(own))
    raise ValueError("a decoder has at least one layer")


def _projected(
    attention: Any,  # noqa: ANN401 torch is not in the development environment
    shared: Tensor,
    own: Tensor,
    rotation: tuple[Tensor, Tensor],
) -> tuple[Tensor, Tensor, Tensor]:
    """Queries, keys and values of prefix and rows on end: rows x heads x tokens x width of a head."""

    def heads(projection: Any) -> Tensor:  # noqa: ANN401 as above
        both = torch.cat([projection(shared).expand(len(own), -1, -1), projection(own)], dim=1)
        return both.unflatten(-1, (-1, attention.head_dim)).transpose(1, 2)

    query, keys = apply_rotary_pos_emb(heads(attention.q_proj), heads(attention.k_proj), *rotation)
    return query, keys, heads(attention.v_proj)


def _attended(
    attention: Any,  # noqa: ANN401 as above
    query: Tensor,
    keys: Tensor,
    values: Tensor,
    mask: Tensor,
) -> Tensor:
    found = scaled_dot_product_attention(query, keys, values, attn_mask=mask, enable_gqa=True)
    return attention.o_proj(found.transpose(1, 2).flatten(-2))  # type: ignore[no-any-return]


def cooccurrence_vectors(
    texts: Sequence[Sequence[int]], *, vocabulary: int, width: int, seed: int
) -> NDArray[np.float32]:
    """A vector for each token from the company it keeps: vocabulary x width.

    The singular vectors of positive pointwise mutual information (Levy and Goldberg 2014): where texts are
    too few to learn words by predicting them, this takes seconds.
    """
    ends = np.cumsum([len(text) for text in texts])
    flat = np.concatenate([np.asarray(text, dtype=np.int32) for text in texts])
    owner = np.repeat(np.arange(len(texts)), np.diff(ends, prepend=0))
    counts = csr_matrix((vocabulary, vocabulary))
    for step in range(1, COOCCURRENCE_WINDOW + 1):
        together = owner[step:] == owner[:-step]
        left, right = flat[:-step][together], flat[step:][together]
        weights = np.full(len(left), 1 / step)
        counts = counts + coo_matrix((weights, (left, right)), shape=counts.shape).tocsr()
    counts = (counts + counts.T).tocoo()
    token, context = (np.asarray(counts.sum(axis=axis)).ravel() for axis in (1, 0))
    context = context**_SMOOTHED_CONTEXT
    shared = counts.data * context.sum() / (token[counts.row] * context[counts.col])
    information = csr_matrix((np.maximum(np.log(shared), 0), (counts.row, counts.col)), shape=counts.shape)
    information.eliminate_zeros()
    start = np.random.default_rng(seed).normal(size=vocabulary)
    left, strengths, _ = svds(information, k=width, v0=start)
    vectors = left * np.sqrt(strengths)
    # Tokens that never came keep a random vector.
    missing = np.linalg.norm(vectors, axis=1) < 1e-6
    vectors[missing] = np.random.default_rng(seed).normal(size=(int(missing.sum()), width))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors * np.sqrt(width) * EMBEDDING_STD).astype(np.float32)
