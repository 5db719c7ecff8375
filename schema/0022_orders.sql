-- Orders from upstream (上级派单): 12345, the district's platform. One number of one system is one matter, however often it comes.
-- No words and no contact stand here: those are the matter's. The number stays when the words are erased.
CREATE TABLE matter_order (
  town         bigint  NOT NULL,
  system       text    NOT NULL,  -- code in upstreams.yaml
  number       text    NOT NULL,  -- as upstream gave it
  matter       bigint  NOT NULL,
  state        text    NOT NULL,  -- received redo returned taken_back answered
  owed         integer NOT NULL,  -- 1 while upstream waits for us
  round        integer NOT NULL,  -- 1 at first, one more each time it was sent back to be dealt with again
  refused      integer NOT NULL,  -- 1: upstream has refused a return in this round
  received     bigint  NOT NULL,  -- of this round
  due          bigint,            -- upstream's, of this round; NULL when it names none
  ours         bigint,            -- the same less the town's margin
  return_until bigint,
  returned     bigint,
  answered     bigint,            -- of the last round that was answered
  returns      integer NOT NULL,
  refusals     integer NOT NULL,
  kept         integer NOT NULL,  -- rounds answered by upstream's deadline
  late         integer NOT NULL,
  chase        bigint  NOT NULL,  -- ours, or the largest number: the order in which a desk looks at them
  salt         blob,              -- of content; both go when the matter's words are erased
  content      blob,              -- hash of what it said last, so that the same again is known to be the same
  PRIMARY KEY (town, system, number)
) WITHOUT ROWID;
CREATE UNIQUE INDEX matter_order_matter ON matter_order (town, matter);
CREATE INDEX matter_order_chase ON matter_order (town, owed, chase, matter);
CREATE INDEX matter_order_received ON matter_order (town, received);
