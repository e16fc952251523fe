import os

import pytest

from addresses.geocoder import AddressNotFound, GoogleGeocoder, Place


@pytest.fixture(scope="module")
def geocoder() -> GoogleGeocoder:
    return GoogleGeocoder(os.environ["GOOGLE_MAPS_KEY"])


def test_finds_house_number(geocoder: GoogleGeocoder) -> None:
    place = geocoder.locate("Invalidenstraße 43, 10115 Berlin")

    assert place.city == "Berlin"
    assert place.postal_code == "10115"
    assert place.latitude == 52.5300641
    assert place.longitude == 13.3796118


def test_unknown_address(geocoder: GoogleGeocoder) -> None:
    with pytest.raises(AddressNotFound):
        geocoder.locate("Straße die es nicht gibt 99999, 00000 Nirgendwo")


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("Mönckebergstraße 7, Hamburg", "Hamburg"),
        ("Marienplatz 8, München", "München"),
        ("Königsallee 1, Düsseldorf", "Düsseldorf"),
    ],
)
def test_cities(geocoder: GoogleGeocoder, text: str, city: str) -> None:
    assert geocoder.locate(text).city == city


def test_distance_is_symmetric() -> None:
    berlin = Place(city="Berlin", postal_code="10115", latitude=52.53, longitude=13.38)
    hamburg = Place(city="Hamburg", postal_code="20095", latitude=53.55, longitude=10.0)

    assert berlin.distance_km(hamburg) == pytest.approx(hamburg.distance_km(berlin))
