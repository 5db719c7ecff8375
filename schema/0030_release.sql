-- What a clerk released of a matter for everybody (公开摘要). The words stand in matter_entry beside event n, so that erasing takes them.
CREATE TABLE matter_release (
  town    bigint  NOT NULL,
  matter  bigint  NOT NULL,
  n       integer NOT NULL,      -- the event that released it as it is now
  thing   text    NOT NULL,      -- the public thing it is shown at, or ''
  place   text    NOT NULL,      -- else the community, grid or township; never a building
  at      bigint  NOT NULL,      -- first released
  changed bigint  NOT NULL,
  actor   text    NOT NULL,      -- who released it as it is now
  PRIMARY KEY (town, matter)
);
CREATE INDEX matter_release_at ON matter_release (town, at, matter);
-- Each photo is a choice of its own.
CREATE TABLE matter_release_photo (
  town    bigint  NOT NULL,
  matter  bigint  NOT NULL,
  k       integer NOT NULL,      -- of matter_file
  at      bigint  NOT NULL,
  actor   text    NOT NULL,
  PRIMARY KEY (town, matter, k)
);
