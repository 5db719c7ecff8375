-- Matters. The row read and written most carries what lists and clocks need; words stand apart.
CREATE TABLE matter_case (
  town       bigint  NOT NULL,
  id         bigint  NOT NULL,
  rev        integer NOT NULL,
  n          integer NOT NULL,   -- events so far
  chain      blob    NOT NULL,   -- hash of event n
  proc       text    NOT NULL,   -- procedure code
  version    bigint  NOT NULL,   -- town version it was dispatched under
  state      text    NOT NULL,
  open       integer NOT NULL,   -- 1 until a final state
  subject    text    NOT NULL,   -- '' while unknown
  matched    text    NOT NULL,   -- choice keyword ngram desk
  level      text    NOT NULL,   -- small big hard
  urgent     integer NOT NULL,
  grid       text    NOT NULL,   -- '' while not placed
  path       text    NOT NULL,   -- of the place, from the root
  located    text    NOT NULL,   -- inside nearest agreement desk
  unit       text    NOT NULL,   -- who leads
  unit_path  text    NOT NULL,
  assist     text    NOT NULL,   -- org codes joined by ';'
  duty       text    NOT NULL,   -- row of the duty list, '' for the fallback
  post       text    NOT NULL,
  holder     text    NOT NULL,   -- login of the person, '' when the post is reached otherwise
  raised     integer NOT NULL,   -- how often it went up
  respondent text    NOT NULL,   -- org or login complained about
  source     text    NOT NULL,
  person     bigint,             -- the reporter in the vault
  opened     bigint  NOT NULL,
  due        bigint,             -- the promised answer
  next_at    bigint,             -- the next alarm of any clock
  clocks     text    NOT NULL,
  code       blob    NOT NULL,   -- hash of the tracking code, its time first
  signed_at    bigint,
  contacted_at bigint,
  answered_at  bigint,
  closed_at    bigint,
  solved     integer,            -- 0 no, 1 partly, 2 yes
  satisfied  integer,            -- 1..5
  PRIMARY KEY (town, id)
);
CREATE INDEX matter_case_grid  ON matter_case (town, grid, id);
CREATE INDEX matter_case_unit  ON matter_case (town, unit, open, due);
CREATE UNIQUE INDEX matter_case_code ON matter_case (town, code);
CREATE INDEX matter_case_clock ON matter_case (town, next_at) WHERE next_at IS NOT NULL;

-- What people wrote and what explains a decision, beside the event of the same number. Erasable: the event keeps a
-- hash salted with `salt`, which goes with the words. With rowids: a row of 2 KB would need an overflow page of its own
-- inside a primary key's tree, and half a page in a table.
CREATE TABLE matter_entry (
  town   bigint  NOT NULL,
  matter bigint  NOT NULL,
  n      integer NOT NULL,
  salt   blob,
  words  text,                   -- canonical JSON of the form's free text
  why    text,                   -- canonical JSON of the explanation
  erased text,                   -- by whom, on which basis
  PRIMARY KEY (town, matter, n)
);
