"""`puente source new` and the commands beside it, run as commands, on lists of many kinds."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from directory.cli import main
from directory.errors import UnreadableList
from directory.model import Listing
from directory.sync.normalize import Draft, normalize
from directory.sync.parse import rows
from directory.sync.propose.columns import Role
from directory.sync.propose.proposal import propose, slug
from directory.sync.propose.screen import to_text
from directory.sync.propose.services import LEAVE_OUT, read
from directory.sync.propose.trying import source_of
from directory.sync.propose.write import as_yaml
from directory.sync.source import Source, load

from .test_template import TODAY, filled
from .variants import CELLS, VARIANTS

DEMO = Path(__file__).parents[2] / "directory" / "demo"
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`puente source ...` in a home of its own."""
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    return lambda *arguments: CliRunner().invoke(main, ["source", *map(str, arguments)])


def a_list(folder: Path, variant: str = "roster", name: str = "roster_2026-11-05.csv", **other: str) -> Path:
    """A list of that variant as CSV; `other`: heading -> the heading it has now."""
    columns = [(other.get(heading, heading), CELLS[cells]) for heading, cells, _ in VARIANTS[variant]]
    lines = [[heading for heading, _ in columns], *zip(*(cells for _, cells in columns), strict=True)]
    path = folder / name
    path.write_text("\n".join(",".join(f'"{cell}"' for cell in line) for line in lines) + "\n", encoding="utf-8")
    return path


def test_without_a_terminal_it_asks_nothing_and_says_so(run: Run, tmp_path: Path) -> None:
    result = run("new", a_list(tmp_path))
    assert result.exit_code == 0, result.output
    assert "This is no terminal, so nothing was asked" in result.output
    assert "column 'Notes'" in result.output and "Of 6 rows" in result.output
    source = load("roster")
    assert source.columns["phones"].parts[0].path == "Referral Phone"
    assert source.as_of is not None and source.as_of.isoformat() == "2026-11-05"
    assert "Notes" in source.known - source.required


def test_one_that_exists_is_not_written_over(run: Run, tmp_path: Path) -> None:
    path = a_list(tmp_path)
    assert run("new", path, "--yes").exit_code == 0
    saved = (tmp_path / "sources" / "roster.yml").read_bytes()
    refused = run("new", path, "--yes", "--title", "Another")
    assert refused.exit_code == 1 and "--replace" in refused.output
    assert (tmp_path / "sources" / "roster.yml").read_bytes() == saved
    assert run("new", path, "--yes", "--title", "Another", "--replace").exit_code == 0
    assert load("roster").title == "Another"


def test_a_dry_run_saves_nothing(run: Run, tmp_path: Path) -> None:
    result = run("new", a_list(tmp_path), "--yes", "--dry-run", "--json")
    assert result.exit_code == 0 and json.loads(result.output)["saved"] is None
    assert not (tmp_path / "sources").exists()


def test_what_is_said_on_the_command_line_is_taken(run: Run, tmp_path: Path) -> None:
    path = a_list(tmp_path, "no_names", "list.csv")
    assert "no column is surely the name of a place" in run("new", path, "--yes").output
    said = [f"--column={field}={heading}" for field, heading in (("organization", "Column A"), ("phones", "Column B"))]
    assert run("new", path, "--yes", *said, "--column", "programs=Column F", "--plan", "Health Net").exit_code == 0
    source = load("list")
    assert (source.plan, source.columns["phones"].parts[0].path) == ("health_net", "Column B")
    assert source.columns["programs"].words["calfresh"] == ("calfresh",)


