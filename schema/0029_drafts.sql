-- Changes of the town's folder that somebody proposes and a second person brings into force (文件夹草稿、双人复核).
CREATE TABLE town_draft (
  town     bigint  NOT NULL,
  id       bigint  NOT NULL,
  rev      integer NOT NULL,
  n        integer NOT NULL,            -- events so far
  chain    blob    NOT NULL,            -- hash of event n
  state    text    NOT NULL,            -- open proposed loaded refused withdrawn expired
  why      text    NOT NULL,            -- what it is for, in the proposer's words
  proposer text    NOT NULL,            -- a login
  judge    text    NOT NULL DEFAULT '', -- the second person, or who withdrew it
  said     text    NOT NULL DEFAULT '', -- why it was refused or withdrawn
  version  bigint,                      -- that it became
  opened   bigint  NOT NULL,
  touched  bigint  NOT NULL,
  ended    bigint,
  PRIMARY KEY (town, id)
);
CREATE INDEX town_draft_open ON town_draft (town, touched, id) WHERE ended IS NULL;
CREATE INDEX town_draft_version ON town_draft (town, version) WHERE version IS NOT NULL;

-- The files that a draft changes, until it has ended.
CREATE TABLE town_draft_file (
  town  bigint NOT NULL,
  draft bigint NOT NULL,
  name  text   NOT NULL,
  base  bigint NOT NULL,                -- version of the folder on which it was written
  gone  integer NOT NULL,               -- 1: the file goes
  bytes blob   NOT NULL,
  PRIMARY KEY (town, draft, name)
);
