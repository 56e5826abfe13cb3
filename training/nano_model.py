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
from sklearn.utils.extmath import randomized_svd
from torch import Tensor
from torch.nn.functional import scaled_dot_product_attention
from transformers import Qwen2Config, Qwen2ForCausalLM
from transformers.models.qwen2.modeling_qwen2 import apply_rotary_pos_emb

from training.nano_recipe import Shape

COOCCURRENCE_WINDOW = 3
EMBEDDING_STD = 0.04
EVIDENCE_SCALE = 0.1
"""So that evidence of a few nats weighs about as much as the rest of a vector."""
ASKING = 0.5
"""About the length of the other vectors."""
FEW_TEXTS = 10.0
"""Texts of a token that count as much as all that is known without it."""
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


@torch.no_grad()
def begin_with(model: Qwen2ForCausalLM, vectors: NDArray[np.float32]) -> None:
    """Give a fresh model its first vectors, and a first head that carries their first places on as they are.

    Attention is even as long as nothing is learned, so the model begins as a count of the evidence.
    """
    model.model.embed_tokens.weight.copy_(torch.from_numpy(vectors))
    attention = model.model.layers[0].self_attn
    same = torch.eye(attention.head_dim)
    attention.v_proj.weight[: attention.head_dim, : attention.head_dim] = same
    attention.o_proj.weight[: attention.head_dim, : attention.head_dim] = same


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
    cosine, sine = decoder.rotary_emb(own, torch.arange(length + tokens)[None])
    before, behind = (cosine[:, :length], sine[:, :length]), (cosine[:, length:], sine[:, length:])
    causal = torch.ones(length, length, dtype=torch.bool).tril()
    sees = torch.ones(tokens, length + tokens, dtype=torch.bool).tril(diagonal=length)
    for layer in decoder.layers[:-1]:
        first = _projected(layer.self_attn, layer.input_layernorm(shared), before)
        query, *rest = _projected(layer.self_attn, layer.input_layernorm(own), behind)
        shared = _moved(layer, shared, _attended(layer.self_attn, first, causal))
        own = _moved(layer, own, _attended(layer.self_attn, [query, *_joined(first, rest)], sees))
    last = decoder.layers[-1]
    first = _projected(last.self_attn, last.input_layernorm(shared), before)
    query, *rest = _projected(last.self_attn, last.input_layernorm(own), behind)
    # Nothing above reads the other places.
    rows = torch.arange(len(ids))[:, None]
    asked = [query[rows, :, places].transpose(1, 2), *_joined(first, rest)]
    attended = _attended(last.self_attn, asked, sees[places][:, None])
    found: Tensor = decoder.norm(_moved(last, own[rows, places], attended))
    return found


def _projected(
    attention: Any,  # noqa: ANN401 torch is not in the development environment
    states: Tensor,
    rotation: tuple[Tensor, Tensor],
) -> list[Tensor]:
    """Queries, keys and values: rows x heads x tokens x width of a head."""
    query, keys, values = (
        projection(states).unflatten(-1, (-1, attention.head_dim)).transpose(1, 2)
        for projection in (attention.q_proj, attention.k_proj, attention.v_proj)
    )
    return [*apply_rotary_pos_emb(query, keys, *rotation), values]


def _joined(first: list[Tensor], rest: list[Tensor]) -> list[Tensor]:
    """Keys and values of the shared part before those of each row."""
    return [
        torch.cat([shared.expand(len(own), -1, -1, -1), own], dim=2)
        for shared, own in zip(first[1:], rest, strict=True)
    ]


def _attended(attention: Any, parts: list[Tensor], mask: Tensor) -> Tensor:  # noqa: ANN401 as above
    found = scaled_dot_product_attention(*parts, attn_mask=mask, enable_gqa=True)
    moved: Tensor = attention.o_proj(found.transpose(1, 2).flatten(-2))
    return moved


