-- Versions of town folders. Files are kept once per content.
CREATE TABLE town_version (
  town   bigint  NOT NULL,
  n      bigint  NOT NULL,
  at     bigint  NOT NULL,
  actor  text    NOT NULL,
  digest blob    NOT NULL,
  trial  integer NOT NULL,
  PRIMARY KEY (town, n)
) WITHOUT ROWID;

CREATE TABLE town_file (
  town bigint NOT NULL,
  n    bigint NOT NULL,
  name text   NOT NULL,
  sha  blob   NOT NULL,
  PRIMARY KEY (town, n, name)
) WITHOUT ROWID;

CREATE TABLE town_blob (
  town  bigint NOT NULL,
  sha   blob   NOT NULL,
  bytes blob   NOT NULL,
  PRIMARY KEY (town, sha)
);

-- The version in force, named by every command that used it.
CREATE TABLE town_head (
  town    bigint NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (town)
);
