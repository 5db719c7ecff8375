-- Accounts, sessions, invitations, API keys, the audit of sign-ins, and the vault of identity data.
CREATE TABLE people_account (
  town      bigint  NOT NULL,
  login     text    NOT NULL,
  password  text    NOT NULL,   -- Argon2id string; '' = none set yet
  totp      blob,               -- sealed secret
  totp_step bigint  NOT NULL,   -- last time step used: each code once
  revision  integer NOT NULL,
  at        bigint  NOT NULL,
  PRIMARY KEY (town, login)
) WITHOUT ROWID;

CREATE TABLE people_invite (
  town  bigint NOT NULL,
  hash  blob   NOT NULL,        -- of the token in the link
  login text   NOT NULL,
  maker text   NOT NULL,
  at    bigint NOT NULL,
  until bigint NOT NULL,
  PRIMARY KEY (town, hash)
) WITHOUT ROWID;

-- Failed attempts by login and by source; rows go a day after the last one.
CREATE TABLE people_try (
  town    bigint  NOT NULL,
  subject blob    NOT NULL,     -- keyed hash of the login or of the source
  failed  integer NOT NULL,
  at      bigint  NOT NULL,
  until   bigint  NOT NULL,
  PRIMARY KEY (town, subject)
) WITHOUT ROWID;

CREATE TABLE people_session (
  town    bigint  NOT NULL,
  hash    blob    NOT NULL,     -- of the cookie's token
  login   text    NOT NULL,
  at      bigint  NOT NULL,
  seen    bigint  NOT NULL,
  until   bigint  NOT NULL,
  factors integer NOT NULL,
  PRIMARY KEY (town, hash)
) WITHOUT ROWID;
CREATE INDEX people_session_login ON people_session (town, login);

CREATE TABLE people_key (
  town    bigint  NOT NULL,
  hash    blob    NOT NULL,
  name    text    NOT NULL,
  rights  bigint  NOT NULL,
  place   text    NOT NULL,
  org     text    NOT NULL,
  until   integer,
  revoked bigint,
  maker   text    NOT NULL,
  at      bigint  NOT NULL,
  PRIMARY KEY (town, hash)
) WITHOUT ROWID;
CREATE UNIQUE INDEX people_key_name ON people_key (town, name);

CREATE TABLE people_audit (
  town    bigint  NOT NULL,
  id      bigint  NOT NULL,
  at      bigint  NOT NULL,
  actor   text    NOT NULL,
  act     text    NOT NULL,
  subject text    NOT NULL,
  done    integer NOT NULL,
  PRIMARY KEY (town, id)
) WITHOUT ROWID;

-- Identity data, sealed. What is erased leaves this table and stands in people_erased.
CREATE TABLE people_vault (
  town           bigint  NOT NULL,
  person         bigint  NOT NULL,
  key_id         integer NOT NULL,
  box            blob    NOT NULL,
  blind          blob,
  masked_name    text    NOT NULL,
  masked_phone   text    NOT NULL,
  masked_address text    NOT NULL,
  basis          text    NOT NULL,
  class          text    NOT NULL,
  at             bigint  NOT NULL,
  PRIMARY KEY (town, person)
);
CREATE INDEX people_vault_blind ON people_vault (town, blind) WHERE blind IS NOT NULL;

CREATE TABLE people_erased (
  town   bigint NOT NULL,
  person bigint NOT NULL,
  actor  text   NOT NULL,
  basis  text   NOT NULL,
  at     bigint NOT NULL,
  PRIMARY KEY (town, person)
) WITHOUT ROWID;

-- Who looked at whose identity, when, why.
CREATE TABLE people_look (
  town    bigint NOT NULL,
  id      bigint NOT NULL,
  person  bigint NOT NULL,
  matter  bigint NOT NULL,
  actor   text   NOT NULL,
  purpose text   NOT NULL,
  at      bigint NOT NULL,
  PRIMARY KEY (town, id)
) WITHOUT ROWID;
CREATE INDEX people_look_person ON people_look (town, person, id);
CREATE INDEX people_look_matter ON people_look (town, matter, id);
CREATE INDEX people_look_actor ON people_look (town, actor, at);
