"""The model: what each funding choice does to a district's coverage by BPJS Ketenagakerjaan.

>>> region = load_region("scenarios/ponorogo.yaml")
>>> project(region, scenario="asn_usulan_3").yearly
"""

from simulator.faults import Fault, InputError
from simulator.projection import Projection, project
from simulator.region import configure, dump_region, load_region, parse_region
from simulator.schema import Region
from simulator.version import MODEL_VERSION

__all__ = [
    "MODEL_VERSION",
    "Fault",
    "InputError",
    "Projection",
    "Region",
    "configure",
    "dump_region",
    "load_region",
    "parse_region",
    "project",
]
