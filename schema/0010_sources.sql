-- By which way it came, and when: figures by source, and public lists by the day of the request.
ALTER TABLE insight_case ADD COLUMN opened bigint NOT NULL DEFAULT 0;
ALTER TABLE insight_case ADD COLUMN source text NOT NULL DEFAULT '';
UPDATE insight_case SET
  opened = coalesce((SELECT m.opened FROM matter_case m WHERE m.town = insight_case.town AND m.id = insight_case.matter), 0),
  source = coalesce((SELECT m.source FROM matter_case m WHERE m.town = insight_case.town AND m.id = insight_case.matter), '');
CREATE INDEX insight_case_opened ON insight_case (town, opened, matter);
