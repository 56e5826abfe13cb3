"""The pass that plainspeak-nano is trained with, against that of transformers. Needs the training extras."""

import importlib.util

import numpy as np
import pytest

from training.nano_recipe import RECIPE, Shape, read_nano_recipe

for name in ("torch", "transformers"):
    if importlib.util.find_spec(name) is None:
        pytest.skip(f"{name} is not installed: pip install -e '.[train]'", allow_module_level=True)

SHAPE = Shape(width=64, layers=3, heads=4, kv_heads=2, inner=96, context=128)


def test_the_shared_start_changes_nothing() -> None:
    import torch

    from training.nano_model import answer_states, fresh_model

    torch.manual_seed(1)
    model = fresh_model(SHAPE, vocabulary=300, end=2, pad=0).eval()
    prefix, ids = torch.randint(3, 300, (20,)), torch.randint(3, 300, (4, 12))
    places = torch.tensor([[5, 6], [11, 3], [2, 2], [0, 7]])
    whole = model.model(torch.cat([prefix.expand(4, -1), ids], dim=1)).last_hidden_state

    found = answer_states(model, prefix=prefix, ids=ids, places=places)

    expected = torch.stack([whole[row, 20 + places[row]] for row in range(4)])
    assert float((found - expected).detach().abs().max()) < 1e-5
    # Learning is the same too, down to the embeddings.
    weights = model.model.embed_tokens.weight
    (ours,) = torch.autograd.grad(found.square().sum(), weights)
    (theirs,) = torch.autograd.grad(expected.square().sum(), weights)
    assert float((ours - theirs).abs().max()) < 1e-3 * float(theirs.abs().max())


def test_a_token_speaks_for_the_answers_of_its_texts_and_a_rare_one_softly() -> None:
    from training.nano_model import evidence_of

    texts = [[1, 2]] * 50 + [[1, 3]] * 50 + [[1, 4]]
    shares = np.array([[0.9, 0.1]] * 50 + [[0.1, 0.9]] * 50 + [[0.1, 0.9]])

    found = evidence_of(texts, shares, vocabulary=6)

    assert found[2, 0] > 0.3
    assert found[3, 1] > found[4, 1] > 0
    np.testing.assert_allclose(found[[0, 1, 5]], 0, atol=1e-6)


def test_tokens_of_like_company_are_alike() -> None:
    from training.nano_model import cooccurrence_vectors

    random = np.random.default_rng(1)
    texts = [
        [int(random.choice([1, 2])), int(random.choice([3, 4]))] if turn else [5, int(random.choice([6, 7]))]
        for turn in random.integers(0, 2, 400)
    ]
    vectors = cooccurrence_vectors(texts, vocabulary=8, width=4, seed=1)
    assert vectors.shape == (8, 4)
    alike = vectors @ vectors.T
    assert alike[1, 2] > alike[1, 5]
    assert alike[6, 7] > alike[6, 3]


def test_the_recipe_is_of_a_size_for_k_quants() -> None:
    shape = read_nano_recipe(RECIPE).shape
    assert shape.width % 256 == shape.inner % 256 == 0
    assert shape.width % shape.heads == shape.heads % shape.kv_heads == 0
