-- A known cause: works or an outage, announced once, that answers whoever reports it. The matter itself stands in matter_case.
CREATE TABLE matter_known (
  town    bigint  NOT NULL,
  cause   bigint  NOT NULL,
  subject text    NOT NULL,
  path    text    NOT NULL,            -- of the place, from the root
  since   bigint  NOT NULL,
  until   bigint  NOT NULL,            -- when it is to be over, as announced
  said    text    NOT NULL,            -- for everybody
  why     text    NOT NULL DEFAULT '', -- why the time was moved last
  announcer text    NOT NULL,            -- who announced it
  moved   integer NOT NULL DEFAULT 0,  -- how often it was
  PRIMARY KEY (town, cause)
);
-- A standing problem (每月一题): a subject at a place that comes back, with an owner, a plan and a measure.
CREATE TABLE matter_standing (
  town    bigint  NOT NULL,
  id      bigint  NOT NULL,
  rev     integer NOT NULL,
  n       integer NOT NULL,   -- events so far
  chain   blob    NOT NULL,   -- hash of event n
  subject text    NOT NULL,   -- reports of it and of those below it count
  path    text    NOT NULL,   -- of the place, from the root
  unit    text    NOT NULL,   -- who owns it
  post    text    NOT NULL,   -- and which post; '' = the unit
  plan    text    NOT NULL,
  goal    integer NOT NULL,   -- reports a month at most
  since   integer NOT NULL,   -- the day on which the plan began
  opened  bigint  NOT NULL,
  ended   bigint,
  outcome text    NOT NULL DEFAULT '',
  PRIMARY KEY (town, id)
);
