-- Who takes whose turn on duty: asked for, agreed to, approved by a third. The roster of the folder stays as it was published.
CREATE TABLE people_swap (
  town       bigint  NOT NULL,
  id         bigint  NOT NULL,
  date       integer NOT NULL,   -- of the shift, as roster.csv writes it
  shift      text    NOT NULL,
  leads      integer NOT NULL,   -- 1: the leader's turn, 0: an officer's
  asker      text    NOT NULL,   -- whose turn it is
  other      text    NOT NULL,   -- who takes it
  back_date  integer,            -- the turn taken in return, if any
  back_shift text    NOT NULL,
  reason     text    NOT NULL,   -- for the roster; emptied a month after the last of the days
  last_date  integer NOT NULL,   -- the later of the two
  state      text    NOT NULL,   -- asked agreed approved refused withdrawn
  ruler      text    NOT NULL,   -- who approved or refused
  at         bigint  NOT NULL,
  changed    bigint  NOT NULL,
  PRIMARY KEY (town, id)
);
CREATE INDEX people_swap_last ON people_swap (town, last_date);
