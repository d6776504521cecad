"""The archive's reading of PLOVER: scores, quad classes, Goldstein scores and the four choices."""

import pytest

from articles import plover

TYPES = {
    1: ["AGREE", "CONSULT", "SUPPORT", "CONCEDE"],
    2: ["COOPERATE", "AID", "RETREAT"],
    3: ["REQUEST", "ACCUSE", "REJECT", "THREATEN"],
    4: ["PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"],
}
EVERY_CODE = [(kind, mode) for kind, (_, _, modes) in plover.TYPES.items() for mode in ["", *modes]]


def test_the_sixteen_types_stand_in_their_four_quad_classes():
    found = {quad: [] for quad in TYPES}
    for kind in plover.TYPES:
        found[plover.quad_class(kind)].append(kind)
    assert {quad: sorted(kinds) for quad, kinds in found.items()} == {
        quad: sorted(kinds) for quad, kinds in TYPES.items()
    }


def test_the_quad_classes_have_words():
    assert plover.QUAD_CLASSES == {
        1: "verbal cooperation",
        2: "material cooperation",
        3: "verbal conflict",
        4: "material conflict",
    }


@pytest.mark.parametrize(
    ("kind", "score"),
    [
        ("AGREE", 2.5), ("CONSULT", 2.5), ("SUPPORT", 5), ("CONCEDE", 4.5), ("COOPERATE", 9.5),
        ("AID", 10), ("RETREAT", 6.5), ("REQUEST", 0), ("REJECT", -2), ("THREATEN", -3.5),
        ("PROTEST", -5), ("SANCTION", -6), ("MOBILIZE", -5.5), ("COERCE", -7), ("ASSAULT", -9),
    ],
)  # fmt: skip
def test_a_type_without_a_mode_takes_the_base_score(kind, score):
    assert plover.score(kind) == score


@pytest.mark.parametrize(
    ("kind", "mode", "score"),
    [
        ("CONSULT", "visit", 4), ("CONSULT", "third-party", 1), ("CONSULT", "multilateral", 4),
        ("CONSULT", "phone", 1.5), ("RETREAT", "disarm", 10), ("RETREAT", "resign", 4.5),
        ("REQUEST", "assist", 0.5), ("REQUEST", "yield", -1), ("ACCUSE", "disapprove", -2),
        ("ACCUSE", "allege", -3.5), ("REJECT", "assist", -1.5), ("THREATEN", "territory", -4),
        ("PROTEST", "riot", -7), ("SANCTION", "expel", -5.5), ("MOBILIZE", "troops", -6.5),
        ("COERCE", "martial-law", -7.5), ("ASSAULT", "crowd-control", -7.5),
        ("ASSAULT", "heavy-weapons", -9.5),
    ],
)  # fmt: skip
def test_a_mode_has_a_score_of_its_own(kind, mode, score):
    assert plover.score(kind, mode) == score


def test_a_request_to_meet_scores_nought_as_printed():
    assert plover.score("REQUEST", "meet") == 0


@pytest.mark.parametrize(("kind", "mode"), EVERY_CODE)
def test_every_score_is_a_float_from_minus_ten_to_ten_on_its_own_side(kind, mode):
    score = plover.score(kind, mode)
    assert isinstance(score, float)
    assert -10 <= score <= 10
    if kind != "REQUEST":  # the one type whose scores lie about nought
        assert (score > 0) == (plover.quad_class(kind) <= 2)


def test_a_type_or_a_mode_that_the_codebook_lacks_has_no_score():
    for kind, mode in [("DEMAND", ""), ("CONSULT", "riot"), ("AGREE", "phone"), ("", "")]:
        with pytest.raises(KeyError):
            plover.score(kind, mode)


def test_every_mode_is_offered_once():
    assert sorted({mode for _, mode in EVERY_CODE if mode}) == plover.MODES
    assert len(plover.MODES) == len(set(plover.MODES))


def test_there_are_thirty_seven_contexts_each_once():
    assert len(plover.CONTEXTS) == len(set(plover.CONTEXTS)) == 37
    assert {"diplomatic", "cbrn", "pro_autocracy", "trafficking"} <= set(plover.CONTEXTS)


# The four choices where the printed manual contradicts itself


def test_a_bare_accusation_is_conflict():
    assert plover.score("ACCUSE") == -3


def test_sanctions_are_material_conflict_only():
    assert plover.quad_class("SANCTION") == 4


def test_vandalism_takes_the_base_score_of_protest():
    assert plover.score("PROTEST", "vandalize") == plover.score("PROTEST") == -5


def test_unconventional_mass_violence_is_a_mode_of_assault():
    assert plover.score("ASSAULT", "unconventional") == -10


# Goldstein


@pytest.mark.parametrize(
    ("cameo", "score"),
    [
        ("036", 4.0), ("037", 5.0), ("038", 7.0), ("039", 5.0), ("040", 1.0), ("041", 1.0),
        ("042", 1.9), ("043", 2.8), ("044", 2.5), ("045", 5.0), ("046", 7.0), ("050", 3.5),
        ("051", 3.4), ("052", 3.5), ("053", 3.8), ("054", 6.0), ("055", 7.0), ("056", 7.0),
        ("057", 8.0), ("061", 6.4), ("062", 7.4), ("130", -4.4), ("160", -4.0), ("161", -4.0),
        ("162", -5.6), ("163", -8.0), ("164", -7.0), ("165", -6.5), ("166", -7.0),
    ],
)  # fmt: skip
def test_a_diplomatic_cameo_code_has_its_goldstein_score(cameo, score):
    assert plover.goldstein(cameo) == score


@pytest.mark.parametrize(
    ("cameo", "score"),
    [
        ("11", -2.0), ("110", -2.0), ("112", -2.0), ("1121", -2.0), ("120", -4.0), ("124", -4.0),
        ("1241", -4.0), ("125", -5.0), ("127", -5.0), ("129", -5.0),
    ],
)  # fmt: skip
def test_disapproval_and_rejection_score_as_families_but_for_the_graver_rejections(cameo, score):
    assert plover.goldstein(cameo) == score


@pytest.mark.parametrize("cameo", ["", "0", "99", "999", "200", "x", "04é", "010"])
def test_a_code_outside_the_table_has_no_goldstein_score(cameo):
    assert plover.goldstein(cameo) is None
