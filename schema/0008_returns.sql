-- A unit that is not in charge may return a matter once (退单); the desk rules. What was returned, by whom, on which row of the
-- duty list, how it ended: for the rule itself (never back to who returned it rightly) and for the figures.
ALTER TABLE matter_case ADD COLUMN returned_by text NOT NULL DEFAULT '';    -- org code
ALTER TABLE matter_case ADD COLUMN returned_duty text NOT NULL DEFAULT '';  -- row of the duty list it had been sent by
ALTER TABLE matter_case ADD COLUMN returned_at bigint;
ALTER TABLE matter_case ADD COLUMN ruled_at bigint;
ALTER TABLE matter_case ADD COLUMN upheld integer;                          -- 1 sent elsewhere, 0 overruled
CREATE INDEX matter_case_returned ON matter_case (town, returned_at, id) WHERE returned_at IS NOT NULL AND ruled_at IS NULL;
CREATE INDEX matter_case_upheld ON matter_case (town, returned_duty) WHERE upheld = 1;
ALTER TABLE insight_case ADD COLUMN returned_by text NOT NULL DEFAULT '';
ALTER TABLE insight_case ADD COLUMN returned_duty text NOT NULL DEFAULT '';
ALTER TABLE insight_case ADD COLUMN returned_at bigint;
ALTER TABLE insight_case ADD COLUMN ruled_at bigint;
ALTER TABLE insight_case ADD COLUMN upheld integer;
CREATE INDEX insight_case_returned ON insight_case (town, returned_at, matter) WHERE returned_at IS NOT NULL;
