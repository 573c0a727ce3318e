"""Annotations as objects. Written by tools/stubs.py from the JSON Schema of a line of output."""

from typing import Any

class Annotation:
    """An annotation of a text."""
    def __init__(self, data: dict[str, Any], layers: Layers) -> None: ...
    @property
    def text(self) -> str | None:
        """Its text."""
    @property
    def start(self) -> int | None:
        """The start offset: `doc.text[start:end]` is the text. For an entity, that of its first mention."""
    @property
    def end(self) -> int | None:
        """The end offset."""
    # Fields of layers of other stages.
    def __getattr__(self, name: str) -> Any: ...
    def to_dict(self) -> dict[str, Any]:
        """Its fields as in the line, with ids unresolved."""


class Entity(Annotation):
    """An entity."""
    @property
    def id(self) -> str:
        """Its id in the document: "e1"; "he1" in a headline."""
    @property
    def entity(self) -> Entity | None:
        """In a headline, the same entity in the article."""
    @property
    def kind(self) -> str:
        """The type of entity."""
    @property
    def name(self) -> str:
        """Its fullest name."""
    @property
    def links(self) -> dict[str, str] | None:
        """Its identifiers, by scheme."""
    @property
    def attributes(self) -> dict[str, str] | None:
        """Further facts about it in the text."""
    @property
    def salience(self) -> float | None:
        """How central it is to the text, 0 to 1."""
    @property
    def confidence(self) -> float | None:
        """The confidence of the stage, 0 to 1; absent if it is 1 and detail is compact."""
    @property
    def rule(self) -> str | None:
        """The rule that found it."""
    @property
    def global_id(self) -> str | None:
        """For a person, the identity across documents, as found by `copydesk corpus`."""
    @property
    def global_evidence(self) -> str | None:
        """The evidence for that identity."""
    @property
    def mentions(self) -> list[Mention]:
        """Its mentions."""

class Mention(Annotation):
    """A mention of an entity."""
    @property
    def start(self) -> int:
        """The start offset."""
    @property
    def end(self) -> int:
        """The end offset."""
    @property
    def text(self) -> str:
        """Its text."""
    @property
    def form(self) -> str | None:
        """The form of mention; absent for a name if detail is compact."""

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
        """The end offset."""
    @property
    def text(self) -> str:
        """What was said."""
    @property
    def content(self) -> list[Part]:
        """The parts of the text that make up what was said."""
    @property
    def cue(self) -> Cue | None:
        """The words that introduce the quote."""
    @property
    def speaker(self) -> Speaker | None:
        """The person or organisation quoted."""
    @property
    def parent(self) -> Quote | None:
        """The quote that this one is part of."""
    @property
    def entities(self) -> list[Entity]:
        """The entities mentioned in it."""
    @property
    def figures(self) -> list[Figure]:
        """The figures in it."""
    @property
    def confidence(self) -> float | None:
        """The confidence of the stage, 0 to 1."""
    @property
    def rule(self) -> str | None:
        """The rule that found it."""
    @property
    def quotation(self) -> str | None:
        """The first quote in the corpus with the same words, as found by `copydesk corpus`."""
    @property
    def quotation_match(self) -> str | None:
        """How this quote matches that one: first, exact, cut or altered."""

class Part(Annotation):
    """A part of the text."""
    @property
    def start(self) -> int:
        """The start offset."""
    @property
    def end(self) -> int:
        """The end offset."""
    @property
    def text(self) -> str:
        """Its text."""

class Cue(Annotation):
    """The cue of a quote."""
    @property
    def start(self) -> int:
        """The start offset."""
    @property
    def end(self) -> int:
        """The end offset."""
    @property
    def text(self) -> str:
        """Its text."""
    @property
    def lemma(self) -> str:
        """Its dictionary form."""
    @property
    def class_(self) -> str | None:
        """The kind of act that it names; absent for speech if detail is compact."""
    @property
    def stance(self) -> str | None:
        """The article's attitude to what was said; absent if neutral and detail is compact."""
    @property
    def negated(self) -> bool:
        """Whether the cue says that this was not said."""
    @property
    def modal(self) -> bool:
        """Whether the cue says that this may be said."""

