"""Values of a widget that no browser would send."""

from __future__ import annotations

from streamlit.proto.WidgetStates_pb2 import WidgetState


def wrong(widget: str) -> dict[str, WidgetState]:
    """A value of every type there is, by its name: most are wrong for any one widget."""
    made = {
        "trigger": WidgetState(id=widget, trigger_value=True),
        "bool": WidgetState(id=widget, bool_value=True),
        "double": WidgetState(id=widget, double_value=1.5),
        "int": WidgetState(id=widget, int_value=-7),
        "string": WidgetState(id=widget, string_value="x\0y"),
        "json": WidgetState(id=widget, json_value='{"a": ['),
        "bytes": WidgetState(id=widget, bytes_value=b"\xff\x00"),
        "none": WidgetState(id=widget),
    }
    for name, value in (("double_array", 1e308), ("int_array", -1), ("string_array", "nonsense")):
        state = WidgetState(id=widget)
        getattr(state, f"{name}_value").data.append(value)
        made[name] = state
    made["chat"] = WidgetState(id=widget)
    made["chat"].chat_input_value.data = "said"
    return made
