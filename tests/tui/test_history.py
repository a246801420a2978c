from rnn_tui.scene import Position, Scene
from rnn_tui.tui.history import History

ONE, TWO, THREE = (Scene("m", text) for text in ("one", "two", "three"))


def test_it_starts_with_one_scene_and_nothing_to_undo():
    history = History((ONE,))

    assert history.current == ONE
    assert not history.can_undo
    assert not history.can_redo


def test_undo_goes_back_and_redo_forward():
    history = History((ONE,)).pushed(TWO).pushed(THREE)

    back = history.undone()

    assert [history.current, back.current, back.undone().current, back.redone().current] == [THREE, TWO, ONE, THREE]
    assert back.can_undo
    assert back.can_redo


def test_it_stops_at_both_ends():
    history = History((ONE,)).pushed(TWO)

    assert history.redone() == history
    assert history.undone().undone() == history.undone()


def test_a_move_replaces_the_scene_and_is_not_undone():
    moved = TWO.at(Position(1, 2))

    history = History((ONE,)).pushed(TWO).replaced(moved)

    assert history.current == moved
    assert history.undone().current == ONE
    assert history.undone().redone().current == moved


def test_what_could_have_been_redone_is_gone_after_something_new():
    history = History((ONE,)).pushed(TWO).undone().pushed(THREE)

    assert history.scenes == (ONE, THREE)
    assert not history.can_redo


def test_moving_keeps_what_can_be_redone():
    history = History((ONE,)).pushed(TWO).undone().replaced(ONE.at(Position(2, 0)))

    assert history.can_redo
    assert history.redone().current == TWO
