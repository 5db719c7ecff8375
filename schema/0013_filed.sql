-- What another system filed for somebody, through Open311: it may follow its own requests, and nobody else's.
CREATE TABLE matter_filed (
  town     bigint NOT NULL,
  matter   bigint NOT NULL,
  filed_by text   NOT NULL,   -- name of its API key
  PRIMARY KEY (town, matter)
) WITHOUT ROWID;
CREATE INDEX matter_filed_by ON matter_filed (town, filed_by, matter);
