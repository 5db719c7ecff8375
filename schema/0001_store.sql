-- What the store room itself needs: the journal, its order, idempotency, leases.
CREATE TABLE store_event (
  town   bigint  NOT NULL,
  matter bigint  NOT NULL,
  n      integer NOT NULL,
  at     bigint  NOT NULL,
  kind   text    NOT NULL,
  actor  text    NOT NULL,
  body   text    NOT NULL,
  hash   blob    NOT NULL,
  PRIMARY KEY (town, matter, n)
);

-- Committed but not yet sealed. A row lives for a second or two.
CREATE TABLE store_tail (
  town   bigint  NOT NULL,
  matter bigint  NOT NULL,
  n      integer NOT NULL,
  hash   blob    NOT NULL,   -- the event's, so that sealing need not read the events again
  PRIMARY KEY (town, matter, n)
) WITHOUT ROWID;

CREATE TABLE store_seal (
  town    bigint  NOT NULL,
  n       bigint  NOT NULL,
  first   bigint  NOT NULL,   -- the town's sequence number of the first member
  members blob    NOT NULL,   -- (matter, n) pairs, 12 bytes each, big endian
  at      bigint  NOT NULL,
  root    blob    NOT NULL,
  prev    blob    NOT NULL,
  hash    blob    NOT NULL,
  PRIMARY KEY (town, n)
) WITHOUT ROWID;

CREATE TABLE store_cursor (
  town     bigint NOT NULL,
  listener text   NOT NULL,
  seal     bigint NOT NULL,
  PRIMARY KEY (town, listener)
) WITHOUT ROWID;

CREATE TABLE store_idem (
  town   bigint  NOT NULL,
  route  text    NOT NULL,
  actor  text    NOT NULL,
  idem   text    NOT NULL,
  body   blob    NOT NULL,
  status integer NOT NULL,
  id     bigint  NOT NULL,
  answer blob    NOT NULL,
  at     bigint  NOT NULL,
  PRIMARY KEY (town, route, actor, idem)
) WITHOUT ROWID;
CREATE INDEX store_idem_age ON store_idem (town, at);

CREATE TABLE store_lease (
  town   bigint NOT NULL,
  job    text   NOT NULL,
  holder text   NOT NULL,
  epoch  bigint NOT NULL,
  until  bigint NOT NULL,
  PRIMARY KEY (town, job)
) WITHOUT ROWID;
