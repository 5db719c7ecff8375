-- Views that a member of staff keeps: a named filter of the boards. Their own; they go with the account.
CREATE TABLE people_view (
  town  bigint NOT NULL,
  login text   NOT NULL,
  name  text   NOT NULL,
  query text   NOT NULL,   -- as the page's address writes it
  at    bigint NOT NULL,
  PRIMARY KEY (town, login, name)
) WITHOUT ROWID;
