"""The model's version: the first number changes when results change in kind, the second when any result changes."""

MODEL_VERSION = "1.0.0"
