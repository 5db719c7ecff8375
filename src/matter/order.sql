-- name: matter_order_add   exec   write
-- in:   town int64, system text, number text, matter int64, state text, owed bool, round int32, refused bool, received instant, due instant?, ours instant?, return_until instant?, returned instant?, answered instant?, returns int32, refusals int32, kept int32, late int32, chase instant, salt blob, content blob
-- why:  an order and the matter it opened; nothing is written when somebody else has taken that number in
INSERT INTO matter_order (town, system, number, matter, state, owed, round, refused, received, due, ours, return_until, returned,
  answered, returns, refusals, kept, late, chase, salt, content)
VALUES (:town, :system, :number, :matter, :state, :owed, :round, :refused, :received, :due, :ours, :return_until, :returned,
  :answered, :returns, :refusals, :kept, :late, :chase, :salt, :content) ON CONFLICT (town, system, number) DO NOTHING;

-- name: matter_order_of   one   read
-- in:   town int64, matter int64
-- out:  system text, number text, state text, round int32, refused bool, received instant, due instant?, ours instant?, return_until instant?, returned instant?, answered instant?, returns int32, refusals int32, kept int32, late int32
-- why:  the order a matter came with; index matter_order_matter
SELECT system, number, state, round, refused, received, due, ours, return_until, returned, answered, returns, refusals, kept, late
 FROM matter_order WHERE town = :town AND matter = :matter;

-- name: matter_order_find   one   read
-- in:   town int64, system text, number text
-- out:  matter int64, salt blob?, content blob?
-- why:  has this number come before? primary key
SELECT matter, salt, content FROM matter_order WHERE town = :town AND system = :system AND number = :number;

-- name: matter_order_save   must   write
-- in:   town int64, matter int64, state text, owed bool, round int32, refused bool, received instant, due instant?, ours instant?, return_until instant?, returned instant?, answered instant?, returns int32, refusals int32, kept int32, late int32, chase instant
-- why:  a step of the matter that concerns upstream; the matter's revision guards it
UPDATE matter_order SET state = :state, owed = :owed, round = :round, refused = :refused, received = :received, due = :due, ours = :ours,
  return_until = :return_until, returned = :returned, answered = :answered, returns = :returns, refusals = :refusals, kept = :kept,
  late = :late, chase = :chase
 WHERE town = :town AND matter = :matter;

-- name: matter_order_said   must   write
-- in:   town int64, matter int64, salt blob, content blob
-- why:  what it said last
UPDATE matter_order SET salt = :salt, content = :content WHERE town = :town AND matter = :matter;

-- name: matter_order_forget   exec   write
-- in:   town int64, matter int64
-- why:  erasing a matter's words erases the hash of what the order said
UPDATE matter_order SET salt = NULL, content = NULL WHERE town = :town AND matter = :matter;

-- name: matter_order_leave   must   write
-- in:   town int64, matter int64
-- why:  it comes again, and the words of the matter it had opened are erased: it opens another one; or its matter is taken back
DELETE FROM matter_order WHERE town = :town AND matter = :matter;

-- name: matter_order_list   many   read
-- in:   town int64, owed bool, chase instant, after int64, max int32
-- out:  system text, number text, matter int64, state text, round int32, received instant, due instant?, ours instant?, return_until instant?, answered instant?, chase instant, matter_state text, open bool, path text, unit text, unit_path text, assist text, called text, respondent text
-- why:  what upstream waits for, the nearest deadline on top; index matter_order_chase
SELECT o.system, o.number, o.matter, o.state, o.round, o.received, o.due, o.ours, o.return_until, o.answered, o.chase,
  c.state, c.open, c.path, c.unit, c.unit_path, c.assist, c.called, c.respondent
 FROM matter_order o JOIN matter_case c ON c.town = o.town AND c.id = o.matter
 WHERE o.town = :town AND o.owed = :owed AND (o.chase > :chase OR (o.chase = :chase AND o.matter > :after))
 ORDER BY o.chase, o.matter LIMIT :max;

-- name: matter_order_page   many   read
-- in:   town int64, after int64, max int32
-- out:  matter int64, state text, owed bool, source text?, open bool?
-- why:  linli verify: every order beside its matter; index matter_order_matter
SELECT o.matter, o.state, o.owed, c.source, c.open FROM matter_order o
 LEFT JOIN matter_case c ON c.town = o.town AND c.id = o.matter
 WHERE o.town = :town AND o.matter > :after ORDER BY o.matter LIMIT :max;
