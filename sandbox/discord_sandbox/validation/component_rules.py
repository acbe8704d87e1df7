"""Validation of message components, classic and V2, and their stored form.

Source: Discord's "Component Reference". Forms (modals) are in `modal_rules`.
"""

from __future__ import annotations

from discord_sandbox.discord_objects import Json
from discord_sandbox.validation.field_reader import FieldReader

ROW, BUTTON, SELECT, TEXT_INPUT = 1, 2, 3, 4
SELECTS = frozenset({3, 5, 6, 7, 8})
SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER = 9, 10, 11, 12, 13, 14, 17
V2_TOP = frozenset({ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR, CONTAINER})
MOST = 40
MOST_TEXT = 4000
_LINK, _PREMIUM = 5, 6


class ComponentReader:
    """Validator of the components of one message."""

    def __init__(self, *, v2: bool) -> None:
        self._v2 = v2
        self._count = 0
        self._text = 0
        self._custom_ids: set[str] = set()
        self._numbers: set[int] = set()
        self._next_number = 1
        self.media: list[tuple[FieldReader, Json]] = []

    def read(self, body: FieldReader) -> list[Json]:
        """Validate the components of a message body and return their stored form.

        Rules: 40 components in all, 4000 characters of text in all, unique custom ids; without the
        Components V2 flag up to five rows and nothing else.
        """
        allowed = V2_TOP if self._v2 else {ROW}
        read = [
            self._component(each, allowed) for each in body.objects("components", MOST if self._v2 else 5)
        ]
        if self._count > MOST:
            body.fault(
                "components",
                "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
                f"Exceeds the maximum of {MOST} components.",
            )
        if self._text > MOST_TEXT:
            body.fault(
                "components",
                "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
                f"Total displayable text length of {self._text} exceeds the maximum of {MOST_TEXT}.",
            )
        self._number(read)
        return read

    def _component(self, fields: FieldReader, allowed: frozenset[int] | set[int]) -> Json:
        fields.require("type")
        kind = fields.choice("type", allowed)
        if kind is None:
            return {"type": 0}
        self._count += 1
        made: Json = {"type": kind, "id": self._own_number(fields)}
        readers = {
            ROW: self._row, BUTTON: self._button, SECTION: self._section, TEXT: self._text_display,
            THUMBNAIL: self._thumbnail, GALLERY: self._gallery, FILE: self._file, SEPARATOR: self._separator,
            CONTAINER: self._container,
        }  # fmt: skip
        readers.get(kind, self._select)(fields, made)
        return made

    def _own_number(self, fields: FieldReader) -> int:
        number = fields.integer("id", 0, 2**31 - 1)
        if number:
            if number in self._numbers:
                fields.fault("id", "COMPONENT_DUPLICATE_ID", "Component id is used more than once.")
            self._numbers.add(number)
        return number

    def _number(self, components: list[Json]) -> None:
        """Number each component that has no id, in reading order."""
        for component in components:
            if component.get("id") == 0:
                while self._next_number in self._numbers:
                    self._next_number += 1
                self._numbers.add(self._next_number)
                component["id"] = self._next_number
            self._number(component.get("components", []))
            if "accessory" in component:
                self._number([component["accessory"]])

    def _row(self, fields: FieldReader, made: Json) -> None:
        listed = fields.items("components", 5, 1)
        most = 5 if all(isinstance(each, dict) and each.get("type") == BUTTON for each in listed) else 1
        children = fields.objects("components", most, 1)
        made["components"] = [self._component(each, SELECTS | {BUTTON}) for each in children]

    def _custom_id(self, fields: FieldReader, made: Json) -> None:
        fields.require("custom_id")
        custom_id = fields.text("custom_id", 100, 1)
        if custom_id is None:
            return
        if custom_id in self._custom_ids:
            fields.fault(
                "custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated"
            )
        self._custom_ids.add(custom_id)
        made["custom_id"] = custom_id

    def _button(self, fields: FieldReader, made: Json) -> None:
        fields.require("style")
        style = fields.choice("style", range(1, 7))
        label = fields.text("label", 80)
        made |= {"style": style, "disabled": fields.boolean("disabled")}
        if label:
            made["label"] = label
        if fields.has("emoji"):
            made["emoji"] = fields.emoji("emoji")
        if style == _LINK:
            fields.require("url")
            made["url"] = fields.text("url", 512)
            if fields.has("custom_id"):
                fields.fault(
                    "custom_id",
                    "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                    "A custom id and url cannot both be specified",
                )
        elif style == _PREMIUM:
            fields.require("sku_id")
            made["sku_id"] = str(fields.snowflake("sku_id"))
        else:
            self._custom_id(fields, made)
        if not label and not fields.has("emoji") and style != _PREMIUM:
            fields.fault("label", "BUTTON_COMPONENT_INVALID", "A button needs a label or an emoji.")

    def _select(self, fields: FieldReader, made: Json) -> None:
        self._custom_id(fields, made)
        made |= read_select(fields)
        made["disabled"] = fields.boolean("disabled")

    def _section(self, fields: FieldReader, made: Json) -> None:
        fields.require("components", "accessory")
        made["components"] = [self._component(each, {TEXT}) for each in fields.objects("components", 3, 1)]
        if fields.has("accessory"):
            made["accessory"] = self._component(fields.object("accessory"), {BUTTON, THUMBNAIL})

    def _text_display(self, fields: FieldReader, made: Json) -> None:
        fields.require("content")
        made["content"] = fields.text("content", MOST_TEXT, 1) or ""
        self._text += len(made["content"])

    def _media(self, fields: FieldReader, key: str, made: Json) -> None:
        if not fields.require(key):
            return
        media = fields.object(key)
        media.require("url")
        url = media.text("url", 2048) or ""
        if url and not url.startswith(("http://", "https://", "attachment://")):
            media.fault("url", "URL_TYPE_INVALID_SCHEME", f'Scheme "{url.split(":")[0]}" is not supported.')
        made[key] = {"url": url}
        self.media.append((media, made[key]))

    def _thumbnail(self, fields: FieldReader, made: Json) -> None:
        self._media(fields, "media", made)
        made |= {"description": fields.text("description", 1024), "spoiler": fields.boolean("spoiler")}

    def _gallery(self, fields: FieldReader, made: Json) -> None:
        fields.require("items")
        made["items"] = []
        for item in fields.objects("items", 10, 1):
            read: Json = {}
            self._thumbnail(item, read)
            made["items"].append(read)

    def _file(self, fields: FieldReader, made: Json) -> None:
        self._media(fields, "file", made)
        made["spoiler"] = fields.boolean("spoiler")
        url = made.get("file", {}).get("url", "")
        if url and not url.startswith("attachment://"):
            fields.fault(
                "file", "FILE_COMPONENT_INVALID", "A file component only takes attachment:// references."
            )

    def _separator(self, fields: FieldReader, made: Json) -> None:
        made["divider"] = fields.boolean("divider", True)
        made["spacing"] = fields.choice("spacing", {1, 2}) or 1

    def _container(self, fields: FieldReader, made: Json) -> None:
        fields.require("components")
        made["components"] = [
            self._component(each, V2_TOP - {CONTAINER}) for each in fields.objects("components", MOST, 1)
        ]
        color = fields.integer("accent_color", 0, 0xFFFFFF) if fields.has("accent_color") else None
        made |= {"accent_color": color, "spoiler": fields.boolean("spoiler")}


