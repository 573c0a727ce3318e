"""Annotations as objects. Written by tools/stubs.py from the JSON Schema of a line of output."""

from typing import Any

class Annotation:
    """Something found in a text."""
    def __init__(self, data: dict[str, Any], layers: Layers) -> None: ...
    @property
    def text(self) -> str | None:
        """Its words."""
    @property
    def start(self) -> int | None:
        """Where it begins: `doc.text[start:end]` is the text. Of an entity, its first mention."""
    @property
    def end(self) -> int | None:
        """Where it ends."""
    # Fields of layers of other stages.
    def __getattr__(self, name: str) -> Any: ...
    def to_dict(self) -> dict[str, Any]:
        """Its fields as they are in the line, ids as ids."""


class Entity(Annotation):
    """An entity."""
    @property
    def id(self) -> str:
        """Its id in the document: "e1"; "he1" in a headline."""
    @property
    def entity(self) -> Entity | None:
        """In a headline, the entity of the article that it is."""
    @property
    def kind(self) -> str:
        """What it is."""
    @property
    def name(self) -> str:
        """Its fullest name."""
    @property
    def links(self) -> dict[str, str] | None:
        """Its identifiers, by their scheme."""
    @property
    def attributes(self) -> dict[str, str] | None:
        """What else the text tells of it."""
    @property
    def salience(self) -> float | None:
        """How much the text is about it, 0 to 1."""
    @property
    def confidence(self) -> float | None:
        """How sure the stage is; absent where it is 1 and detail is compact."""
    @property
    def rule(self) -> str | None:
        """The rule that found it."""
    @property
    def global_id(self) -> str | None:
        """Of a person, who it is across documents, as `copydesk corpus` finds."""
    @property
    def global_evidence(self) -> str | None:
        """What shows that."""
    @property
    def mentions(self) -> list[Mention]:
        """Where it is mentioned."""

class Mention(Annotation):
    """A mention of an entity."""
    @property
    def start(self) -> int:
        """Where it begins."""
    @property
    def end(self) -> int:
        """Where it ends."""
    @property
    def text(self) -> str:
        """Its words."""
    @property
    def form(self) -> str | None:
        """What kind of mention it is; absent for a name where detail is compact."""

class Quote(Annotation):
    """A quote."""
    @property
    def id(self) -> str:
        """Its id in the document: "q1"."""
    @property
    def kind(self) -> str:
        """Direct, indirect or mixed."""
    @property
    def start(self) -> int:
        """Where it begins, marks included."""
    @property
    def end(self) -> int:
        """Where it ends."""
    @property
    def text(self) -> str:
        """What was said."""
    @property
    def content(self) -> list[Part]:
        """The parts of the text that are what was said."""
    @property
    def cue(self) -> Cue | None:
        """The words that introduce it."""
    @property
    def speaker(self) -> Speaker | None:
        """Whose words they are."""
    @property
    def parent(self) -> Quote | None:
        """The quote that it is part of."""
    @property
    def entities(self) -> list[Entity]:
        """The entities mentioned in it."""
    @property
    def figures(self) -> list[Figure]:
        """The figures in it."""
    @property
    def confidence(self) -> float | None:
        """How sure the stage is."""
    @property
    def rule(self) -> str | None:
        """The rule that found it."""
    @property
    def quotation(self) -> str | None:
        """The first of the quotes of a corpus that are the same words, as `copydesk corpus` finds."""
    @property
    def quotation_match(self) -> str | None:
        """How it is that one: first, exact, cut or altered."""

class Part(Annotation):
    """A part of the text."""
    @property
    def start(self) -> int:
        """Where it begins."""
    @property
    def end(self) -> int:
        """Where it ends."""
    @property
    def text(self) -> str:
        """Its words."""

class Cue(Annotation):
    """The cue of a quote."""
    @property
    def start(self) -> int:
        """Where it begins."""
    @property
    def end(self) -> int:
        """Where it ends."""
    @property
    def text(self) -> str:
        """Its words."""
    @property
    def lemma(self) -> str:
        """Its dictionary form."""
    @property
    def class_(self) -> str | None:
        """What kind of act it names; absent for speech where detail is compact."""
    @property
    def stance(self) -> str | None:
        """How the article stands to what was said; absent where neutral and detail is compact."""
    @property
    def negated(self) -> bool:
        """Whether it says that this was not said."""
    @property
    def modal(self) -> bool:
        """Whether it says that this may be said."""

class Speaker(Annotation):
    """The speaker of a quote."""
    @property
    def start(self) -> int | None:
        """Where the words begin."""
    @property
    def end(self) -> int | None:
        """Where they end."""
    @property
    def text(self) -> str | None:
        """The words for the speaker."""
    @property
    def entity(self) -> Entity | None:
        """The entity that it is."""
    @property
    def name(self) -> str | None:
        """That entity's name."""
    @property
    def of(self) -> Entity | None:
        """The entity that an unnamed source belongs to."""
    @property
    def of_name(self) -> str | None:
        """That entity's name."""
    @property
    def anonymous(self) -> bool:
        """Whether the source is not to be named."""

