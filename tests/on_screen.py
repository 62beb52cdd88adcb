"""What may stand on the screen: names that the guide and the terms speak of are looked up here."""

import ast
import re
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OWN = {"guide_page.py", "guide_text.py"}


@lru_cache(maxsize=1)
def on_screen() -> str:
    """All texts that the app may show: string literals of the code but no docstrings, parameters and regions."""
    found = []
    code = [ROOT / "streamlit_app.py", *(ROOT / "ui").glob("*.py"), *(ROOT / "simulator").rglob("*.py")]
    code += (ROOT / "reports").rglob("*.py")
    for path in code:
        if path.name in OWN and path.parent.name == "ui":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        told = [n for n in ast.walk(tree) if isinstance(n, (ast.Module, ast.ClassDef, ast.FunctionDef))]
        documents = {id(n.body[0].value) for n in told if n.body and isinstance(n.body[0], ast.Expr)}
        found += [
            n.value for n in ast.walk(tree)
            if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in documents
        ]  # fmt: skip
    data = [*(ROOT / "simulator" / "parameters").glob("*.yaml"), *(ROOT / "scenarios").glob("*.yaml")]
    found += [p.read_text(encoding="utf-8") for p in data if p.name != "glossary.yaml"]
    found += ["Istilah", "Lembar satu halaman untuk Sekda"]  # parts of the guide itself
    return "\n".join(found)


def is_on_screen(name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", on_screen()) is not None
