"""Models point only to models of rooms above them: string foreign keys are invisible to import checkers."""

from django.apps import apps

from tests.repository.rooms import layers, room_of


def test_foreign_keys_point_upwards() -> None:
    order = layers()
    wrong = [
        f"{model.__module__}.{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("kalevi.")
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and field.related_model is not None
        and field.related_model.__module__.startswith("kalevi.")
        and order.index(room_of(field.related_model.__module__)) > order.index(room_of(model.__module__))
    ]
    assert wrong == []


def test_every_room_is_in_the_order() -> None:
    from tests.repository.rooms import SOURCE

    folders = {path.name for path in SOURCE.iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    assert folders - set(layers()) == set()