class Figure(Annotation):
    """A figure."""
    @property
    def id(self) -> str:
        """Its id in the document: "f1"."""
    @property
    def kind(self) -> str:
        """What it is."""
    @property
    def start(self) -> int:
        """Where it begins."""
    @property
    def end(self) -> int:
        """Where it ends."""
    @property
    def text(self) -> str:
        """Its words."""
    @property
    def value(self) -> Any:
        """Its value."""
    @property
    def relative(self) -> bool:
        """Whether a date or duration is relative to a day that is not known."""
    @property
    def unit(self) -> Unit | None:
        """Its unit."""
    @property
    def si(self) -> Si | None:
        """The same in SI units."""
    @property
    def part(self) -> float | None:
        """Of a ratio such as "three of five", the first number."""
    @property
    def whole(self) -> float | None:
        """Of a ratio such as "three of five", the second number."""
    @property
    def bound(self) -> str | None:
        """Whether it is a bound or an approximation."""
    @property
    def measure(self) -> Measure | None:
        """What it measures."""
    @property
    def period(self) -> Figure | None:
        """The figure that is its period."""
    @property
    def change(self) -> Change | None:
        """How it changed."""
    @property
    def quote(self) -> Quote | None:
        """The quote that it stands in."""
    @property
    def confidence(self) -> float | None:
        """How sure the stage is."""
    @property
    def rule(self) -> str | None:
        """The rule that found it."""

class Unit(Annotation):
    """A unit."""
    @property
    def code(self) -> str | None:
        """An ISO 4217 or UCUM code; a counted noun has none."""
    @property
    def name(self) -> str | None:
        """Its name; of a rate, the whole of it in words."""
    @property
    def per(self) -> Per | None:
        """Of a rate, what it is counted by."""

class Per(Annotation):
    """What a rate is counted by."""
    @property
    def code(self) -> str | None:
        """A code."""
    @property
    def name(self) -> str | None:
        """Its name."""

class Si(Annotation):
    """A value in SI units."""
    @property
    def value(self) -> Any:
        """The value."""
    @property
    def min(self) -> float | None:
        """Of a range, the lower end."""
    @property
    def max(self) -> float | None:
        """Of a range, the upper end."""
    @property
    def unit(self) -> str:
        """The unit."""

class Measure(Annotation):
    """What a figure measures."""
    @property
    def start(self) -> int:
        """Where the words begin."""
    @property
    def end(self) -> int:
        """Where they end."""
    @property
    def text(self) -> str:
        """The words."""
    @property
    def entity(self) -> Entity | None:
        """The entity that they name."""
    @property
    def name(self) -> str | None:
        """That entity's name."""

class Change(Annotation):
    """How a figure changed."""
    @property
    def direction(self) -> str | None:
        """Up, down or flat."""
    @property
    def amount(self) -> float | None:
        """By how much, in the figure's unit."""
    @property
    def amount_derived(self) -> bool:
        """Whether the amount is computed from other figures."""
    @property
    def of(self) -> Figure | None:
        """The figure that changed by this one."""
    @property
    def baseline(self) -> Baseline | None:
        """What it changed from."""
    @property
    def contradicts(self) -> bool:
        """Whether the figures of the text contradict one another."""

class Baseline(Annotation):
    """What a figure changed from."""
    @property
    def period(self) -> Figure | None:
        """The figure that is its period."""
    @property
    def value(self) -> Any:
        """Its value."""
    @property
    def derived(self) -> bool:
        """Whether the value is computed from other figures."""

class Sentiment(Annotation):
    """Polarity, of the whole and towards entities."""
    @property
    def document(self) -> Tone | None:
        """Of the whole text."""
    @property
    def narrator(self) -> Tone | None:
        """Of the article's own voice, quotes left out."""
    @property
    def sentences(self) -> list[SentenceTone]:
        """Of each sentence."""
    @property
    def targets(self) -> list[Target]:
        """Towards each mention."""
    @property
    def entities(self) -> list[EntityTone]:
        """Towards each entity."""
    @property
    def stances(self) -> list[Stance]:
        """Of one entity towards another."""

class Tone(Annotation):
    """The tone of a text."""
    @property
    def polarity(self) -> float:
        """From -1 to 1."""
    @property
    def label(self) -> str:
        """Negative, neutral or positive."""
    @property
    def confidence(self) -> float | None:
        """How sure the stage is."""
    @property
    def rule(self) -> str | None:
        """The rule that tells it."""

class SentenceTone(Annotation):
    """The tone of a sentence."""
    @property
    def start(self) -> int:
        """Where it begins."""
    @property
    def end(self) -> int:
        """Where it ends."""
    @property
    def text(self) -> str:
        """Its words."""
    @property
    def polarity(self) -> float:
        """From -1 to 1."""
    @property
    def label(self) -> str:
        """Negative, neutral or positive."""