class Speaker(Annotation):
    """The speaker of a quote."""
    @property
    def start(self) -> int | None:
        """The start offset of the words."""
    @property
    def end(self) -> int | None:
        """The end offset of the words."""
    @property
    def text(self) -> str | None:
        """The words that name the speaker."""
    @property
    def entity(self) -> Entity | None:
        """The entity of the speaker."""
    @property
    def name(self) -> str | None:
        """The name of that entity."""
    @property
    def of(self) -> Entity | None:
        """The entity that an unnamed source belongs to."""
    @property
    def of_name(self) -> str | None:
        """The name of that entity."""
    @property
    def anonymous(self) -> bool:
        """Whether the source is described as anonymous."""

class Figure(Annotation):
    """A figure."""
    @property
    def id(self) -> str:
        """Its id in the document: "f1"."""
    @property
    def kind(self) -> str:
        """The kind of figure."""
    @property
    def start(self) -> int:
        """The start offset."""
    @property
    def end(self) -> int:
        """The end offset."""
    @property
    def text(self) -> str:
        """Its text."""
    @property
    def value(self) -> Any:
        """Its value."""
    @property
    def relative(self) -> bool:
        """Whether a date or duration is relative to an unknown day."""
    @property
    def unit(self) -> Unit | None:
        """Its unit."""
    @property
    def si(self) -> Si | None:
        """The value in SI units."""
    @property
    def part(self) -> float | None:
        """The first number of a ratio such as "three of five"."""
    @property
    def whole(self) -> float | None:
        """The second number of a ratio such as "three of five"."""
    @property
    def bound(self) -> str | None:
        """Whether the value is a bound or an approximation."""
    @property
    def measure(self) -> Measure | None:
        """What it measures."""
    @property
    def period(self) -> Figure | None:
        """The figure that gives its period."""
    @property
    def change(self) -> Change | None:
        """How it changed."""
    @property
    def quote(self) -> Quote | None:
        """The quote that contains it."""
    @property
    def confidence(self) -> float | None:
        """The confidence of the stage, 0 to 1."""
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
        """Its name; for a rate, in full."""
    @property
    def per(self) -> Per | None:
        """For a rate, the denominator."""

class Per(Annotation):
    """The denominator of a rate."""
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
        """The lower end of a range."""
    @property
    def max(self) -> float | None:
        """The upper end of a range."""
    @property
    def unit(self) -> str:
        """The unit."""

class Measure(Annotation):
    """The quantity that a figure measures."""
    @property
    def start(self) -> int:
        """The start offset of the words."""
    @property
    def end(self) -> int:
        """The end offset of the words."""
    @property
    def text(self) -> str:
        """The words."""
    @property
    def entity(self) -> Entity | None:
        """The entity whose measure it is: named by these words, alone, as possessor, or after “of” or “in”."""
    @property
    def name(self) -> str | None:
        """The name of that entity."""

class Change(Annotation):
    """How a figure changed."""
    @property
    def direction(self) -> str | None:
        """Up, down or flat."""
    @property
    def amount(self) -> float | None:
        """The amount of change, in the figure's unit."""
    @property
    def amount_derived(self) -> bool:
        """Whether the amount is computed from other figures."""
    @property
    def of(self) -> Figure | None:
        """The figure whose change this figure gives."""
    @property
    def baseline(self) -> Baseline | None:
        """The previous value."""
    @property
    def contradicts(self) -> bool:
        """Whether the figures of the text contradict one another."""

class Baseline(Annotation):
    """The value that a figure changed from."""
    @property
    def period(self) -> Figure | None:
        """The figure that gives its period."""
    @property
    def value(self) -> Any:
        """Its value."""
    @property
    def derived(self) -> bool:
        """Whether the value is computed from other figures."""

class Sentiment(Annotation):
    """Polarity of the whole text and towards entities."""
    @property
    def document(self) -> Tone | None:
        """Of the whole text."""
    @property
    def narrator(self) -> Tone | None:
        """Of the article's own voice, without quotes."""
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
        """The confidence of the stage, 0 to 1."""
    @property
    def rule(self) -> str | None:
        """The rule that determined it."""

