"""The outlines of the map: what a window shows is what the whole world's lines say, and towns stand on land."""

from __future__ import annotations

import invented_story
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.present import maps, sigla
from tellings.present.outlines import Outlines
from tellings.records import Collation, Dossier, Place, Topic
from tellings.text import Span

SHORES = {  # towns of which coarse outlines put some into the water
    "Tonsberg": (10.41, 59.27),
    "Bergen": (5.33, 60.39),
    "Busan": (129.04, 35.10),
    "Suva": (178.44, -18.14),
    "Split": (16.4437, 43.5153),
}


def inside(ring: list[tuple[float, float]], x: float, y: float) -> bool:
    crossed = False
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            crossed = not crossed
    return crossed


def straight(point: tuple[float, float]) -> tuple[float, float]:
    """A projection that changes nothing but the direction of the second axis; large, so that islands count."""
    return (point[0] * 1000, -point[1] * 1000)


@pytest.mark.parametrize("town", SHORES)
def test_a_town_on_the_shore_stands_on_land_in_close_maps(town):
    x, y = SHORES[town]
    assert Outlines.around((x, y), near=True) is not None
    close = Outlines((x - 1, y - 1, x + 1, y + 1), straight, near=True, loose=0)
    assert any(inside(ring, x * 1000, -y * 1000) for ring in close.land())


def test_the_open_sea_is_no_land():
    for x, y in ((-30.0, 45.0), (0.0, -40.0), (160.0, 40.0), (3.0, 57.0)):
        assert Outlines.around((x, y)) is None
        assert Outlines.around((x, y), near=True) is None


@settings(max_examples=12, deadline=None)
@given(st.floats(-178, 178), st.floats(-80, 80), st.floats(-1, 1), st.floats(-1, 1))
def test_lines_that_are_not_read_change_nothing_within_the_window(x, y, dx, dy):
    """Land in a small window is land in a window of the whole world, from the same file."""
    small = Outlines((x - 1, y - 1, x + 1, y + 1), straight, loose=0)
    at = (x + dx, y + dy)
    seen = any(inside(ring, at[0] * 1000, -at[1] * 1000) for ring in small.land())
    assert seen == (Outlines.around(at) is not None)


def test_a_country_has_all_its_islands():
    found = Outlines.around((23.7, 38.0), near=True)  # the mainland by Athens
    assert found is not None
    greece = Outlines((24.0, 34.8, 26.5, 35.8), straight, near=True, loose=0)
    assert any(inside(ring, 24.9 * 1000, -35.2 * 1000) for ring in greece.land(found[0]))  # Crete
    crete = Outlines.around((24.9, 35.2), near=True)
    assert crete is not None
    assert crete[0] == found[0]


def test_land_across_the_180th_meridian_is_seen_from_both_sides():
    east = Outlines((176.0, 65.0, 179.9, 69.0), straight)
    west = Outlines((-179.9, 65.0, -171.0, 68.0), straight)
    assert any(inside(ring, 178_000, -67_500) for ring in east.land())
    assert any(inside(ring, -173_500, -66_500) for ring in west.land())


def test_names_without_room_stand_as_numbers_of_the_list_and_nothing_overlaps():
    read = invented_story.report("a", "Nowhere is far.\n")
    names = sigla.Sigla(Dossier((read,), (Topic("a", on_topic=True),), Collation((read,))))
    places = [
        Place(
            f"p{n:02}",
            f"A town of long name {n}",
            None,
            59.6 + n % 5 / 50,
            10.5 + n // 5 / 25,
            "town",
            (Span("a", 0, 7),),
        )
        for n in range(25)
    ]
    drawn = maps.draw(names, places)
    assert drawn is not None
    labels = {disc.label for disc in drawn.discs}
    assert any(label.isdigit() for label in labels)
    assert all(disc.label in ("", disc.name, str(disc.number)) for disc in drawn.discs)
    boxes = [(d.label_x, d.label_y - 10, d.label_x + 6.3 * len(d.label), d.label_y + 3) for d in drawn.discs if d.label]
    for n, (a, b, c, d) in enumerate(boxes):
        assert not any(a < g and e < c and b < h and f < d for e, f, g, h in boxes[n + 1 :])


def test_a_close_map_is_a_few_thousand_characters():
    read = invented_story.report("a", "Nowhere is far.\n")
    names = sigla.Sigla(Dossier((read,), (Topic("a", on_topic=True),), Collation((read,))))
    for lat, lon in ((60.4, 5.3), (35.1, 25.1), (44.0, 15.2), (-50.0, -74.0), (1.3, 103.8)):
        drawn = maps.draw(names, [Place("p", "Here", None, lat, lon, "town", (Span("a", 0, 7),))])
        assert drawn is not None
        assert drawn.land
        assert len(drawn.land) + len(drawn.border) < 20_000
