"""The region that the engine is timed on: 60 months, 12 segments (the residual among them), 6 funders."""

from typing import Any


def region_data() -> dict[str, Any]:
    """Invented numbers; every rule of the model is at work (overlap, self-payers, onboarding, sponsors)."""
    segments = [
        {
            "id": f"s{i}",
            "name": f"Kelompok {i}",
            "workers": 9_000 + 1_000 * i,
            "covered": 1_500 + 100 * i,
            "covered_change": 20,
            "membership": "bpu",
            "duty": "must" if i < 2 else "may",
        }
        for i in range(11)
    ]
    names = [s["id"] for s in segments]
    funders: list[dict[str, Any]] = [
        {
            "id": f"f{k}",
            "name": f"Sumber {k}",
            "kind": "budget",
            "payer": "government" if k < 3 else "zakat",
            "segments": names[2 * k : 2 * k + 3],
            "paid_before": {names[2 * k]: 200},
            "annual_budget": {"value": 9e8 + 1e8 * k, "low": 4e8, "high": 2e9},
            "start_month": 1 + k,
            "months": 6,
            "absorption": {"value": 0.95, "low": 0.8, "high": 1},
        }
        for k in range(5)
    ]
    funders[1]["onboarding_per_month"] = 1_500
    funders.append(
        {
            "id": "asn",
            "name": "ASN",
            "kind": "sponsors",
            "payer": "individual",
            "segments": [*names[5:], "other"],
            "sponsors": 11_000,
            "participation": {"value": 0.055, "low": 0.011, "high": 0.1},
            "workers_per_sponsor": {"value": 1.7, "low": 1, "high": 3},
            "still_paying": {"value": 0.68, "low": 0.6, "high": 0.9},
        }
    )
    return {
        "title": "Kabupaten Ukur",
        "start": "2027-01",
        "years": 5,
        "coverage_base": {"population": "labour_force", "workers": 540_000, "growth": 0.0125, "outside": 30_000},
        "covered": 140_000,
        "segments": segments,
        "funders": funders,
        "assumptions": {
            "verification_yield": {"value": 0.75, "low": 0.46, "high": 0.94},
            "overlap": 0.05,
            "self_pay_continuation": {"value": 0.05, "low": 0, "high": 0.3},
            "self_pay_lapse": 0.25,
        },
    }


def columns(n: int) -> dict[str, Any]:
    """n values for eight levers of different kinds, evenly spread."""
    import numpy as np

    spread = {
        "f0.annual_budget": (0, 3e9),
        "f1.annual_budget": (0, 3e9),
        "f2.absorption": (0.6, 1),
        "asn.participation": (0, 1),
        "asn.workers_per_sponsor": (1, 3),
        "assumptions.verification_yield": (0.46, 0.94),
        "assumptions.self_pay_continuation": (0, 0.3),
        "assumptions.overlap": (0, 0.2),
    }
    rng = np.random.default_rng(1)
    return {path: low + (high - low) * rng.random(n) for path, (low, high) in spread.items()}