def _moved(layer: Any, states: Tensor, attended: Tensor) -> Tensor:  # noqa: ANN401 as above
    """What a layer makes of states and of what they attended to."""
    states = states + attended
    moved: Tensor = states + layer.mlp(layer.post_attention_layernorm(states))
    return moved


def first_vectors(
    texts: Sequence[Sequence[int]],
    shares: NDArray[np.float64],
    *,
    words: Sequence[int],
    vocabulary: int,
    width: int,
    seed: int,
) -> NDArray[np.float32]:
    """A vector for each token to begin with: vocabulary x width.

    Where texts are too few to learn words by predicting them, counting takes seconds. The first places of a
    vector hold how much its token speaks for each word of the answer, the others the company it keeps. The
    vector of a word of the answer asks for the place of that word: what comes out is read with these vectors.

    Args:
        texts: token ids of each text.
        shares: texts x words of the answer.
        words: the token that each word of the answer begins with.
        vocabulary: number of tokens.
        width: of a vector.
        seed: of what chance decides.
    """
    evidence = EVIDENCE_SCALE * evidence_of(texts, shares, vocabulary=vocabulary)
    company = cooccurrence_vectors(texts, vocabulary=vocabulary, width=width - len(words), seed=seed)
    vectors = np.concatenate([evidence, company], axis=1).astype(np.float32)
    vectors[words] = 0
    vectors[words, np.arange(len(words))] = ASKING
    return vectors


def evidence_of(
    texts: Sequence[Sequence[int]], shares: NDArray[np.float64], *, vocabulary: int
) -> NDArray[np.float64]:
    """How much more often than usual each word answers texts with a token, in nats: vocabulary x words.

    A token of few texts says little.
    """
    owner = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    token = np.concatenate([np.asarray(text, dtype=np.int32) for text in texts])
    present = coo_matrix((np.ones(len(token)), (token, owner)), shape=(vocabulary, len(texts))).tocsr()
    present.data[:] = 1
    usual = shares.mean(axis=0)
    count = np.asarray(present.sum(axis=1))
    found: NDArray[np.float64] = np.log(
        (present @ shares + FEW_TEXTS * usual) / ((count + FEW_TEXTS) * usual)
    )
    return found


def cooccurrence_vectors(
    texts: Sequence[Sequence[int]], *, vocabulary: int, width: int, seed: int
) -> NDArray[np.float32]:
    """A vector for each token from the company it keeps: vocabulary x width.

    The singular vectors of positive pointwise mutual information (Levy and Goldberg 2014).
    """
    flat = np.concatenate([np.asarray(text, dtype=np.int32) for text in texts])
    owner = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    counts = csr_matrix((vocabulary, vocabulary))
    for step in range(1, COOCCURRENCE_WINDOW + 1):
        together = owner[step:] == owner[:-step]
        left, right = flat[:-step][together], flat[step:][together]
        weights = np.full(len(left), 1 / step)
        counts = counts + coo_matrix((weights, (left, right)), shape=counts.shape).tocsr()
    both = (counts + counts.T).tocoo()
    token = np.asarray(both.sum(axis=1)).ravel()
    context = token**_SMOOTHED_CONTEXT
    lift = both.data * context.sum() / (token[both.row] * context[both.col])
    information = csr_matrix((np.maximum(np.log(lift), 0), (both.row, both.col)), shape=both.shape)
    information.eliminate_zeros()
    left, strengths, _ = randomized_svd(information, width, n_iter=2, random_state=seed)
    vectors = left * np.sqrt(strengths)
    # A token that never came keeps a random vector.
    missing = np.linalg.norm(vectors, axis=1) < 1e-6
    vectors[missing] = np.random.default_rng(seed).normal(size=(int(missing.sum()), width))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: NDArray[np.float32] = (vectors * np.sqrt(width) * EMBEDDING_STD).astype(np.float32)
    return scaled
