-- One cause, many voices: a matter that is joined to another keeps its row, code, clocks and rating; the work is done on its cause.
ALTER TABLE matter_case ADD COLUMN cause bigint;                        -- the matter it was joined to
ALTER TABLE matter_case ADD COLUMN waits integer NOT NULL DEFAULT 0;    -- 1: it waits for the answer of its cause
ALTER TABLE matter_case ADD COLUMN voices integer NOT NULL DEFAULT 0;   -- how many name it as their cause
CREATE INDEX matter_case_cause ON matter_case (town, cause, id) WHERE cause IS NOT NULL;
CREATE INDEX matter_case_waits ON matter_case (town, cause, id) WHERE waits = 1;

-- Causes that have spoken, while not all their voices have followed. A row lives from the answer until the last one has it.
CREATE TABLE matter_following (
  town     bigint  NOT NULL,
  cause    bigint  NOT NULL,
  n        integer NOT NULL,   -- event of the cause with the answer
  answered integer NOT NULL,   -- 0: it ended without one, and gives its voices back
  actor    text    NOT NULL,   -- who answered
  upto     bigint  NOT NULL,   -- voices up to this one were seen to
  PRIMARY KEY (town, cause)
);
