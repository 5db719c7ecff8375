-- Who is away from when until when. Not why: that is nobody's business here. A row goes a month after its last day.
CREATE TABLE people_leave (
  town  bigint  NOT NULL,
  id    bigint  NOT NULL,
  login text    NOT NULL,
  since integer NOT NULL,   -- first and last day
  until integer NOT NULL,
  maker text    NOT NULL,
  at    bigint  NOT NULL,
  PRIMARY KEY (town, id)
);
CREATE INDEX people_leave_until ON people_leave (town, until);

-- Matters and tasks that somebody holds for one who is away: they go back after the last day.
CREATE TABLE matter_stand_in (
  town     bigint NOT NULL,
  matter   bigint NOT NULL,
  task     integer NOT NULL,  -- its number within the matter; 0: the matter itself
  login    text   NOT NULL,   -- of the one who is away
  post     text   NOT NULL,   -- by which they held it
  stand_in text   NOT NULL,
  PRIMARY KEY (town, matter, task)
);
