"""A small region file, invented, that tests break, change and run."""

from copy import deepcopy

from simulator import parse_region
from simulator.yaml_io import read_yaml

TEXT = """\
title: Kabupaten Contoh
start: 2027-01
years: 3
coverage_base:
  population: labour_force
  workers: 500000
  growth: {value: 0.0125, low: 0.005, high: 0.03}
  outside: 30000
covered: 100000
segments:
  - id: perangkat
    name: Perangkat desa
    workers: 20000
    covered: 8000
    membership: bpu
    duty: must
  - id: guru
    name: Guru honorer
    workers: 1000
    covered: 100
    membership: pu
    wage: 2000000
  - id: rentan
    name: Pekerja rentan
    workers: 12951
    covered: 1500
    membership: bpu
funders:
  - id: apbd
    name: APBD Kabupaten
    kind: budget
    payer: government
    segments: [perangkat, rentan]
    paid_before: {rentan: 1500}
    annual_budget: 302400000
  - id: asn
    name: ASN penanggung iuran
    kind: sponsors
    payer: individual
    segments: [rentan, other]
    sponsors: 11000
    participation: 0.055
    workers_per_sponsor: {value: 2, low: 1.6, high: 3}
scenarios:
  - {id: rentan_penuh, name: Pekerja rentan penuh, set: {apbd.annual_budget: 2610921600}}
references:
  bps: {title: Badan Pusat Statistik}
"""


def data():
    """The region as plain data, a fresh copy."""
    return read_yaml(TEXT)[0]


def text_with(old, new):
    """The text with one part of it replaced; the part must stand in it."""
    assert TEXT.count(old) >= 1, old
    return TEXT.replace(old, new, 1)


def region(segments=(), funders=(), *, base=1000, covered=0, start="2027-01", years=2, **more):
    """A region of these segments and funders where nothing else goes on, parsed."""
    raw = {
        "title": "Contoh",
        "start": start,
        "years": years,
        "covered": covered,
        "coverage_base": {"population": "employed", "workers": base},
        "segments": [{"name": part["id"].title(), "membership": "bpu", "covered": 0, **part} for part in segments],
        "funders": [{"name": part["id"].upper(), **part} for part in funders],
    }
    for key, value in more.items():
        raw[key] = {**raw[key], **value} if key == "coverage_base" else value
    return parse_region(deepcopy(raw), "contoh.yaml")


def budget(rupiah, segments=("rentan",), name="apbd", payer="government", **more):
    """A funder with so many rupiah a year."""
    return {"id": name, "kind": "budget", "payer": payer, "segments": list(segments), "annual_budget": rupiah, **more}


def sponsors(people, segments=("rentan",), each=1, **more):
    """Sponsors who have all joined from the first month on."""
    return {
        "id": "asn",
        "kind": "sponsors",
        "payer": "individual",
        "segments": list(segments),
        "sponsors": people,
        "participation": 1,
        "workers_per_sponsor": each,
        "ramp_months": 1,
        **more,
    }
