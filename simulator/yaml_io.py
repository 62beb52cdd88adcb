"""Reading and writing YAML 1.2: nothing but data, every fault with its line, nothing guessed.

The text is parsed by ruamel.yaml into nodes; the nodes become plain Python data here, so that no tag can
build an object, no anchor can explode and no duplicate key is dropped in silence.
"""

import io
import re
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from simulator.faults import Fault
from simulator.yaml_words import in_indonesian

MAX_BYTES = 1_000_000
MAX_VALUES = 50_000
MAX_DEPTH = 20

# Plain scalars of the YAML 1.2 core schema; anything else is text.
_INT = re.compile(r"[-+]?[0-9]+\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_SPECIAL = re.compile(r"([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\Z")
_TAGS = {f"tag:yaml.org,2002:{t}" for t in ("str", "int", "float", "bool", "null", "seq", "map", "timestamp")}


def scalar(text: str) -> Any:
    """A plain (unquoted) scalar by the core schema: None, bool, int, float or text."""
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text in ("true", "True", "TRUE"):
        return True
    if text in ("false", "False", "FALSE"):
        return False
    if _INT.match(text) and len(text) <= 400:
        return int(text)
    if _FLOAT.match(text):
        return float(text)
    if _SPECIAL.match(text):
        return float(text.replace(".", "", 1))
    return text


class _Reader:
    """Turns one document's nodes into data and collects its faults."""

    def __init__(self, source: str):
        self.source, self.faults, self.values = source, [], 0

    def fault(self, path: str, kind: str, node: Node | None = None, **facts: Any) -> None:
        if node is not None:
            facts["line"] = node.start_mark.line + 1
        self.faults.append(Fault(path, kind, facts, self.source))

    def data(self, node: Node, path: str = "", depth: int = 0) -> Any:
        self.values += 1
        if self.values > MAX_VALUES:
            return None
        if depth > MAX_DEPTH:
            self.fault(path, "too_deep")
            return None
        if str(node.tag) not in _TAGS:
            self.fault(path, "tag", node, tag=str(node.tag))
            return None
        if isinstance(node, ScalarNode):
            return scalar(node.value) if node.style is None else node.value
        if isinstance(node, SequenceNode):
            return [self.data(n, _item_path(path, i, n), depth + 1) for i, n in enumerate(node.value, 1)]
        return self.mapping(node, path, depth)

    def mapping(self, node: MappingNode, path: str, depth: int) -> dict:
        out: dict = {}
        for key_node, value_node in node.value:
            key = self.data(key_node, path, depth + 1)
            if not isinstance(key, (str, int)) or isinstance(key, bool):
                self.fault(path, "key_not_text", key_node)
                continue
            where = f"{path}.{key}" if path else str(key)
            if key in out:
                self.fault(where, "duplicate_key", key_node, key=key)
            out[key] = self.data(value_node, where, depth + 1)
        return out


def _item_path(path: str, position: int, node: Node) -> str:
    """Where a list's item stands, told by its id; by its position from 1 where it has none."""
    pairs = node.value if isinstance(node, MappingNode) else []
    name = next((v.value for k, v in pairs if k.value == "id" and isinstance(v, ScalarNode)), None)
    return f"{path}.{name}" if name else f"{path}[{position}]"


def read_yaml(text: str, source: str = "") -> tuple[Any, list[Fault]]:
    """Plain data of a YAML 1.2 text, and all faults of its writing (data is None where it cannot be parsed)."""
    size = len(text.encode("utf-8", "replace"))
    if size > MAX_BYTES:
        return None, [Fault("", "too_large", {"value": size, "limit": MAX_BYTES}, source)]
    yaml = YAML(typ="safe", pure=True)
    try:
        node = yaml.compose(io.StringIO(text.removeprefix("\ufeff")))
    except MarkedYAMLError as err:
        mark = err.problem_mark or err.context_mark
        facts = {"line": mark.line + 1 if mark else 1, "column": mark.column + 1 if mark else 1}
        problem = str(err.problem or err.context)
        return None, [Fault("", "syntax", {**facts, "problem": problem, "problem_id": in_indonesian(problem)}, source)]
    except RecursionError:
        return None, [Fault("", "too_deep", {}, source)]
    except (YAMLError, ValueError) as err:
        problem = str(err).splitlines()[0]
        return None, [Fault("", "unreadable", {"problem": problem, "problem_id": in_indonesian(problem)}, source)]
    reader = _Reader(source)
    data = reader.data(node) if node is not None else None
    if reader.values > MAX_VALUES:
        return None, [Fault("", "expands", {"limit": MAX_VALUES}, source)]
    return data, reader.faults


def write_yaml(data: Any) -> str:
    """YAML 1.2 text of plain data, keys in their order; read_yaml gives the same data back."""
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.sort_base_mapping_type_on_output = False
    yaml.width = 120
    out = io.StringIO()
    yaml.dump(data, out)
    return out.getvalue()
