"""A reading whose parts are made when asked for is like any other."""

import copy
import pickle
from dataclasses import FrozenInstanceError, fields, replace

import pytest

from kalevi.text import Reader, Reading

TEXT = "Hyvää palvelua! Toimitus myöhästyi silti viikon."


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def told(reading: Reading) -> dict[str, object]:
    return {field.name: getattr(reading, field.name) for field in fields(reading)}


def test_every_part_may_be_asked_for_first(reader: Reader) -> None:
    expected = told(reader.read([TEXT])[0])
    for field in fields(Reading):
        reading = reader.read([TEXT])[0]
        assert getattr(reading, field.name) == expected[field.name]
        assert told(reading) == expected


def test_it_equals_a_plain_one(reader: Reader) -> None:
    (reading,) = reader.read([TEXT])
    plain = Reading(**told(reading))  # type: ignore[arg-type]
    assert reader.read([TEXT]) == [plain]
    assert [plain] == reader.read([TEXT])
    assert replace(reading, language="sv") != plain


def test_it_can_be_copied_and_packed(reader: Reader) -> None:
    expected = reader.read([TEXT])[0]
    assert copy.copy(reader.read([TEXT])[0]) == expected
    assert copy.deepcopy(reader.read([TEXT])[0]) == expected
    assert pickle.loads(pickle.dumps(reader.read([TEXT])[0])) == expected


def test_it_is_frozen_and_has_no_other_parts(reader: Reader) -> None:
    (reading,) = reader.read([TEXT])
    with pytest.raises(FrozenInstanceError):
        reading.language = "en"  # type: ignore[misc]
    assert not hasattr(reading, "colour")


def test_it_stays_as_read_though_the_reader_goes_on(reader: Reader) -> None:
    expected = [told(reading) for reading in Reader().read([TEXT, "Thanks!", "Tack, men för sent."])]
    readings = reader.read([TEXT, "Thanks!", "Tack, men för sent."])
    reader.read([f"uusi{number} sana{number} mycket{number} slower{number}" for number in range(700)])
    assert [told(reading) for reading in readings] == expected
