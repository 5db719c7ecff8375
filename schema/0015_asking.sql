-- What a unit asks for and somebody else grants: a pause, more time, a shelving (暂停、延期、挂账); and the call after the end (回访).
ALTER TABLE matter_case ADD COLUMN asked text NOT NULL DEFAULT '';         -- pause extension shelving, while nobody has decided
ALTER TABLE matter_case ADD COLUMN asked_by text NOT NULL DEFAULT '';      -- the actor, as in events
ALTER TABLE matter_case ADD COLUMN pauses integer NOT NULL DEFAULT 0;      -- granted
ALTER TABLE matter_case ADD COLUMN extensions integer NOT NULL DEFAULT 0;  -- granted
ALTER TABLE matter_case ADD COLUMN shelved_until bigint;
ALTER TABLE matter_case ADD COLUMN call_open integer NOT NULL DEFAULT 0;   -- 1: the reporter is to be called back
ALTER TABLE matter_case ADD COLUMN calls integer NOT NULL DEFAULT 0;
ALTER TABLE matter_case ADD COLUMN call_days integer NOT NULL DEFAULT 0;
ALTER TABLE matter_case ADD COLUMN last_call bigint;
ALTER TABLE matter_case ADD COLUMN call_rated integer NOT NULL DEFAULT 0;      -- 1: the rating was given on the telephone
CREATE INDEX matter_case_asked ON matter_case (town, id) WHERE asked <> '';
CREATE INDEX matter_case_shelved ON matter_case (town, shelved_until, id) WHERE shelved_until IS NOT NULL;
CREATE INDEX matter_case_calls ON matter_case (town, closed_at, id) WHERE call_open = 1;
ALTER TABLE insight_case ADD COLUMN calls integer NOT NULL DEFAULT 0;
ALTER TABLE insight_case ADD COLUMN call_open integer NOT NULL DEFAULT 0;
ALTER TABLE insight_case ADD COLUMN call_rated integer NOT NULL DEFAULT 0;
ALTER TABLE insight_case ADD COLUMN pauses integer NOT NULL DEFAULT 0;
ALTER TABLE insight_case ADD COLUMN extensions integer NOT NULL DEFAULT 0;
ALTER TABLE insight_case ADD COLUMN shelved integer NOT NULL DEFAULT 0;    -- 1: it stands on the shelf now