def read_select(fields: FieldReader) -> Json:
    """Validate the parts common to selects in messages and in forms."""
    made: Json = {
        "min_values": fields.integer("min_values", 0, 25, 1),
        "max_values": fields.integer("max_values", 1, 25, 1),
    }
    placeholder = fields.text("placeholder", 150)
    if placeholder:
        made["placeholder"] = placeholder
    for key in ("channel_types", "default_values"):
        if fields.has(key):
            made[key] = fields.items(key, 25)
    if fields.data.get("type") == SELECT:
        fields.require("options")
        made["options"] = _read_options(fields)
        if made["max_values"] > len(made["options"]):
            fields.fault(
                "max_values",
                "SELECT_COMPONENT_MAX_VALUES",
                "max_values must not exceed the number of options.",
            )
    if made["min_values"] > made["max_values"]:
        fields.fault("min_values", "SELECT_COMPONENT_MIN_VALUES", "min_values must not exceed max_values.")
    return made


def _read_options(fields: FieldReader) -> list[Json]:
    options: list[Json] = []
    seen: set[str] = set()
    for option in fields.objects("options", 25, 1):
        option.require("label", "value")
        value = option.text("value", 100, 1) or ""
        if value in seen:
            option.fault(
                "value",
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            )
        seen.add(value)
        read: Json = {"label": option.text("label", 100, 1) or "", "value": value}
        if option.has("description"):
            read["description"] = option.text("description", 100)
        if option.has("emoji"):
            read["emoji"] = option.emoji("emoji")
        read["default"] = option.boolean("default")
        options.append(read)
    return options


def texts(components: list[Json]) -> list[str]:
    """Return every text of the Text Displays, in reading order."""
    found: list[str] = []
    for component in components:
        if component.get("type") == TEXT:
            found.append(component["content"])
        found += texts(component.get("components", []))
    return found


def find(components: list[Json], custom_id: str) -> Json | None:
    """Return the component with a custom id, at any depth."""
    for component in components:
        if component.get("custom_id") == custom_id:
            return component
        inner = [
            *component.get("components", []),
            *([component["accessory"]] if "accessory" in component else []),
        ]
        if isinstance(component.get("component"), dict):
            inner.append(component["component"])
        found = find(inner, custom_id)
        if found is not None:
            return found
    return None
