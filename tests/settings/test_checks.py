"""Every key of the settings: what fits, what does not, and that all mistakes are told at once."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
import yaml

from directory import phones
from directory.errors import SettingsError
from directory.model import Language
from directory.privacy.inventory import inventory
from directory.settings import Admin, Attested, Backups, Line, Notice, Sender, Settings, settings
from directory.settings.checking import KEYS
from directory.settings.colors import ENOUGH, dark_enough, on_white
from directory.settings.languages import codes, language_of, names
from directory.text.names import language_name

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 50
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


def of(home: Path, text: str) -> Settings:
    """The settings of a file; SettingsError where it does not fit."""
    (home / "settings.yml").write_text(text, encoding="utf-8")
    return settings(strict=True)


def refused(home: Path, text: str) -> str:
    """What is told of a file that does not fit."""
    with pytest.raises(SettingsError) as caught:
        of(home, text)
    return str(caught.value)


def test_every_setting_has_a_check() -> None:
    assert set(KEYS) == {field.name for field in fields(Settings)} - {"invented", "mended"}


@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        ("clinic: “Roble  Health”", "clinic", "Roble Health"),
        ("short_name: Roble Health", "short_name", "Roble Health"),
        ("short_name: El Niño (ñ à Ü)", "short_name", "El Niño (ñ à Ü)"),
        ("short_name: 12345678901234567890", "short_name", None),
        ('short_name: "12345678901234567890"', "short_name", "12345678901234567890"),
        ('phone: "(209) 555-0140 ext. 2"', "phone", "(209) 555-0140 ext. 2"),
        ("phone: +1 209 555 0140", "phone", "+1 209 555 0140"),
        ("hours: Mon-Fri 8am-5pm; Sat 9am-1pm", "hours", "Mon-Fri 8am-5pm; Sat 9am-1pm"),
        ("hours: 24/7", "hours", "24/7"),
        ("hours: lunes a viernes 8am a 5pm", "hours", "lunes a viernes 8am a 5pm"),
        (
            "closed_on: [2026-12-25, '2027-01-01', 2026-12-25]",
            "closed_on",
            (date(2026, 12, 25), date(2027, 1, 1)),
        ),
        ("closed_on: 2026-12-25", "closed_on", (date(2026, 12, 25),)),
        ("address: 120 Oak Street, Modesto, CA 95354", "address", "120 Oak Street, Modesto, CA 95354"),
        ("address: 120 Oak Street, Modesto", "address", "120 Oak Street, Modesto"),
        ("address: 1 Main St Bakersfield CA", "address", "1 Main St Bakersfield CA"),
        ("address: 9 Elm, Orange, CA", "address", "9 Elm, Orange, CA"),  # a city and a county: both are in California
        ("counties: [kern county, LOS ANGELES]", "counties", ("Kern", "Los Angeles")),
        ("counties: Kern, Kings", "counties", ("Kern", "Kings")),
        ("plans: [kaiser, Health Net]", "plans", ("kaiser", "health_net")),
        ("languages: [en, Spanish, mixteco, jemer, ASL]", "languages", ("en", "es", "mix", "km", "ase")),
        (
            "crisis_line: {name: Valley, phone: 209-555-0141, hours: 24/7}",
            "crisis_line",
            Line("Valley", "209-555-0141", "24/7"),
        ),
        ("on_call: {name: Nurse, phone: 209-555-0141, hours: }", "on_call", Line("Nurse", "209-555-0141")),
        ('color: "#1B5E78"', "color", "#1b5e78"),
        ("color: 1b5e78", "color", "#1b5e78"),
        ("language_help: {en: Ask us., es: Pida.}", "language_help", Notice("Ask us.", "Pida.")),
        (
            "nondiscrimination: {en: A, es: B, url: 'https://a.example.org/b?c=1'}",
            "nondiscrimination",
            Notice("A", "B", "https://a.example.org/b?c=1"),
        ),
        ("retention: {conversations: 14}", "retention", {"conversations": 14}),
        ("public_address: https://puente.example.org", "public_address", "https://puente.example.org"),
        ("admin: {name: Ana Luna, email: ana@example.org}", "admin", Admin("Ana Luna", "ana@example.org")),
        ("backups: {folder: /mnt/usb, encrypted: true}", "backups", Backups("/mnt/usb", True)),
        (
            "sms: {account: AC1, from: 209-555-0150, attested: {baa: 2026-10-01}}",
            "sms",
            Sender("AC1", "+12095550150", Attested(baa=date(2026, 10, 1))),
        ),
        ("clinic: null", "clinic", None),
    ],
)
def test_what_fits_is_taken(home: Path, text: str, key: str, expected: object) -> None:
    if expected is None and not text.endswith("null"):
        assert f"`{key}`" in refused(home, text)
    else:
        assert getattr(of(home, text), key) == expected


@pytest.mark.parametrize(
    ("text", "key", "said"),
    [
        ("clinic: ''", "clinic", "says nothing"),
        ("clinic: [a]", "clinic", "text in quotes"),
        ("clinic: " + "x" * 81, "clinic", "81 letters; 80 are the most"),
        ('clinic: "a\\u202eb"', "clinic", "cannot be seen"),
        ("short_name: 123456789012345678901x", "short_name", "22 letters; 20 are the most"),
        ("short_name: Clínica", "short_name", "holds í"),
        ("short_name: Roble €", "short_name", "holds €"),
        ("phone: 2095550140", "phone", "in quotes"),
        ("phone: 555-0140", "phone", "area code"),
        ("phone: 209-555-0140 or 209-555-0141", "phone", "one phone number"),
        ("hours: whenever", "hours", '"Mon-Fri 8am-5pm; Sat 9am-1pm"'),
        ("hours: 9", "hours", "Write it so"),
        ("closed_on: [Christmas]", "closed_on", "2026-11-26"),
        ("closed_on: [1926-12-25]", "closed_on", "Correct the year"),
        ("closed_on: {a: b}", "closed_on", "must be a list"),
        ("address: 12 Oak Street, Reno, NV 89501", "address", "no place in California"),
        ("address: behind the church", "address", "95354"),
        ("counties: [Stanislas]", "counties", "did you mean Stanislaus?"),
        ("plans: [heath_net]", "plans", "did you mean health_net?"),
        ("languages: [Engish]", "languages", "did you mean English?"),
        ("languages: [no]", "languages", "False"),
        ("crisis_line: {name: Valley}", "crisis_line", "lacks `phone`"),
        ("crisis_line: {name: V, phone: 209-555-0141, hour: 1}", "crisis_line.hour", "Known there: name, phone, hours"),
        ("crisis_line: 209-555-0141", "crisis_line", "must hold name, phone, hours"),
        ("on_call: {name: N, phone: nobody}", "on_call.phone", "area code"),
        ('color: "#ffaa00"', "color", "1.9:1"),
        ("color: greenish", "color", "#1b5e78"),
        ("language_help: {en: A}", "language_help", "lacks `es`"),
        ("language_help: {en: A, es: B, url: http://a.example.org}", "language_help.url", "https://"),
        ("retention: {conversations: 0}", "retention.conversations", "from 1 to 90"),
        ("retention: {conversations: true}", "retention.conversations", "whole number"),
        ("retention: {opt_outs: 3}", "retention.opt_outs", "not known"),
        ("public_address: http://puente.example.org", "public_address", "https://"),
        ("public_address: https://user@puente.example.org", "public_address", "https://"),
        ("admin: {email: a@example.org}", "admin", "lacks `name`"),
        ("admin: {name: Ana, email: ana at example.org}", "admin.email", "ana@example.org"),
        ("sms: {account: AC1, from: 2095550150}", "sms.from", "in quotes"),
        ("clnic: x", "clnic", "did you mean clinic?"),
        ("demo: yes please", "demo", "true or false"),
        ("1: x", "1", "no setting"),
    ],
)
def test_what_does_not_fit_is_told_with_what_would(home: Path, text: str, key: str, said: str) -> None:
    told = refused(home, text)
    assert f"`{key}`" in told and said in told and str(home / "settings.yml") in told
    assert "puente setup" in told


def test_all_mistakes_are_told_at_once(home: Path) -> None:
    told = refused(
        home,
        "clnic: x\nhours: whenever\ncounties: [Kern, Stanislas, Nowhere]\nretention: {conversations: 0, logs: 0}\n"
        "admin: {email: x}\n",
    )
    named = [line.split("`")[1] for line in told.splitlines() if line.startswith("  - ")]
    assert named == [
        "clnic", "hours", "counties", "counties", "retention.conversations", "retention.logs", "admin", "admin.email",
    ]  # fmt: skip
    assert "has 8 mistakes" in told


def test_a_number_that_does_not_fit_is_not_repeated(home: Path) -> None:
    told = refused(home, "phone: 209-555-01400\non_call: {name: N, phone: 559-555-01}\n")
    assert not phones.parse(told.replace("209-555-0140", "")) and "559" not in told


def test_bounds_are_those_of_the_inventory(home: Path) -> None:
    timed = [kept for kept in inventory().values() if kept.least is not None]
    assert len(timed) > 3
    for kept in timed:
        assert of(home, f"retention: {{{kept.id}: {kept.least}}}").retention == {kept.id: kept.least}
        assert f"from {kept.least} to {kept.most}" in refused(home, f"retention: {{{kept.id}: {(kept.most or 0) + 1}}}")


# The logo


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("logo.png", PNG, None),
        ("logo.jpg", b"\xff\xd8\xff" + b"0" * 50, None),
        ("logo.svg", SVG.format('<use href="#a"/><style>a { fill: url(#b) }</style>').encode(), None),
        ("logo.svg", SVG.format('<image href="data:image/png;base64,AAAA"/>').encode(), None),
        ("logo.png", PNG + b"0" * 200 * 1024, "200 KB"),
        ("logo.png", b"<html>", "no PNG picture inside"),
        ("logo.gif", b"GIF89a", ".png, .svg or .jpg"),
        ("logo.svg", b"not xml", "no SVG picture"),
        ("logo.svg", b"<html/>", "no SVG picture"),
        ("logo.svg", SVG.format("<script>1</script>").encode(), "script or a link"),
        ("logo.svg", SVG.format('<g onload="x()"/>').encode(), "script or a link"),
        ("logo.svg", SVG.format('<image xlink:href="https://a.example.org/b.png"/>').encode(), "script or a link"),
        ("logo.svg", SVG.format('<a href="javascript:x()"/>').encode(), "script or a link"),
        ("logo.svg", SVG.format('<style>@import "https://a.example.org";</style>').encode(), "script or a link"),
        ("logo.svg", SVG.format('<g style="fill: url(https://a.example.org)"/>').encode(), "script or a link"),
        ("logo.svg", SVG.format("<foreignObject/>").encode(), "script or a link"),
        ("logo.svg", SVG.format('<animate attributeName="href"/>').encode(), "script or a link"),
        ("logo.svg", b'<!DOCTYPE s [<!ENTITY a "b">]>' + SVG.format("&a;").encode(), "DOCTYPE"),
        ("logo.svg", SVG.format("<script>1</script>").encode("utf-16"), "definitions of its own"),
    ],
)
def test_a_logo_is_a_small_picture_that_does_nothing(home: Path, name: str, content: bytes, said: str | None) -> None:
    (home / name).write_bytes(content)
    if said is None:
        assert of(home, f"logo: {name}").logo == name
    else:
        assert said in refused(home, f"logo: {name}")


@pytest.mark.parametrize("name", ["gone.png", "../logo.png", "/etc/logo.png", "folder.png", "away.png"])
def test_a_logo_lies_in_the_folder(home: Path, name: str) -> None:
    (home.parent / "logo.png").write_bytes(PNG)
    (home / "folder.png").mkdir()
    (home / "away.png").symlink_to(home.parent / "logo.png")
    assert "`logo`" in refused(home, f"logo: {name}")


# Colors and languages


@pytest.mark.parametrize(
    ("color", "ratio"), [("#ffffff", 1.0), ("#000000", 21.0), ("#777777", 4.48), ("#767676", 4.54), ("#ff0000", 4.0)]
)
def test_contrast_is_that_of_wcag(color: str, ratio: float) -> None:
    assert on_white(color) == pytest.approx(ratio, abs=0.005)
    assert on_white(dark_enough(color)) >= ENOUGH
    assert (dark_enough(color) == color) == (ratio >= ENOUGH)


def test_languages_are_called_as_everywhere_else() -> None:
    for code in codes():
        for spoken in Language:
            assert names(spoken.value)[code] == language_name(code, spoken)
            assert language_of(names(spoken.value)[code]) == code


# What is no settings file at all


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"clinic: A\nphone: x\nclinic: B\n", "line 3: the key 'clinic' stands twice"),
        (b"admin:\n  name: A\n  name: B\n", "line 3: the key 'name' stands twice"),
        (b"clinic: &a [x]\nphone: *a\n", "used twice"),
        (b"a: &a [" + b"x," * 9 + b"]\n" + b"".join(b"b%d: [*a, *a]\n" % n for n in range(30)), "used twice"),
        (b"<<: {clinic: A}\n", "<<"),
        (b"[" * 3000 + b"]" * 3000, "nested deeper"),
        (b"clinic: [", "line 1"),
        (b"clinic: 'A\nphone: x\n", "a quote is opened and not closed"),
        (b"clinic Roble\nphone: x\n", "the line above lacks its colon"),
        (b"\tclinic: A\n", "line 1"),
        (b"- a\n", "must hold lines such as"),
        (b"Roble Health", "must hold lines such as"),
        (b"clinic: Cl\xednica\n", "line 1: a letter there is no UTF-8"),
        ("clinic: A\n".encode("utf-16"), "UTF-16"),
        (b"\0" * 50, "power cut"),
        (b"clinic: " + b"x" * 300_000, "larger than 256 KB"),
        (b"closed_on: [2026-02-30]\n", "the calendar has no such day"),
        (b"clinic: !!python/object:os.system x\n", "could not determine a constructor"),
        (b"clinic: A\n---\nclinic: B\n", "expected a single document"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_cannot_be_taken_apart_is_one_sentence_with_its_line(home: Path, content: bytes, said: str) -> None:
    (home / "settings.yml").write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        settings(strict=True)
    assert said in str(caught.value) and "settings.yml" in str(caught.value) and len(str(caught.value)) < 600


@pytest.mark.parametrize("content", [b"\xef\xbb\xbfclinic: A\r\n", b"# only words\nclinic: A", b"clinic: A\n...\n"])
def test_what_an_editor_does_to_a_file_does_not_matter(home: Path, content: bytes) -> None:
    (home / "settings.yml").write_bytes(content)
    assert settings(strict=True).clinic == "A"


def test_a_folder_in_its_place_is_told(home: Path) -> None:
    (home / "settings.yml").mkdir()
    with pytest.raises(SettingsError, match="no ordinary file"):
        settings(strict=True)


def test_every_example_of_the_questions_fits(home: Path) -> None:
    from directory.setup.questions import questions

    (home / "logo.png").write_bytes(PNG)
    for key, question in questions().items():
        assert getattr(of(home, yaml.safe_dump({key: question.example})), key) is not None
