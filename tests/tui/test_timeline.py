from rnn_tui.scene import Position, Reading, Scene
from rnn_tui.tui.screen.timeline import Timeline

ONE, TWO, THREE = (Scene(Reading("m", text)) for text in ("one", "two", "three"))


def test_it_starts_with_one_scene_and_nothing_to_undo():
    timeline = Timeline((ONE,))

    assert timeline.current == ONE
    assert not timeline.can_undo
    assert not timeline.can_redo


def test_undo_goes_back_and_redo_forward():
    timeline = Timeline((ONE,)).pushed(TWO).pushed(THREE)

    back = timeline.undone()

    assert [timeline.current, back.current, back.undone().current, back.redone().current] == [THREE, TWO, ONE, THREE]
    assert back.can_undo
    assert back.can_redo


def test_it_stops_at_both_ends():
    timeline = Timeline((ONE,)).pushed(TWO)

    assert timeline.redone() == timeline
    assert timeline.undone().undone() == timeline.undone()


def test_a_move_replaces_the_scene_and_is_not_undone():
    moved = TWO.at(Position(1, 2))

    timeline = Timeline((ONE,)).pushed(TWO).replaced(moved)

    assert timeline.current == moved
    assert timeline.undone().current == ONE
    assert timeline.undone().redone().current == moved


def test_what_could_have_been_redone_is_gone_after_something_new():
    timeline = Timeline((ONE,)).pushed(TWO).undone().pushed(THREE)

    assert timeline.states == (ONE, THREE)
    assert not timeline.can_redo


def test_moving_keeps_what_can_be_redone():
    timeline = Timeline((ONE,)).pushed(TWO).undone().replaced(ONE.at(Position(2, 0)))

    assert timeline.can_redo
    assert timeline.redone().current == TWO
