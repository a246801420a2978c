"""A number on the screen typed over: the value is held at the word that is read now."""

from __future__ import annotations

from rnn_tui.edits import Hold, Lane, Silence, lane_of
from rnn_tui.edits.parts import finite
from rnn_tui.network.errors import UserError
from rnn_tui.pictures.holding import figure, is_share, name_at_work, names_to_hold
from rnn_tui.pictures.naming import value_head
from rnn_tui.pictures.view import View
from rnn_tui.scene import Scene
from rnn_tui.text import LONGEST_WORD, clipped, printable, quoted
from rnn_tui.tui.dialogs.hold import Over, TypeOverScreen
from rnn_tui.tui.screen.keys import Ask
from rnn_tui.tui.walking.computed import Computed
from rnn_tui.tui.walking.whatif import Walk, edited, view_of, with_hold, without_hold


def type_over(name: str | None = None, unit: int | None = None) -> Ask[Scene, Computed]:
    """Ask for a number in place of a value: the one of a name, or the one at work; of a unit, or the picked one."""

    def at_unit(shown: Walk) -> Walk:
        here = unit is None or unit == shown.state.unit
        return shown if here else shown._replace(state=shown.state.with_unit(unit))

    def dialog(shown: Walk) -> TypeOverScreen:
        shown = at_unit(shown)
        view = view_of(shown)
        names = names_to_hold(view)
        first = names.index(name if name in names else name_at_work(view))
        return TypeOverScreen([_over(shown, view, each) for each in names], first)

    def answer(shown: Walk, typed: tuple[int, str]) -> Scene:
        index, text = typed
        shown = at_unit(shown)
        view = view_of(shown)
        hold = _hold(view, names_to_hold(view)[index], text or "0")
        edits = shown.state.edits
        return edited(shown.state, with_hold(edits, hold) if text.strip() else without_hold(edits, hold))

    return Ask(dialog, answer, lambda shown: shown.state.what_if)


def _over(shown: Walk, view: View, name: str) -> Over:
    """A value as it can be typed over."""
    unit = clipped(view.model.unit_name(view.unit), LONGEST_WORD)
    word, value = view.trace.tokens[view.t].surface, figure(view, name)
    what = f"{name}[{view.unit + 1}]" if view.scene.notation else f"the {_called(view, name)} of {unit}"
    title = f"Hold {what} at {view.model.tokenizer.unit} {view.t + 1}, {quoted(clipped(word, LONGEST_WORD))}, at"
    note = "type a number; all that comes after follows from it"
    if not value:
        note = f"it isn't computed yet at this {view.model.tokenizer.unit}; the number that you type comes out of it"
    if view.holds(name, view.unit):
        note += " (an empty line lets the value go)"
    return Over(title, note, value, lambda text: _fault(shown, view, name, text))


def _called(view: View, name: str) -> str:
    """A value as a sentence calls it: "memory", "keep gate", "new value"."""
    gate = next((gate for gate in view.model.cell.gates if gate.letter == name), None)
    return value_head(view, name) + ("" if gate is None else " value" if gate.signed else " gate")


def _fault(shown: Walk, view: View, name: str, text: str) -> str:
    """Say what is wrong with a number for a value; nothing where it can be held, or let go."""
    if not text.strip():
        return "" if view.holds(name, view.unit) else "type a number, such as 0.5, or go back with esc"
    if Silence(view.unit, _lane(view)) in shown.state.edits:
        unit = clipped(view.model.unit_name(view.unit), LONGEST_WORD)
        return f"{unit} is silenced, so nothing of it can be held; go back with esc, and o lets it speak again"
    try:
        hold = _hold(view, name, text)
        shown.computed.traces.trace(edited(shown.state, with_hold(shown.state.edits, hold)).reading)
    except UserError as error:
        return printable(str(error))
    except ValueError as error:
        return f"{printable(str(error))}; type one such as {'50%' if is_share(view, name) else '0.5'}"
    if is_share(view, name) and not 0 <= hold.value <= 1:
        return f"a gate goes from 0% to 100%, so type from 0 to 1, or a number with %, not {printable(text.strip())}"
    return ""


def _hold(view: View, name: str, text: str) -> Hold:
    """The edit that holds a value at what was typed; raises ValueError where that is no number."""
    typed = text.strip()
    share = is_share(view, name) and typed.endswith("%")
    value = finite(typed.removesuffix("%")) / 100 if share else finite(typed)
    return Hold(name, view.unit, value, view.t, _lane(view))


def _lane(view: View) -> Lane:
    """The lane that is shown."""
    return lane_of(view.model.floor) or Lane()
