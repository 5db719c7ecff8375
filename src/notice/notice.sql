-- name: notice_add   exec   write
-- in:   town int64, id int64, matter int64, n int32, kind text, recipient text, channel text, lang text, proc text, step text, unit text, why text, clock text, due instant?, was instant?, at instant, urgent bool, state text, next_at instant?, done_at instant?, error text
-- why:  one message to one recipient by one way; again is the same
INSERT INTO notice_out (town, id, matter, n, kind, recipient, channel, lang, proc, step, unit, why, clock, due, was, at, urgent, state,
  tries, next_at, done_at, read_at, error, settled)
VALUES (:town, :id, :matter, :n, :kind, :recipient, :channel, :lang, :proc, :step, :unit, :why, :clock, :due, :was, :at, :urgent, :state,
  0, :next_at, :done_at, NULL, :error, '')
ON CONFLICT (town, matter, n, kind, recipient, channel) DO NOTHING;

-- name: notice_told   one   read
-- in:   town int64, matter int64
-- out:  due instant
-- why:  which day the reporter was told last, as their answer, not as the end of an outage; index notice_out_once
SELECT due FROM notice_out
 WHERE town = :town AND matter = :matter AND recipient = 'reporter' AND channel = 'app' AND due IS NOT NULL
   AND kind <> 'known' AND kind <> 'restore' ORDER BY n DESC LIMIT 1;

-- name: notice_box   many   read
-- in:   town int64, recipient text, unread bool, before int64, max int32
-- out:  id int64, matter int64, n int32, kind text, recipient text, channel text, lang text, proc text, step text, unit text, why text, clock text, due instant?, was instant?, at instant, urgent bool, state text, tries int32, next_at instant?, done_at instant?, read_at instant?, error text, settled text
-- why:  what a member of staff was told in the app; index notice_out_box
SELECT id, matter, n, kind, recipient, channel, lang, proc, step, unit, why, clock, due, was, at, urgent, state, tries, next_at, done_at,
  read_at, error, settled
 FROM notice_out WHERE town = :town AND recipient = :recipient AND channel = 'app' AND id < :before AND (:unread = 0 OR read_at IS NULL)
 ORDER BY id DESC LIMIT :max;

-- name: notice_unread   one   read
-- in:   town int64, recipient text
-- out:  n int64
-- why:  the number beside the bell
SELECT count(*) FROM notice_out WHERE town = :town AND recipient = :recipient AND channel = 'app' AND read_at IS NULL;

-- name: notice_mark_read   exec   write
-- in:   town int64, recipient text, since int64, upto int64, now instant
-- why:  they have seen them, or one
UPDATE notice_out SET read_at = :now
 WHERE town = :town AND recipient = :recipient AND channel = 'app' AND id >= :since AND id <= :upto AND read_at IS NULL;

-- name: notice_of_reporter   many   read
-- in:   town int64, matter int64, max int32
-- out:  id int64, matter int64, n int32, kind text, recipient text, channel text, lang text, proc text, step text, unit text, why text, clock text, due instant?, was instant?, at instant, urgent bool, state text, tries int32, next_at instant?, done_at instant?, read_at instant?, error text, settled text
-- why:  what the reporter of one matter was told; index notice_out_once
SELECT id, matter, n, kind, recipient, channel, lang, proc, step, unit, why, clock, due, was, at, urgent, state, tries, next_at, done_at,
  read_at, error, settled
 FROM notice_out WHERE town = :town AND matter = :matter AND recipient = 'reporter' AND channel = 'app' ORDER BY n DESC, id DESC LIMIT :max;

-- name: notice_due   many   read
-- in:   town int64, now instant, max int32
-- out:  id int64, matter int64, n int32, kind text, recipient text, channel text, lang text, proc text, step text, unit text, why text, clock text, due instant?, was instant?, at instant, urgent bool, state text, tries int32, next_at instant?, done_at instant?, read_at instant?, error text, settled text
-- why:  what is to be sent now; index notice_out_next
SELECT id, matter, n, kind, recipient, channel, lang, proc, step, unit, why, clock, due, was, at, urgent, state, tries, next_at, done_at,
  read_at, error, settled
 FROM notice_out WHERE town = :town AND next_at IS NOT NULL AND next_at <= :now ORDER BY next_at, id LIMIT :max;

