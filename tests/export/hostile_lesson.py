"""A lesson in which every text that somebody can write is markup."""

from __future__ import annotations

from dataclasses import replace

from rnn_tui.lessons.checking import faults_of
from rnn_tui.network.storage import save
from tests.builders import build

HOSTILE = "</script><img src=x onerror=alert(1)>"


def hostile_lesson(folder):
    """The lesson, whose network lies in the folder; of its faults none but that HTML isn't shown."""
    model = build(labels=(HOSTILE, "b"), unit_names=(HOSTILE, "b", "c"), inputs="embedding")
    save(replace(model, title=HOSTILE, summary=HOSTILE), folder / "own.safetensors")
    text = (
        f"---\ntitle: {HOSTILE}\nminutes: 3\nfor: {HOSTILE}\n---\n"
        f"```scene\n-m ./own.safetensors -s 'the {HOSTILE}' --lens recency\n```\n"
        f"`{HOSTILE}` {{unit_names[0]}}\n\n"
        "```question\nlargest steps[1].h[0] steps[1].h[1]\n"
        f"ask: `{HOSTILE}`?\nchoice: `{HOSTILE}`\nchoice: b\n```\n\nSo {{prediction.label}}.\n"
    )
    lesson, faults = faults_of(text, folder / "mine.md")
    assert not [fault for fault in faults if "HTML" not in fault.said]
    return lesson
