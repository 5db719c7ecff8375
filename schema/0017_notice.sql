-- Messages about what happened: to whom, by which way, how far it got. Codes and times; no words, no address, no name:
-- the text is made when it is read or sent, the address is opened in the vault in that moment.
CREATE TABLE notice_out (
  town      bigint  NOT NULL,
  id        bigint  NOT NULL,   -- outside it is the message id, and stays the same however often it is tried
  matter    bigint  NOT NULL,
  n         integer NOT NULL,   -- the event it comes from
  kind      text    NOT NULL,
  recipient text    NOT NULL,   -- reporter | staff:LOGIN | hook:NAME
  channel   text    NOT NULL,   -- app | sms | mail | hook
  lang      text    NOT NULL,
  proc      text    NOT NULL,
  step      text    NOT NULL,   -- the state it led to
  unit      text    NOT NULL,
  why       text    NOT NULL,   -- the event's kind, or what went wrong with a message
  clock     text    NOT NULL,
  due       bigint,
  was       bigint,
  at        bigint  NOT NULL,
  urgent    integer NOT NULL,
  state     text    NOT NULL,   -- waiting | sent | undelivered | settled | dropped
  tries     integer NOT NULL,
  next_at   bigint,             -- of what waits
  done_at   bigint,
  read_at   bigint,
  error     text    NOT NULL,
  settled   text    NOT NULL,   -- who told them another way, and how
  PRIMARY KEY (town, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX notice_out_once ON notice_out (town, matter, n, kind, recipient, channel);
CREATE INDEX notice_out_next ON notice_out (town, next_at, id) WHERE next_at IS NOT NULL;
CREATE INDEX notice_out_box ON notice_out (town, recipient, id) WHERE channel = 'app';
CREATE INDEX notice_out_lost ON notice_out (town, id) WHERE state = 'undelivered';

-- How a reporter wants to be told, where they chose something; else it is the app, and a short message where they left a number.
CREATE TABLE notice_wish (
  town     bigint  NOT NULL,
  matter   bigint  NOT NULL,
  way      text    NOT NULL,   -- sms | mail | none
  lang     text    NOT NULL,
  from_min integer NOT NULL,   -- minutes of the day between which they may be disturbed; both 0: the town's quiet hours hold
  to_min   integer NOT NULL,
  discreet integer NOT NULL,   -- 1: outside the app a message says nothing but that there is one
  PRIMARY KEY (town, matter)
) WITHOUT ROWID;
