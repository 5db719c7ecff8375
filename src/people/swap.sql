Statements of swaps of turns on duty (people/swap.h).

-- name: people_swap_add   exec   write
-- in:   town int64, id int64, date day, shift text, leads bool, asker text, other text, back_date day?, back_shift text, reason text, last_date day, at instant
-- why:  somebody asks that another takes their turn
INSERT INTO people_swap (town, id, date, shift, leads, asker, other, back_date, back_shift, reason, last_date, state, ruler, at, changed)
 VALUES (:town, :id, :date, :shift, :leads, :asker, :other, :back_date, :back_shift, :reason, :last_date, 'asked', '', :at, :at);

-- name: people_swap_get   one   read
-- in:   town int64, id int64
-- out:  id int64, date day, shift text, leads bool, asker text, other text, back_date day?, back_shift text, reason text, state text, ruler text, at instant, changed instant
-- why:  before it changes
SELECT id, date, shift, leads, asker, other, back_date, back_shift, reason, state, ruler, at, changed FROM people_swap WHERE town = :town AND id = :id;

-- name: people_swap_list   many   read
-- in:   town int64, from day
-- out:  id int64, date day, shift text, leads bool, asker text, other text, back_date day?, back_shift text, reason text, state text, ruler text, at instant, changed instant
-- why:  swaps of days from this one on, in the order they were asked for; index people_swap_last
SELECT id, date, shift, leads, asker, other, back_date, back_shift, reason, state, ruler, at, changed FROM people_swap
 WHERE town = :town AND last_date >= :from ORDER BY id LIMIT 1000;

-- name: people_swap_move   exec   write
-- in:   town int64, id int64, was text, state text, ruler text, now instant
-- why:  one step, from the state that was read: of two at once one finds it moved on
UPDATE people_swap SET state = :state, ruler = :ruler, changed = :now WHERE town = :town AND id = :id AND state = :was;

-- name: people_swap_forget   exec   write
-- in:   town int64, before day
-- why:  why somebody could not come is nobody's business later; who was on duty stays
UPDATE people_swap SET reason = '' WHERE town = :town AND last_date < :before AND reason <> '';

-- name: people_swap_sweep   exec   write
-- in:   town int64, before day
-- why:  after the roster itself is of no use any more
DELETE FROM people_swap WHERE town = :town AND last_date < :before;
