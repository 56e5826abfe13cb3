"""What a band would do is counted against what the encoder's own thresholds could do."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from app import bootstrap
from app.core.classify import Band
from app.services.evaluation import LabelledText
from app.services.judge import Judge
from app.settings import ROOT, Settings
from training.band import Heard, Tried, advice, bands_of, chosen, listen, lowered, try_band

NANO = ROOT / "models" / "plainspeak-nano.Q4_K_M.gguf"


def heard(*, both: list[bool], anyway: list[bool] | None = None) -> Heard:
    """Three harmful and three innocent texts; the encoder alone sends the first to a person."""
    alone = [True, False, False, False, False, False]
    return Heard(
        harmful=np.array([True, True, True, False, False, False]),
        score=np.array([0.95, 0.5, 0.1, 0.5, 0.3, 0.1]),
        anyway=np.array(anyway or [False] * 6),
        flagged=np.array([alone, both]),
        reviewed=np.array([alone, both]),
        margin=np.array([2.0, -0.5, -4.0, -1.0, -2.0, -3.0]),
    )


def test_a_second_opinion_counts_in_the_band_alone() -> None:
    found = try_band(heard(both=[True, True, True, True, False, True]), Band(low=0.3, high=0.6))
    assert found.asked == pytest.approx(3 / 6)
    assert found.found == pytest.approx(2 / 3, abs=1e-4)
    assert found.innocent_reviewed == found.innocent_flagged == pytest.approx(1 / 3, abs=1e-4)
    assert found.missed == pytest.approx(1 / 3, abs=1e-4)
    assert found.wrong == pytest.approx(2 / 6, abs=1e-4)
    assert found.reach == 0.5


def test_what_is_asked_about_anyway_counts_with_every_band() -> None:
    found = try_band(
        heard(both=[True] * 6, anyway=[False, False, True, False, False, False]), Band(low=2, high=2)
    )
    assert found.asked == pytest.approx(1 / 6, abs=1e-4)
    assert found.found == pytest.approx(2 / 3, abs=1e-4)


def test_thresholds_are_lowered_until_as_many_innocent_texts_go_to_a_person() -> None:
    one = heard(both=[True] * 6)
    assert lowered(one, reviewed=0).tolist() == [True, True, False, False, False, False]
    assert lowered(one, reviewed=1).tolist() == [True, True, False, True, False, False]
    assert lowered(one, reviewed=3).all()


def test_the_gain_is_what_lower_thresholds_would_not_have_found() -> None:
    # The second harmful text is next in the encoder's own order; the third is not.
    easy = try_band(heard(both=[True, True, False, False, False, False]), Band())
    hard = try_band(heard(both=[True, True, True, False, False, False]), Band(low=0.0, high=1.0))
    assert easy.gain == 0
    assert hard.gain == pytest.approx(1 / 3)


def tried(**changes: Any) -> Tried:  # noqa: ANN401 numbers by name
    values: dict[str, Any] = dict.fromkeys(Tried.__slots__, 0.0)
    return Tried(**values | changes)


def test_of_bands_about_as_good_the_one_that_asks_least_is_chosen() -> None:
    best, near = tried(gain=0.10, error=0.02, asked=0.5), tried(gain=0.09, error=0.02, asked=0.2, low=0.3)
    luck, far = tried(gain=0.2, error=0.15, asked=0.1), tried(gain=0.06, error=0.01, asked=0.1)
    assert chosen([luck, best, near, far]) is near
    assert advice([near]).startswith("[cascade]\nlow = 0.3\n")


def test_where_no_band_is_worth_its_calls_that_is_said() -> None:
    bands = [
        tried(gain=-0.1, reach=0.95, asked=0.6, low=0.1),
        tried(gain=0.01, error=0.01, reach=0.9, asked=0.5, low=0.2, high=0.8),
        tried(reach=0.5, asked=0.1, low=0.4),
    ]
    assert chosen(bands) is None
    assert "Leave PLAINSPEAK_SCORER out" in advice(bands)
    assert "asks about 90% of the harmful texts that the encoder lets through: 0.2 to 0.8" in advice(bands)


@pytest.fixture(scope="module")
def judge() -> Iterator[Judge]:
    judge = bootstrap.build_judge(Settings(scorer=str(NANO), threads=1, remember_texts=0))
    yield judge
    judge.classifier.close()


def test_both_lanes_are_heard_on_every_text(judge: Judge) -> None:
    rows = [
        LabelledText(text=text, harmful=harmful, harm=())
        for text, harmful in (
            ("I will kill you tonight", True),
            ("See you at six", False),
            ("Wir sehen uns heute Abend um sechs am Bahnhof, ich freue mich schon", False),
        )
    ]
    found, ms = listen(judge, rows)
    assert ms > 0
    assert found.anyway.tolist() == [False, False, True]
    assert found.reviewed[:, 0].all()
    assert (found.margin[0] >= 0, found.margin[1] < 0) == (True, True)
    assert not (found.reviewed[0] & ~found.reviewed[1]).any()
    assert all(try_band(found, band).found == 1 for band in bands_of(judge.policy))


def test_without_a_second_lane_there_is_nothing_to_measure(judge: Judge) -> None:
    with pytest.raises(SystemExit, match="--scorer"):
        listen(judge.quick(), [])
