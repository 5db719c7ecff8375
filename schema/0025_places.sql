-- A place as people say it: who is to be asked where it is, the householder it is told by, and what is learned of it.
ALTER TABLE matter_case ADD COLUMN place_call integer NOT NULL DEFAULT 0;   -- 1: the reporter is to be asked where it is
ALTER TABLE matter_case ADD COLUMN place_calls integer NOT NULL DEFAULT 0;  -- how often somebody tried
ALTER TABLE matter_case ADD COLUMN householder bigint;                      -- 户主, in the vault
CREATE INDEX matter_case_place_call ON matter_case (town, id) WHERE place_call = 1;
CREATE INDEX matter_case_householder ON matter_case (town, closed_at, id) WHERE open = 0 AND householder IS NOT NULL;
-- Names of places that were proposed, and what a second person said (俗称的提出与复核). Those in use stand in aliases.csv of the town's folder.
CREATE TABLE town_alias (
  town     bigint NOT NULL,
  id       bigint NOT NULL,
  said     text   NOT NULL,   -- '' once refused: nothing is kept of it
  place    text   NOT NULL,   -- a code, or ''
  thing    text   NOT NULL,   -- a code, or ''
  state    text   NOT NULL,   -- proposed accepted refused withdrawn
  matter   bigint,            -- in which it was said, until that is erased
  proposer text   NOT NULL,   -- the actor, as in events
  proposed bigint NOT NULL,
  reviewer text   NOT NULL,
  reviewed bigint,
  PRIMARY KEY (town, id)
);
CREATE INDEX town_alias_state ON town_alias (town, state, id);
CREATE INDEX town_alias_matter ON town_alias (town, matter) WHERE matter IS NOT NULL;
