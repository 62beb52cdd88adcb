"""Files of older formats: brought up step by step, told, and refused where they are newer; with invented steps."""

import pytest
import samples

from simulator import InputError, migrate, parse_region, project, region
from simulator.cli import main
from simulator.migrate import SCHEMA, STEPS, Step
from simulator.region import read_region
from simulator.saved import differences, open_yaml


def _renamed(data: dict) -> dict:
    """Format 1 called it `total_covered`."""
    return {("covered" if k == "total_covered" else k): v for k, v in data.items()}


def _shares(data: dict) -> dict:
    """Format 2 wrote shares in per cent."""

    def share(f: dict) -> dict:
        return {**f, "participation": f["participation"] / 100} if "participation" in f else f

    return {**data, "funders": [share(f) for f in data["funders"]]}


INVENTED = {
    1: Step(_renamed, "total_covered kini bernama covered.", "total_covered is now called covered."),
    2: Step(_shares, "Bagian ditulis sebagai pecahan.", "Shares are written as fractions."),
}


def old_data() -> dict:
    """The sample as the invented format 1 had it."""
    data = samples.data()
    data["total_covered"] = data.pop("covered")
    data["funders"][1]["participation"] *= 100
    return data


@pytest.fixture
def third_format(monkeypatch):
    """A simulator whose format is the invented third one."""

    def third(data):
        return migrate.migrate(data, INVENTED, 3)

    monkeypatch.setattr(region, "migrate", third)


def test_the_product_knows_a_step_from_each_older_format():
    assert set(STEPS) == set(range(1, SCHEMA))


@pytest.mark.parametrize(("version", "told"), [(None, 2), (1, 2), (2, 1), (3, 0)])
def test_a_file_goes_through_all_the_steps_it_needs_in_their_order(version, told):
    data = old_data() if version in (None, 1) else _renamed(old_data())
    data = _shares(data) if version == 3 else data
    data |= {} if version is None else {"schema": version}
    new, steps = migrate.migrate(data, INVENTED, 3)
    assert steps == [INVENTED[1], INVENTED[2]][2 - told :]
    assert new["covered"] == 100000 and new["funders"][1]["participation"] == pytest.approx(0.055)
    assert new.get("schema", 3) == 3 if told == 0 else new["schema"] == 3


def test_the_data_of_the_newest_format_come_back_as_they_are_and_older_ones_are_left_untouched():
    data, old = samples.data(), old_data()
    assert migrate.migrate(data) == (data, [])
    migrate.migrate(old, INVENTED, 3)
    assert old == old_data()


def test_a_migrated_region_runs_as_the_new_one_and_keeps_what_was_told(third_format):
    old = parse_region(old_data(), "lama.yaml")
    assert [s.told for s in old._told] == [INVENTED[1].told, INVENTED[2].told]
    new = samples.data()
    assert project(old).to_json() == project(parse_region({**new, "schema": 3})).to_json()
    assert differences(old).told == (INVENTED[1].told, INVENTED[2].told)


def test_check_tells_in_english_and_an_opened_file_in_indonesian(third_format, tmp_path, capsys):
    text = samples.TEXT.replace("covered: 100000", "total_covered: 100000").replace("0.055", "5.5")
    file = tmp_path / "lama.yaml"
    file.write_text(text, encoding="utf-8")
    assert main(["check", str(file)]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [f"{file}: note: {INVENTED[i].english}" for i in (1, 2)]
    opened = open_yaml(text.encode(), "lama.yaml")
    assert opened.told == (INVENTED[1].told, INVENTED[2].told) and opened.data["covered"] == 100000


@pytest.mark.parametrize(
    ("written", "english", "indonesian"),
    [
        ("2", "2 is newer than 1, the newest that this simulator reads; update the simulator",
         "2 lebih baru daripada 1, yang terbaru yang dikenal simulator ini; perbarui simulator"),
        ("99", "99 is newer than 1, the newest that this simulator reads; update the simulator",
         "99 lebih baru daripada 1, yang terbaru yang dikenal simulator ini; perbarui simulator"),
        ("0", "0 is not a version of the format; write 1, or take the line out",
         "0 bukan versi format; tulis 1 atau hapus barisnya"),
        ("-1", "-1 is not a version of the format; write 1, or take the line out",
         "-1 bukan versi format; tulis 1 atau hapus barisnya"),
        ("1.5", "1.5 is not a version of the format; write 1, or take the line out",
         "1,5 bukan versi format; tulis 1 atau hapus barisnya"),
        ('"1"', "1 is not a version of the format; write 1, or take the line out",
         "1 bukan versi format; tulis 1 atau hapus barisnya"),
        ("satu", "satu is not a version of the format; write 1, or take the line out",
         "satu bukan versi format; tulis 1 atau hapus barisnya"),
        ("true", "true is not a version of the format; write 1, or take the line out",
         "true bukan versi format; tulis 1 atau hapus barisnya"),
        ("", "is blank; a blank is not zero: write a value, or take the line out",
         "kosong; kosong bukan nol: isi nilainya atau hapus barisnya"),
    ],
)  # fmt: skip
def test_a_format_that_is_newer_or_none_is_told(written, english, indonesian):
    with pytest.raises(InputError) as caught:
        read_region(f"schema: {written}\n{samples.TEXT}", "x.yaml")
    assert [f.english() for f in caught.value.faults] == [f"x.yaml: schema: {english}"]
    assert [f.indonesian() for f in caught.value.faults] == [f"x.yaml: schema: {indonesian}"]


def test_of_a_newer_file_nothing_else_is_told_and_of_a_wrong_number_all():
    broken = samples.text_with("years: 3", "years: 30")
    with pytest.raises(InputError) as caught:
        read_region(f"schema: 2\nnew_key: 5\n{broken}")
    assert [f.kind for f in caught.value.faults] == ["newer_schema"]
    with pytest.raises(InputError) as caught:
        read_region(f"schema: satu\n{broken}")
    assert [f.path for f in caught.value.faults] == ["schema", "years"]
