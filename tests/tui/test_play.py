import pytest

from rnn_tui.tui.screen.playing import NORMAL, SECONDS, Player


@pytest.fixture
def rung():
    return []


@pytest.fixture
def player(clock, rung):
    return Player(clock, lambda: rung.append("tick"))


def test_it_starts_paused(player, clock):
    assert not player.playing
    assert clock.alarms == []


def test_it_rings_while_it_plays(player, clock, rung):
    player.start()
    clock.tick()
    clock.tick()

    assert player.playing
    assert rung == ["tick", "tick"]


def test_it_is_silent_once_it_is_stopped(player, clock, rung):
    player.start()
    player.stop()
    clock.tick()

    assert not player.playing
    assert rung == []


def test_starting_twice_rings_once(player, clock, rung):
    player.start()
    player.start()
    clock.tick()

    assert rung == ["tick"]


def test_a_change_of_speed_takes_effect_at_once(player, clock):
    player.start()
    player.change_speed(1)

    assert [alarm.seconds for alarm in clock.running] == [SECONDS[NORMAL + 1]]
    assert player.seconds == SECONDS[NORMAL + 1]


def test_a_change_of_speed_does_not_start_it(player, clock):
    player.change_speed(1)

    assert not player.playing
    assert clock.alarms == []


@pytest.mark.parametrize(("by", "end"), [(1, len(SECONDS) - 1), (-1, 0)])
def test_the_speed_goes_as_far_as_it_goes(player, by, end):
    for _ in SECONDS:
        player.change_speed(by)

    assert player.speed == end
    assert not player.can_change(by)
    assert player.can_change(-by)


def test_faster_is_fewer_seconds():
    assert list(SECONDS) == sorted(SECONDS, reverse=True)
