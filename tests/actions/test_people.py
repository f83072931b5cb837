from __future__ import annotations

from pathlib import Path

from directory import store
from tests.actions.conftest import NOW, Stage


def test_nobody_is_given_the_phone_of_an_invented_clinic_beside_real_places(stage: Stage) -> None:
    (message,) = stage.say("talk_to_human")
    assert "Demo" not in message["text"] and not message["custom"]["demo"]
    assert message["custom"]["phones"] == ["211"]


def test_the_clinic_of_the_demo_says_that_it_is_invented(home: Path, stage: Stage) -> None:
    (home / "directory.db").unlink()
    source = store.SourceRecord("demo", "An invented list", demo=True)
    store.write_directory(home / "directory.db", records=(), sources=[source], publication="made-2", published_at=NOW)
    (english,) = stage.say("talk_to_human")
    (spanish,) = stage.say("talk_to_human", language="es")
    assert "Puente Demo Clinic: 209-555-0100" in english["text"] and "invented" in english["text"]
    assert "inventado" in spanish["text"]
    assert english["custom"]["demo"] and spanish["custom"]["demo"]
