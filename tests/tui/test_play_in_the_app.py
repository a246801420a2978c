from rnn_tui.scene import Position
from rnn_tui.tui.screen.playing import SECONDS
from tests.tui.screens import act, text


async def test_it_starts_paused(opened, clock):
    async with opened(clock=clock) as pilot:
        assert not pilot.app.first.player.playing


async def test_space_plays_phase_by_phase(opened, clock):
    async with opened(clock=clock, keys="space") as pilot:
        places = []
        for _ in range(7):
            clock.tick()
            places.append(pilot.app.first.state.position)

    assert places == [Position(*divmod(n, 5)) for n in range(1, 8)]


async def test_space_pauses_again(opened, clock):
    async with opened(clock=clock, keys="space space") as pilot:
        clock.tick()

        assert not pilot.app.first.player.playing
        assert pilot.app.first.state.position == Position(0, 0)


async def test_it_stops_at_the_end(opened, clock):
    async with opened(clock=clock, at=(2, 2), keys="space") as pilot:
        for _ in range(9):
            clock.tick()
        await pilot.pause()

        assert pilot.app.first.state.position == Position(2, 4)
        assert clock.running == []
        assert "space play" in text(pilot.app)


async def test_any_key_that_moves_through_time_pauses_it(opened, clock):
    async with opened(clock=clock) as pilot:
        for key in ("right", "left", "w", "b", "home", "end", "pagedown", "1", "3"):
            act(pilot.app.first, "phase", 2)
            act(pilot.app.first, "go_to", 2)
            await pilot.press("space", key)
            assert not pilot.app.first.player.playing, key


async def test_other_keys_let_it_play(opened, clock):
    async with opened(clock=clock, keys="space down t enter plus") as pilot:
        assert pilot.app.first.player.playing


async def test_plus_and_minus_change_the_speed_and_say_it(opened, clock):
    async with opened(clock=clock, keys="space plus", notifications=True) as pilot:
        faster = pilot.app.first.player.seconds
        assert [alarm.seconds for alarm in clock.running] == [faster]
        assert f"{faster:g} second a phase" in text(pilot.app)

        await pilot.press("minus", "minus")

        assert pilot.app.first.player.seconds > faster


async def test_at_the_fastest_faster_is_greyed(opened, clock):
    async with opened(clock=clock, keys="plus " * len(SECONDS)) as pilot:
        assert not pilot.app.first.able("faster")
        assert pilot.app.first.able("slower")


async def test_resizing_while_it_plays_is_fine(opened, clock):
    async with opened(clock=clock, keys="space") as pilot:
        for size in ((80, 24), (200, 60), (60, 18), (120, 36)):
            clock.tick()
            await pilot.resize_terminal(*size)
            await pilot.pause()

        assert pilot.app.first.player.playing
        assert pilot.app.first.state.position == Position(0, 4)


async def test_opening_something_else_stops_it(opened, clock):
    for keys in ("e", "m"):
        async with opened(clock=clock, keys=f"space {keys}") as pilot:
            assert not pilot.app.first.player.playing, keys


async def test_without_a_clock_of_ones_own_it_plays_on_textuals(opened, monkeypatch):
    monkeypatch.setattr("rnn_tui.tui.screen.playing.SECONDS", (0.01,) * len(SECONDS))
    async with opened(keys="space") as pilot:
        for _ in range(200):
            await pilot.pause(0.01)
            if not pilot.app.first.player.playing:
                break

        assert pilot.app.first.state.position == Position(2, 4)