class SentenceTone(Annotation):
    """The tone of a sentence."""
    @property
    def start(self) -> int:
        """The start offset."""
    @property
    def end(self) -> int:
        """The end offset."""
    @property
    def text(self) -> str:
        """Its text."""
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
        """The start offset."""
    @property
    def end(self) -> int:
        """The end offset."""
    @property
    def text(self) -> str:
        """Its text."""
    @property
    def entity(self) -> Entity | None:
        """The entity that it mentions."""
    @property
    def name(self) -> str | None:
        """The name of that entity."""
    @property
    def polarity(self) -> float:
        """From -1 to 1."""
    @property
    def label(self) -> str:
        """Negative, neutral or positive."""
    @property
    def confidence(self) -> float | None:
        """The confidence of the stage, 0 to 1."""
    @property
    def evidence(self) -> list[Part]:
        """The words that express it."""
    @property
    def rule(self) -> str | None:
        """The rule that found it."""

class EntityTone(Annotation):
    """The tone towards an entity, over all its mentions."""
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
        """The number of negative mentions."""
    @property
    def positive(self) -> int:
        """The number of positive mentions."""
    @property
    def mentions(self) -> int:
        """The number of scored mentions."""

class Stance(Annotation):
    """A stance of one entity towards another."""
    @property
    def holder(self) -> Entity | str:
        """The holder of the stance: an entity, or "narrator"."""
    @property
    def holder_name(self) -> str | None:
        """The holder's name."""
    @property
    def target(self) -> Entity | str:
        """The entity towards which it is."""
    @property
    def target_name(self) -> str | None:
        """The target's name."""
    @property
    def quote(self) -> Quote | None:
        """The quote that expresses it."""
    @property
    def polarity(self) -> float:
        """From -1 to 1."""
    @property
    def label(self) -> str:
        """Negative, neutral or positive."""
    @property
    def confidence(self) -> float | None:
        """The confidence of the stage, 0 to 1."""
    @property
    def evidence(self) -> list[Part]:
        """The words that express it."""
    @property
    def rule(self) -> str | None:
        """The rule that found it."""

class Claim(Annotation):
    """A checkable statement, with the person or organisation that makes it."""
    @property
    def id(self) -> str:
        """Its id in the document."""
    @property
    def kind(self) -> str:
        """Whether it gives a figure, a change, or a dated event."""
    @property
    def start(self) -> int:
        """The start offset."""
    @property
    def end(self) -> int:
        """The end offset."""
    @property
    def text(self) -> str:
        """The words that state it."""
    @property
    def speaker(self) -> Entity | str | None:
        """Who makes it: an entity, or "narrator"; absent if the speaker of its quote is not an entity."""
    @property
    def speaker_name(self) -> str | None:
        """The speaker's name."""
    @property
    def quote(self) -> Quote | None:
        """The quote in which it is made."""
    @property
    def stance(self) -> str | None:
        """The attitude expressed by the cue of that quote."""
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
        """The figure that gives the change of the measure."""
    @property
    def baseline(self) -> Figure | None:
        """The figure that gives the period of comparison."""
    @property
    def period(self) -> Figure | None:
        """The figure that gives its date or period."""
    @property
    def contradicts(self) -> Claim | None:
        """An earlier claim that gives the same measure another value."""
    @property
    def negated(self) -> bool:
        """Whether it denies something."""
    @property
    def modal(self) -> bool:
        """Whether it says that something may or should be so."""
    @property
    def forecast(self) -> bool:
        """Whether it is about the future."""
    @property
    def worth(self) -> float:
        """How worthwhile it is to check, 0 to 1."""
    @property
    def confidence(self) -> float | None:
        """The confidence of the stage, 0 to 1."""
    @property
    def rule(self) -> str | None:
        """The rule that found it."""

class Layers:
    """The annotations of a text."""
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
        """What was said and who said it."""
    @property
    def figures(self) -> list[Figure]:
        """Amounts, percentages, quantities, dates and periods."""
    @property
    def sentiment(self) -> Sentiment | None:
        """Polarity of the whole text and towards entities."""
    @property
    def claims(self) -> list[Claim]:
        """Statements that can be checked."""

def line_fields() -> dict[str, Any]: ...