-- name: notice_lost   many   read
-- in:   town int64, hooks bool, before int64, max int32
-- out:  id int64, matter int64, n int32, kind text, recipient text, channel text, lang text, proc text, step text, unit text, why text, clock text, due instant?, was instant?, at instant, urgent bool, state text, tries int32, next_at instant?, done_at instant?, read_at instant?, error text, settled text
-- why:  what could not be delivered; index notice_out_lost
SELECT id, matter, n, kind, recipient, channel, lang, proc, step, unit, why, clock, due, was, at, urgent, state, tries, next_at, done_at,
  read_at, error, settled
 FROM notice_out WHERE town = :town AND state = 'undelivered' AND id < :before AND (:hooks = 1 OR channel <> 'hook') ORDER BY id DESC LIMIT :max;

-- name: notice_get   one   read
-- in:   town int64, id int64
-- out:  id int64, matter int64, n int32, kind text, recipient text, channel text, lang text, proc text, step text, unit text, why text, clock text, due instant?, was instant?, at instant, urgent bool, state text, tries int32, next_at instant?, done_at instant?, read_at instant?, error text, settled text
-- why:  one message
SELECT id, matter, n, kind, recipient, channel, lang, proc, step, unit, why, clock, due, was, at, urgent, state, tries, next_at, done_at,
  read_at, error, settled
 FROM notice_out WHERE town = :town AND id = :id;

-- name: notice_mark   exec   write
-- in:   town int64, id int64, before int32, tries int32, state text, next_at instant?, done_at instant?, error text
-- why:  how a try went; a row that somebody else has tried meanwhile is left alone
UPDATE notice_out SET tries = :tries, state = :state, next_at = :next_at, done_at = :done_at, error = :error
 WHERE town = :town AND id = :id AND state = 'waiting' AND tries = :before;

-- name: notice_again   exec   write
-- in:   town int64, id int64, now instant
-- why:  tried once more from the beginning
UPDATE notice_out SET state = 'waiting', tries = 0, next_at = :now, done_at = NULL, error = ''
 WHERE town = :town AND id = :id AND state = 'undelivered';

-- name: notice_settle   exec   write
-- in:   town int64, id int64, now instant, settled text
-- why:  told another way, by whom and how
UPDATE notice_out SET state = 'settled', done_at = :now, settled = :settled
 WHERE town = :town AND id = :id AND state = 'undelivered';

-- name: notice_count   many   read
-- in:   town int64
-- out:  channel text, state text, n int64
-- why:  the outbox at a glance; what was sent is swept in time
SELECT channel, state, count(*) AS n FROM notice_out WHERE town = :town GROUP BY channel, state
 ORDER BY channel COLLATE binary, state COLLATE binary LIMIT 100;

-- name: notice_waiting   one   read
-- in:   town int64
-- out:  n int64
-- why:  the queue, for the metrics; index notice_out_next
SELECT count(*) FROM notice_out WHERE town = :town AND next_at IS NOT NULL;

-- name: notice_lost_count   one   read
-- in:   town int64
-- out:  n int64
-- why:  what somebody must act on, for the metrics; index notice_out_lost
SELECT count(*) FROM notice_out WHERE town = :town AND state = 'undelivered';

-- name: notice_forget   exec   write
-- in:   town int64, matter int64, now instant
-- why:  the reporter had everything erased: nothing more is sent to them
UPDATE notice_out SET state = 'dropped', next_at = NULL, done_at = :now
 WHERE town = :town AND matter = :matter AND recipient = 'reporter' AND state IN ('waiting', 'undelivered');

-- name: notice_sweep   exec   write
-- in:   town int64, before_id int64, max int32
-- why:  ids are ordered by time: old rows that nobody must act on go
DELETE FROM notice_out WHERE town = :town AND id IN (
  SELECT id FROM notice_out WHERE town = :town AND id < :before_id AND state <> 'waiting' AND state <> 'undelivered' ORDER BY id LIMIT :max);

-- name: notice_wish_put   exec   write
-- in:   town int64, matter int64, way text, lang text, from_min int32, to_min int32, discreet bool
-- why:  how a reporter wants to be told
INSERT INTO notice_wish (town, matter, way, lang, from_min, to_min, discreet)
VALUES (:town, :matter, :way, :lang, :from_min, :to_min, :discreet)
ON CONFLICT (town, matter) DO UPDATE SET way = excluded.way, lang = excluded.lang, from_min = excluded.from_min,
  to_min = excluded.to_min, discreet = excluded.discreet;

-- name: notice_wish_get   one   read
-- in:   town int64, matter int64
-- out:  way text, lang text, from_min int32, to_min int32, discreet bool
-- why:  how a reporter wants to be told
SELECT way, lang, from_min, to_min, discreet FROM notice_wish WHERE town = :town AND matter = :matter;

-- name: notice_wish_drop   exec   write
-- in:   town int64, matter int64
-- why:  the reporter had everything erased
DELETE FROM notice_wish WHERE town = :town AND matter = :matter;
