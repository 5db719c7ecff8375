-- Between towns (移交). A matter on its way: while it is underway this row is the outbox.
CREATE TABLE matter_passage (
  town     bigint  NOT NULL,
  matter   bigint  NOT NULL,
  underway integer NOT NULL,   -- 1: another town is being asked
  to_town  text    NOT NULL,   -- who is asked or has taken it; '' = it is here
  tried    text    NOT NULL,   -- all that were asked, joined by ';'
  route    text    NOT NULL,   -- through whose hands it came, joined by ';'
  times    integer NOT NULL,   -- how often it was handed over from here
  PRIMARY KEY (town, matter)
);
CREATE INDEX matter_passage_underway ON matter_passage (town, matter) WHERE underway = 1;

-- How far each hand-over got. Codes and times; what is in a parcel is read from the matter whenever it is sealed.
CREATE TABLE parcel_out (
  town      bigint  NOT NULL,
  matter    bigint  NOT NULL,
  times     integer NOT NULL,  -- its n-th hand-over; with the matter's id the id of the parcel
  first     text    NOT NULL,  -- the town that was asked first
  to_town   text    NOT NULL,  -- who is asked now
  stage     text    NOT NULL,  -- offer appeal order | follow over back
  edition   integer NOT NULL,  -- the event up to which they have it; 0 = they have nothing
  tries     integer NOT NULL,  -- in vain, in a row
  error     text    NOT NULL,  -- why the last one was
  next_at   bigint,            -- when to ask again; NULL = nothing more is owed
  sent_at   bigint,            -- first tried
  received_at bigint,          -- it is there
  ended_at  bigint,            -- it was taken, or came back
  order_by  text    NOT NULL,  -- the ruling of the common superior, sealed by it: who
  order_at  bigint,
  order_sig blob,
  there     bigint,            -- their number of the matter
  seen      text    NOT NULL,  -- how it stands there, as JSON: state, unit, due; no words
  seen_at   bigint,
  owing     text    NOT NULL,  -- towns still to be told that it is settled, joined by ';'
  PRIMARY KEY (town, matter, times)
);
CREATE INDEX parcel_out_next ON parcel_out (town, next_at) WHERE next_at IS NOT NULL;

-- What came in: a parcel is one matter, however often it comes.
CREATE TABLE parcel_in (
  town    bigint  NOT NULL,
  sender  text    NOT NULL,
  parcel  text    NOT NULL,    -- the sender's number of it
  matter  bigint  NOT NULL,
  how     text    NOT NULL,    -- offer appeal order
  other   text    NOT NULL,    -- of an appeal: the town that did not take it
  edition integer NOT NULL,
  at      bigint  NOT NULL,
  over_at bigint,              -- another town has it
  PRIMARY KEY (town, sender, parcel)
);
CREATE INDEX parcel_in_matter ON parcel_in (town, matter);
