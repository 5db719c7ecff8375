-- What the figures are counted from: one row a matter, kept by a listener on sealed events. No words, no persons.
CREATE TABLE insight_case (
  town        bigint  NOT NULL,
  matter      bigint  NOT NULL,
  subject     text    NOT NULL,
  unit        text    NOT NULL,
  grid        text    NOT NULL,
  path        text    NOT NULL,   -- of the place, for figures of a part of the town
  anonymous   integer NOT NULL,   -- 1: nobody is owed a contact
  open        integer NOT NULL,
  first_due   bigint  NOT NULL,   -- when the first clock of all ran out: the day owed while no answer is promised
  promised    bigint,             -- when the answer's clock began; NULL while nobody has promised one
  due         bigint  NOT NULL,   -- promised answer; the largest number while there is none
  contact_due bigint,
  contacted   bigint,
  answered    bigint,
  closed      bigint,
  solved      integer,
  satisfied   integer,
  PRIMARY KEY (town, matter)
) WITHOUT ROWID;
CREATE INDEX insight_case_due ON insight_case (town, open, due, matter);
CREATE INDEX insight_case_closed ON insight_case (town, closed, matter) WHERE closed IS NOT NULL;

-- Approved exclusions (剔除): by whom, why; counted and published, never silent.
CREATE TABLE insight_exclusion (
  town     bigint NOT NULL,
  matter   bigint NOT NULL,
  reason   text   NOT NULL,
  asked    text   NOT NULL,
  approved text   NOT NULL,
  at       bigint NOT NULL,
  PRIMARY KEY (town, matter)
) WITHOUT ROWID;

-- Matters whose events a listener could not read: set aside, so that the others go on, and tried again later.
CREATE TABLE insight_parked (
  town     bigint NOT NULL,
  listener text   NOT NULL,
  matter   bigint NOT NULL,
  at       bigint NOT NULL,
  error    text   NOT NULL,
  PRIMARY KEY (town, listener, matter)
) WITHOUT ROWID;
