-- Views of an SQLite file of results: the first questions, without a join.
-- Each begins with the tables that it needs, and is left out where one of them is not there.

-- needs: documents, quotes, entities
-- Who said what: a row for each quote.
CREATE VIEW said AS
SELECT d.date, coalesce(q.speaker_name, q.speaker_text) AS speaker, s.kind AS speaker_kind, q.text, q.kind, q.cue, q.stance,
  q.about, q.figures, q.anonymous, d.title, q.confidence, q.doc, q.quote, q.place
FROM quotes q
JOIN documents d ON d.doc = q.doc
LEFT JOIN entities s ON s.doc = q.doc AND s.entity = q.speaker_entity;

-- needs: documents, quotes, mentions
-- Who said what about whom: a row for each quote and each entity that it mentions.
CREATE VIEW said_about AS
SELECT DISTINCT d.date, coalesce(q.speaker_name, q.speaker_text) AS speaker, m.name AS about, m.kind AS about_kind, q.text,
  q.kind, q.cue, q.figures, d.title, q.doc, q.quote, m.entity AS about_entity
FROM mentions m
JOIN quotes q ON q.doc = m.doc AND q.quote = m.quote
JOIN documents d ON d.doc = m.doc
WHERE m.entity IS DISTINCT FROM q.speaker_entity;

-- needs: documents, figures, quotes
-- Numbers with what they measure, and who told them where that is in a quote.
CREATE VIEW numbers AS
SELECT d.date, f.kind, f.text, f.value, f.value_max, f.unit, f.per, f.bound, f.measure, f.period_from, f.period_to, f.direction,
  f.amount, f.baseline, f.derived, coalesce(q.speaker_name, q.speaker_text) AS speaker, f.sentence, d.title, f.doc, f.figure,
  f.place
FROM figures f
JOIN documents d ON d.doc = f.doc
LEFT JOIN quotes q ON q.doc = f.doc AND q.quote = f.quote
WHERE f.value IS NOT NULL OR f.value_max IS NOT NULL;

-- needs: documents, entities
-- In what tone each article writes about whom.
CREATE VIEW tone AS
SELECT d.date, e.name, e.kind, e.label, e.polarity, e.negative, e.positive, e.mentions, e.salience, d.title, e.doc, e.entity
FROM entities e
JOIN documents d ON d.doc = e.doc
WHERE e.label IS NOT NULL;

-- needs: documents, stances
-- Who is for or against whom, with the words that show it.
CREATE VIEW attitudes AS
SELECT d.date, coalesce(s.holder_name, s.holder) AS holder, s.target_name AS target, s.label, s.polarity, s.evidence,
  s.quote_text, s.sentence, d.title, s.doc, s.stance
FROM stances s
JOIN documents d ON d.doc = s.doc;
