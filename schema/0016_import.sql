-- Open matters that came with a table of an office (linli import): which batch, and under which number they stood there.
CREATE TABLE import_batch (
  town      bigint  NOT NULL,
  id        text    NOT NULL,  -- 20261123-094512-matters
  at        bigint  NOT NULL,
  actor     text    NOT NULL,  -- login of who imported
  source    text    NOT NULL,  -- name of the file
  mapping   text    NOT NULL,
  total     integer NOT NULL,
  accepted  integer NOT NULL,
  rejected  integer NOT NULL,
  undone_at bigint,
  undone_by text    NOT NULL,  -- '' while it stands
  PRIMARY KEY (town, id)
) WITHOUT ROWID;
-- One number of one ledger is one matter, however often the ledger comes. No words and no contact stand here.
CREATE TABLE import_matter (
  town   bigint NOT NULL,
  origin text   NOT NULL,      -- which ledger or platform gave the number
  number text   NOT NULL,
  batch  text   NOT NULL,
  matter bigint NOT NULL,
  PRIMARY KEY (town, origin, number)
) WITHOUT ROWID;
CREATE INDEX import_matter_batch ON import_matter (town, batch, matter);
