"""The cheapest mix: a linear programme on HiGHS, and the model that its plan is replayed through."""
