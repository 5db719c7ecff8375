-- Sign-in elsewhere: which account a subject of an OpenID provider is linked to (people/link.h). The subject itself is kept nowhere: a keyed hash finds
-- it. And the proofs that count once, until they run out by themselves.
CREATE TABLE people_link (
  town    bigint NOT NULL,
  login   text   NOT NULL,
  issuer  text   NOT NULL,
  subject blob   NOT NULL,   -- keyed hash of issuer and subject
  maker   text   NOT NULL,   -- staff:LOGIN; the person, or an administrator
  at      bigint NOT NULL,
  PRIMARY KEY (town, login)
) WITHOUT ROWID;
CREATE UNIQUE INDEX people_link_subject ON people_link (town, subject);

CREATE TABLE people_once (
  town   bigint NOT NULL,
  hash   blob   NOT NULL,
  until  bigint NOT NULL,
  PRIMARY KEY (town, hash)
) WITHOUT ROWID;
