-- Attachments. Their bytes go by a salted hash of themselves: on SQLite they lie in files beside the database, on PostgreSQL in chunks
-- here. Forgetting a file takes row, salt and bytes together.
CREATE TABLE store_file (
  town   bigint NOT NULL,
  digest blob   NOT NULL,        -- BLAKE2b-256 of the bytes, keyed with the salt
  salt   blob   NOT NULL,
  bytes  bigint NOT NULL,
  at     bigint NOT NULL,
  PRIMARY KEY (town, digest)
);
CREATE TABLE store_file_chunk (   -- empty on SQLite
  town   bigint  NOT NULL,
  digest blob    NOT NULL,
  n      integer NOT NULL,
  bytes  blob    NOT NULL,
  PRIMARY KEY (town, digest, n)
);
CREATE TABLE store_file_drop (    -- forgotten, its file still to be removed; empty on PostgreSQL
  town   bigint NOT NULL,
  digest blob   NOT NULL,
  PRIMARY KEY (town, digest)
);

-- Sent in and made harmless, but not part of a matter yet: whoever holds the token may bind it, for a limited time.
CREATE TABLE matter_upload (
  town   bigint  NOT NULL,
  token  blob    NOT NULL,       -- hash of the token
  digest blob    NOT NULL,
  thumb  blob,                   -- the small picture, a file of its own
  kind   text    NOT NULL,       -- photo voice paper
  type   text    NOT NULL,       -- content type
  bytes  bigint  NOT NULL,
  width  integer NOT NULL,
  height integer NOT NULL,
  ms     integer NOT NULL,       -- how long it plays
  name   text    NOT NULL,       -- of a paper, for whoever downloads it
  by     text    NOT NULL,       -- who may bind it: staff:LOGIN, key:NAME; '' = whoever has the token and is no staff
  at     bigint  NOT NULL,
  PRIMARY KEY (town, token)
);
CREATE INDEX matter_upload_at ON matter_upload (town, at);

-- The files of a matter, in the order in which they came. The event n names kind and digest; what is erasable stands here.
CREATE TABLE matter_file (
  town   bigint  NOT NULL,
  matter bigint  NOT NULL,
  k      integer NOT NULL,
  n      integer NOT NULL,
  digest blob    NOT NULL,
  thumb  blob,
  kind   text    NOT NULL,
  type   text    NOT NULL,
  bytes  bigint  NOT NULL,
  width  integer NOT NULL,
  height integer NOT NULL,
  ms     integer NOT NULL,
  name   text    NOT NULL,
  reporter integer NOT NULL,     -- 1: it came from the reporter
  shown  integer NOT NULL,       -- 1: the reporter sees it
  erased text,                   -- by whom, on which basis
  PRIMARY KEY (town, matter, k)
);
ALTER TABLE matter_case ADD COLUMN files integer NOT NULL DEFAULT 0;   -- how many ever came
