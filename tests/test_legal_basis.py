"""Regulations on who may pay for whom."""

import pytest

from simulator.legal_basis import all_rules, rules_for
from simulator.parameters import FUNDERS


def test_every_regulation_says_where_it_was_read_and_of_whom_it_speaks():
    rules = all_rules()
    assert len({r.id for r in rules}) == len(rules) >= 8
    for r in rules:
        assert set(r.funders) <= set(FUNDERS), r.id
        assert r.source and r.says.endswith("."), r.id


@pytest.mark.parametrize("funder", FUNDERS)
def test_every_kind_of_funder_has_one(funder):
    assert rules_for([funder], (2027, 1))


def test_a_second_stage_is_like_the_first_and_what_has_ended_is_left_out():
    assert rules_for(["dbhcht_2"], (2027, 1)) == rules_for(["dbhcht"], (2027, 1))
    relief = "pp_50_2025"
    assert relief in {r.id for r in rules_for(["asn"], (2026, 1))}
    assert relief not in {r.id for r in rules_for(["asn"], (2027, 4))}
