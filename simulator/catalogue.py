"""The region files that ship with the product, without reading more than their titles."""

from pathlib import Path

from simulator.yaml_io import read_yaml

FOLDER = Path(__file__).resolve().parent.parent / "scenarios"
TEMPLATE = "template"


def region_files(folder: Path = FOLDER) -> dict[str, Path]:
    """Region id (the file's name) → file; the template is left out."""
    return {path.stem: path for path in sorted(folder.glob("*.yaml")) if path.stem != TEMPLATE}


def title(path: Path) -> str:
    """The title of a region file: the first line that begins with `title:`; its name where there is none."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("title:"):
                data, _ = read_yaml(line)
                return str(data["title"]) if isinstance(data, dict) else path.stem
    return path.stem