class Target(Annotation):
    """The tone towards a mention."""
    @property
    def start(self) -> int:
        """Where it begins."""
    @property
    def end(self) -> int:
        """Where it ends."""
    @property
    def text(self) -> str:
        """Its words."""
    @property
    def entity(self) -> Entity | None:
        """The entity that it mentions."""
    @property
    def name(self) -> str | None:
        """That entity's name."""
    @property
    def polarity(self) -> float:
        """From -1 to 1."""
    @property
    def label(self) -> str:
        """Negative, neutral or positive."""
    @property
    def confidence(self) -> float | None:
        """How sure the stage is."""
    @property
    def evidence(self) -> list[Part]:
        """The words that show it."""
    @property
    def rule(self) -> str | None:
        """The rule that found it."""

class EntityTone(Annotation):
    """The tone towards an entity, its mentions together."""
    @property
    def entity(self) -> Entity:
        """The entity."""
    @property
    def name(self) -> str | None:
        """Its name."""
    @property
    def polarity(self) -> float:
        """From -1 to 1."""
    @property
    def label(self) -> str:
        """Negative, neutral or positive."""
    @property
    def negative(self) -> int:
        """How many mentions are negative."""
    @property
    def positive(self) -> int:
        """How many are positive."""
    @property
    def mentions(self) -> int:
        """How many were scored."""

class Stance(Annotation):
    """A stance of one entity towards another."""
    @property
    def holder(self) -> Entity | str:
        """Whose stance: an entity, or "narrator"."""
    @property
    def holder_name(self) -> str | None:
        """The holder's name."""
    @property
    def target(self) -> Entity | str:
        """Towards which entity."""
    @property
    def target_name(self) -> str | None:
        """The target's name."""
    @property
    def quote(self) -> Quote | None:
        """The quote that shows it."""
    @property
    def polarity(self) -> float:
        """From -1 to 1."""
    @property
    def label(self) -> str:
        """Negative, neutral or positive."""
    @property
    def confidence(self) -> float | None:
        """How sure the stage is."""
    @property
    def evidence(self) -> list[Part]:
        """The words that show it."""
    @property
    def rule(self) -> str | None:
        """The rule that found it."""

class Claim(Annotation):
    """A statement that can be checked, with who makes it."""
    @property
    def id(self) -> str:
        """Its id in the document."""
    @property
    def kind(self) -> str:
        """Whether it gives a figure, a change, or a dated event."""
    @property
    def start(self) -> int:
        """Where it begins."""
    @property
    def end(self) -> int:
        """Where it ends."""
    @property
    def text(self) -> str:
        """The words that state it."""
    @property
    def speaker(self) -> Entity | str | None:
        """Who makes it: an entity, or "narrator"; absent where the speaker of its quote is no entity."""
    @property
    def speaker_name(self) -> str | None:
        """The speaker's name."""
    @property
    def quote(self) -> Quote | None:
        """The quote in which it is made."""
    @property
    def stance(self) -> str | None:
        """What the cue of that quote says of it."""
    @property
    def about(self) -> list[Entity]:
        """The entities that it is about."""
    @property
    def measure(self) -> str | None:
        """The words for what is measured."""
    @property
    def figures(self) -> list[Figure]:
        """The figures that it gives."""
    @property
    def change(self) -> Figure | None:
        """The figure that tells how the measure changed."""
    @property
    def baseline(self) -> Figure | None:
        """The figure that is the period compared with."""
    @property
    def period(self) -> Figure | None:
        """The figure that is its date or period."""
    @property
    def contradicts(self) -> Claim | None:
        """An earlier claim that gives the same measure another value."""
    @property
    def negated(self) -> bool:
        """Whether it says that something is not so."""
    @property
    def modal(self) -> bool:
        """Whether it says that something may or should be so."""
    @property
    def forecast(self) -> bool:
        """Whether it is about what has not happened yet."""
    @property
    def worth(self) -> float:
        """How much it is worth checking."""
    @property
    def confidence(self) -> float | None:
        """How sure the stage is."""
    @property
    def rule(self) -> str | None:
        """The rule that found it."""

class Layers:
    """What was found in a text."""
    _given: dict[str, Any]
    _article: Layers | None
    _ids: dict[str, Annotation] | None
    _made: dict[str, Any]
    def __init__(self, data: dict[str, Any], text: str, article: Layers | None = None) -> None: ...
    @property
    def _found(self) -> dict[str, Any]: ...
    @property
    def text(self) -> str:
        """The text, unchanged."""
    @property
    def targets(self) -> list[Target]:
        """Each mention with the tone towards it."""
    @property
    def stances(self) -> list[Stance]:
        """Stances of one entity towards another."""
    @property
    def layers(self) -> dict[str, list[Annotation]]:
        """The layers of other stages, by name."""
    # The layers of other stages are attributes too.
    def __getattr__(self, name: str) -> Any: ...
    @property
    def entities(self) -> list[Entity]:
        """People, organisations, places and more, with all their mentions."""
    @property
    def quotes(self) -> list[Quote]:
        """What was said, by whom."""
    @property
    def figures(self) -> list[Figure]:
        """Amounts, percentages, quantities, dates and periods."""
    @property
    def sentiment(self) -> Sentiment | None:
        """Polarity, of the whole and towards entities."""
    @property
    def claims(self) -> list[Claim]:
        """Statements that can be checked."""

def line_fields() -> dict[str, Any]: ...