def test_a_list_of_patients_is_refused_unread(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "return_file.csv"
    path.write_text("MCP Name,Member Last Name,Member Client Index Number (CIN),ECM Provider Name\nx,Roe,9,y\n")
    result = run("new", path, "--yes")
    assert result.exit_code == 1 and "list of patients" in result.output and "Roe" not in result.output
    assert not (tmp_path / "sources").exists()


def test_no_example_is_taken_from_a_confidential_row(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "Agency,Service,Address,City,Keep address private?\n"
        "Lark House,Shelter,77 Hidden Way,Merced,yes\nHeron Domestic Violence Shelter,Shelter,88 Secret Ct,Ceres,\n"
        "Open Door,Food bank,12 Kite Row,Modesto,\n"
    )
    result = run("new", path, "--yes")
    assert "Kite Row" in result.output
    assert not [word for word in ("Hidden", "Secret", "Merced", "Ceres") if word in result.output]


# Next month


def test_next_month_a_renamed_column_is_accepted_by_name(run: Run, tmp_path: Path) -> None:
    assert run("new", a_list(tmp_path), "--yes").exit_code == 0
    again = a_list(tmp_path, name="december.csv", **{"Referral Phone": "Intake phone line"})
    stopped = run("which", again)
    assert stopped.exit_code == 1 and '"Referral Phone" seems now to be called "Intake phone line"' in stopped.output
    assert run("accept", "roster", "--heading", "Referral Phone=Intake phone line").exit_code == 0
    assert "is the list roster" in run("which", again).output
    assert "is the list roster" in run("which", a_list(tmp_path, name="again.csv")).output
    checked = run("check", "roster", "--file", again, "--json")
    before = run("check", "roster", "--file", a_list(tmp_path, name="again.csv"), "--json")
    assert json.loads(checked.output) == json.loads(before.output)


def sync(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["sync", *map(str, arguments)])


def test_a_list_without_its_name_is_known_and_read_under_its_new_headings(run: Run, tmp_path: Path) -> None:
    assert run("new", a_list(tmp_path), "--yes").exit_code == 0
    first = json.loads(sync("--file", a_list(tmp_path), "--json").output)
    assert (first["source"], first["added"] > 0) == ("roster", True)
    again = a_list(tmp_path, name="december.csv", **{"Referral Phone": "Intake phone line", "Notes": "Remarks"})
    assert sync("--file", again).exit_code == 1
    assert run("accept", "roster", "--heading", "Referral Phone=Intake phone line").exit_code == 0
    report = json.loads(sync("--file", again, "--json").output)
    assert (report["drafts"], report["added"], report["changed"], report["gone"]) == (first["drafts"], 0, 0, 0)
    assert [item["examples"][0]["value"] for item in report["problems"] if item["code"] == "new_column"] == ["Remarks"]


def test_our_own_workbook_is_read_without_a_source_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "binder.xlsx"
    assert run("template", "--output", path).exit_code == 0
    assert run("template", "--output", path).exit_code == 1
    place = {
        "Organization": "Heron House",
        "Kind of help": "Comida",
        "Counties served": "Fresno",
        "Phone": "2095550111",
    }
    path.write_bytes(filled(path.read_bytes(), place))
    report = json.loads(sync("--file", path, "--as", "binder", "--json").output)
    assert (report["source"], report["drafts"]) == ("binder", 1)


def test_a_shipped_source_is_copied_before_it_is_changed(run: Run, tmp_path: Path) -> None:
    result = run("accept", "demo_plan_roster", "--heading", "Phone=Main phone", "--ignore", "Budget", "--gone", "Email")
    assert result.exit_code == 0, result.output
    source = load("demo_plan_roster")
    assert source.also == {"Phone": ("Main phone",)} and "Budget" in source.known and "Email" not in source.required
    assert source.file is not None and source.file.exists()
    assert (tmp_path / "sources" / "demo_plan_roster.yml").exists()


@pytest.mark.parametrize("said", [("--heading", "Fax=Facsimile"), ("--heading", "Phone"), ("--gone", "Nothing"), ()])
def test_what_cannot_be_accepted_changes_nothing(run: Run, tmp_path: Path, said: tuple[str, ...]) -> None:
    assert run("accept", "demo_plan_roster", *said).exit_code != 0
    assert not (tmp_path / "sources").exists()


def test_two_lists_alike_have_to_be_named(run: Run, tmp_path: Path) -> None:
    path = a_list(tmp_path)
    assert run("new", path, "--yes").exit_code == run("new", path, "--yes", "--id", "other").exit_code == 0
    result = run("which", path)
    assert result.exit_code == 1 and "has the columns of several lists: other, roster" in result.output


def test_a_list_is_taken_out_and_its_rows_end(run: Run, tmp_path: Path) -> None:
    path = a_list(tmp_path)
    assert run("new", path, "--yes").exit_code == 0
    CliRunner().invoke(main, ["sync", "roster", "--file", str(path)])
    before = {item["id"]: item["shown"] for item in json.loads(run("list", "--json").output)}
    assert before["roster"] > 0
    assert "to do it" in run("remove", "roster").output.casefold()
    assert json.loads(run("remove", "roster", "--dry-run", "--json").output)["places"] == before["roster"]
    assert run("remove", "roster", "--yes", "--with-file").exit_code == 0
    assert "roster" not in {item["id"] for item in json.loads(run("list", "--json").output)}
    assert run("remove", "roster", "--yes").exit_code == 1


def test_what_was_entered_by_hand_is_no_list_to_take_out(run: Run) -> None:
    result = run("remove", "hand", "--yes")
    assert result.exit_code == 1 and "puente edit" in result.output


# The lists of the demo, described anew


def drafts(source: Source, data: bytes, name: str) -> list[Listing]:
    made = [normalize(row, source, identity=f"{row.line}", today=TODAY) for row in rows(data, source, name=name)]
    return [item.listing for item in made if isinstance(item, Draft)]


def told(listing: Listing, *without: str) -> dict[str, object]:
    left_out = {"id", "provenance", "as_of", "capacity_on", *without}
    return {name: value for name, value in vars(listing).items() if name not in left_out}


def test_the_demo_roster_described_anew_is_the_same(run: Run) -> None:
    data = (DEMO / "demo_plan_roster.csv").read_bytes()
    made = propose(data, "demo_plan_roster.csv")
    assert [item.heading for item in made.placed if item.role == Role.ASK] == []
    own, anew = (drafts(source, data, "x") for source in (load("demo_plan_roster"), source_of(made.id, as_yaml(made))))
    assert len(own) > 500 and [told(item) for item in anew] == [told(item) for item in own]


def test_the_demo_matrix_described_anew_asks_nothing(run: Run) -> None:
    data = (DEMO / "demo_partner_matrix.xlsx").read_bytes()
    made = propose(data, "demo_partner_matrix.xlsx")
    assert [item.heading for item in made.placed if item.role == Role.ASK] == []
    assert next(item.stands for item in made.placed if item.heading == "Hot meals") == ("food",)
    made = made.marked("Hot meals", "oaa_center_meals").marked("Housing help", "cs_housing_navigation")
    own, anew = (
        drafts(source, data, "x") for source in (load("demo_partner_matrix"), source_of(made.id, as_yaml(made)))
    )
    assert own and [told(item) for item in anew] == [told(item) for item in own]


def test_what_a_person_leaves_out_is_left_out(run: Run) -> None:
    data = (DEMO / "demo_plan_roster.csv").read_bytes()
    made = propose(data, "demo_plan_roster.csv").told("Pet grooming", LEAVE_OUT)
    text = as_yaml(made)
    assert '"pet grooming": leave_out:other_purpose' in text and "not placed" not in text


HSDS = {"id": "1", "name": "Bread", "status": "active", "organization": {"id": "2", "name": "Heron"}, "locations": []}


def test_a_format_that_brings_its_columns_asks_nothing(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "feed.json"
    path.write_text(json.dumps([HSDS]))
    result = run("new", path, "--yes")
    assert result.exit_code == 0 and "nothing to ask" in result.output, result.output
    assert load("feed").layout.kind == "hsds"


# The real fragments: what they are is for a person to say, and nothing of them is placed wrong


FRAGMENTS = {
    "12_chhs_ccl_facility.csv": {
        "facility_number": "row_id", "facility_name": "organization", "facility_telephone_number": "phones",
        "facility_address": "address_1", "facility_city": "city", "facility_state": "state",
        "facility_zip": "postal_code", "county_name": "counties", "facility_status": "status", "file_date": "as_of",
    },
    "02_kaiser_form_vendors.csv": {}, "10_dhcs_ecm_file_headers.csv": {}, "11_cs_service_names_and_codes.csv": {},
    "13_fhir_plan_directory_roster_2026-08.csv": {"plan": "plans"}, "14_hpsm_cs_table_header.md": {},
}  # fmt: skip


@pytest.mark.parametrize("name", FRAGMENTS)
def test_of_real_fragments_nothing_is_placed_wrong(samples: Path, name: str) -> None:
    made = propose((samples / "plan-list-fragments" / name).read_bytes(), name)
    sure = {item.heading: item.field or item.role for item in made.placed if item.role not in (Role.ASK, Role.UNUSED)}
    assert sure == FRAGMENTS[name]


def test_of_the_county_directory_nothing_is_placed_wrong(samples: Path) -> None:
    made = propose((samples / "san-mateo-2013" / "organizations.json").read_bytes(), "organizations.json")
    own = load("san_mateo_2013")
    right = {(part.path, field) for field, column in own.columns.items() for part in column.parts}
    sure = {item.heading: item.field for item in made.placed if item.role == Role.FIELD}
    assert len(sure) > 20
    assert set(sure.items()) - right == set()


def test_one_service_name_may_stand_for_several(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "Agency,Service,County,Phone\nHeron House,Beds and box,Fresno,559-555-0101\nSol,CalFresh,Fresno,559-555-0102\n",
        encoding="utf-8",
    )
    assert run("new", path, "--yes", "--service", "Beds and box=emergency_shelter, food_bank").exit_code == 0
    assert load("list").columns["programs"].words["beds and box"] == ("emergency_shelter", "food_bank")
    refused = run("new", path, "--yes", "--replace", "--service", "Beds and box=emergency_shelter, soup")
    assert refused.exit_code == 1 and "several with commas" in refused.output


def test_a_title_bears_no_month_for_next_months_list_has_another() -> None:
    long = "Valley Example Health Plan - Community Supports Provider List - October 2026"
    for line, title in (
        (long, "Community Supports Provider List"),
        ("Partners of Fresno, November 5, 2026", "Partners of Fresno"),
        ("October 2026", "List"),
    ):
        text = f'"{line}"\nAgency,Service,County,Phone\nHeron House,Food bank,Fresno,559-555-0101\n'
        assert propose(text.encode(), "list.csv").title == title


def test_the_trial_shows_what_was_not_understood_and_never_of_a_refuge(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    lines = ["Heron House,Food bank,Fresno,559-555-0101,Ask Rosa", "Safe shelter for domestic violence,Beds,Fresno,,No"]
    path.write_text("\n".join(["Agency,Service,County,Phone,Accepting referrals", *lines]) + "\n", encoding="utf-8")
    said = run("new", path, "--yes", "--dry-run").output.split("Of 2 rows")[1].split("Not placed")[0]
    assert "For example: 'Ask Rosa'" in said and "Safe shelter" not in said


def test_the_wrong_list_for_a_name_is_told_whose_it_is(run: Run, tmp_path: Path) -> None:
    path = a_list(tmp_path, name="our list.csv")
    assert run("new", path, "--yes", "--id", "roster").exit_code == 0
    other = tmp_path / "other.csv"
    other.write_text("Agency,Service,County,Phone\nHeron House,Food bank,Fresno,559-555-0101\n", encoding="utf-8")
    saved = run("new", other, "--yes").output
    assert f"Next: puente sync other --file {other} --as-of DAY" in saved
    refused = sync("other", "--file", path)
    assert refused.exit_code == 1
    assert (
        f"it has the columns of roster. Nothing was changed. If that is what it is: puente sync roster --file '{path}'"
        in (refused.output)
    )


def test_services_on_lines_of_one_cell_are_all_read(run: Run, tmp_path: Path) -> None:
    cells = ['"Housing Deposits\nCalFresh"', "WIC", '"Respite Services\nHousing Deposits"', "CalFresh"]
    rows = [f"Kite Place {n},{cell},Fresno,559-555-010{n}" for n, cell in enumerate(cells)]
    path = tmp_path / "lines.csv"
    path.write_text("\n".join(["Agency,Services,County,Phone", *rows]) + "\n", encoding="utf-8")
    result = run("new", path, "--yes")
    assert "Of 4 rows 4 would be shown" in result.output, result.output


def test_an_old_workbook_is_no_list_yet_and_how_it_becomes_one_is_said() -> None:
    with pytest.raises(UnreadableList, match=r"old Office file .*save the sheet .* as Excel workbook \(\.xlsx\)"):
        propose(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64, "roster.xls")


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ("Domestic violence shelter", "emergency_shelter"),
        ("DV shelter", "emergency_shelter"),
        ("Rides to doctor", "transport"),
        ("Meals for seniors", "food"),
        ("Hot meals", "food"),
    ],
)
def test_services_that_lists_name_most_are_known(said: str, stands: str) -> None:
    assert read(said) == stands


@pytest.mark.parametrize(
    "kind", ["Domestic violence shelter", "DV Shelter", "Women's shelter", "Shelter (DV)\nDV housing"]
)
@pytest.mark.parametrize("heading", ["Service", "Category"])
def test_a_shelter_from_violence_is_never_a_plain_shelter(tmp_path: Path, kind: str, heading: str) -> None:
    """Whatever its own name says: the kind alone hides where it is, in the list and in what is shown of it."""
    data = (
        f"Agency,{heading},Address,City,ZIP,County,Phone\n"
        f'Amber House,"{kind}",99 Lantern Row,Merced,95340,Merced,209-555-0101\n'
        "Open Door,Food pantry,12 Kite Row,Merced,95340,Merced,209-555-0102\n"
    ).encode()
    made = propose(data, "list.csv").told(kind, "emergency_shelter")
    refuge, pantry = drafts(source_of(made.id, as_yaml(made)), data, "list.csv")
    assert (refuge.confidential, refuge.address, refuge.latitude) == (True, None, None)
    assert (pantry.confidential, pantry.address is None) == (False, False)
    assert "99 Lantern Row" not in to_text(made) and "12 Kite Row" in to_text(made)


def test_a_mark_under_such_a_heading_hides_the_place_too() -> None:
    data = (
        b"Agency,Domestic violence shelter,Food pantry,Address,City,ZIP,County,Phone\n"
        b"Amber House,x,,99 Lantern Row,Merced,95340,Merced,209-555-0101\n"
        b"Open Door,,x,12 Kite Row,Merced,95340,Merced,209-555-0102\n"
    )
    made = propose(data, "list.csv")
    refuge, pantry = drafts(source_of(made.id, as_yaml(made)), data, "list.csv")
    assert (refuge.confidential, refuge.address) == (True, None) and pantry.address is not None


@pytest.mark.parametrize("name", ["pantries", "shelters", "bus_stops"])
def test_a_name_for_commands_keeps_its_last_letter(name: str) -> None:
    assert slug(name) == name
    assert propose(b"Agency,Service,County,Phone\nSol,WIC,Fresno,559-555-0102\n", f"{name}-2026-11-01.csv").id == name
