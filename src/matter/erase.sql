Statements of erasing and keeping (matter/erase.h).

-- name: matter_entry_erase   exec   write
-- in:   town int64, matter int64, erased text
-- why:  erasing takes words, explanation and salt; what says by whom and why stays
UPDATE matter_entry SET salt = NULL, words = NULL, why = NULL, erased = :erased
 WHERE town = :town AND matter = :matter AND erased IS NULL;

-- name: matter_entry_erase_said   exec   write
-- in:   town int64, matter int64, erased text
-- why:  the same for what staff did not write, and for explanations, which hold the point; answers stay
UPDATE matter_entry SET salt = NULL, words = NULL, why = NULL, erased = :erased
 WHERE town = :town AND matter = :matter AND erased IS NULL
   AND (why IS NOT NULL OR NOT EXISTS (SELECT 1 FROM store_event e WHERE e.town = matter_entry.town AND e.matter = matter_entry.matter
                                          AND e.n = matter_entry.n AND substr(e.actor, 1, 6) = 'staff:'));

-- name: matter_erased_add   exec   write
-- in:   town int64, matter int64, at instant, actor text, basis text
-- why:  the list that is replayed onto a restored backup
INSERT INTO matter_erased (town, matter, at, actor, basis) VALUES (:town, :matter, :at, :actor, :basis)
 ON CONFLICT (town, matter) DO NOTHING;

-- name: matter_erased_get   one   read
-- in:   town int64, matter int64
-- out:  at instant, actor text, basis text
-- why:  was it erased on request?
SELECT at, actor, basis FROM matter_erased WHERE town = :town AND matter = :matter;

-- name: matter_erased_list   many   read
-- in:   town int64, after instant, matter int64, max int32
-- out:  matter int64, at instant, actor text, basis text
-- why:  the list in the order of erasing; index matter_erased_at
SELECT matter, at, actor, basis FROM matter_erased
 WHERE town = :town AND (at > :after OR (at = :after AND matter > :matter)) ORDER BY at, matter LIMIT :max;

-- name: matter_over_contact   many   read
-- in:   town int64, before instant, after instant, id int64, max int32
-- out:  id int64, closed_at instant
-- why:  retention: ended before a day, and a contact or a householder is there; indexes matter_case_contact, matter_case_householder
SELECT id, closed_at FROM matter_case
 WHERE town = :town AND open = 0 AND person IS NOT NULL AND closed_at < :before
   AND (closed_at > :after OR (closed_at = :after AND id > :id))
UNION SELECT id, closed_at FROM matter_case
 WHERE town = :town AND open = 0 AND householder IS NOT NULL AND closed_at < :before
   AND (closed_at > :after OR (closed_at = :after AND id > :id)) ORDER BY closed_at, id LIMIT :max;

-- name: matter_over_said   many   read
-- in:   town int64, before instant, after instant, id int64, max int32
-- out:  id int64, closed_at instant
-- why:  retention: ended before a day, and what the reporter wrote is there; index matter_case_words
SELECT id, closed_at FROM matter_case
 WHERE town = :town AND open = 0 AND wordless < 2 AND wordless < 1 AND closed_at < :before
   AND (closed_at > :after OR (closed_at = :after AND id > :id)) ORDER BY closed_at, id LIMIT :max;

-- name: matter_over_words   many   read
-- in:   town int64, before instant, after instant, id int64, max int32
-- out:  id int64, closed_at instant
-- why:  retention: ended before a day, and something written is there; index matter_case_words
SELECT id, closed_at FROM matter_case
 WHERE town = :town AND open = 0 AND wordless < 2 AND closed_at < :before
   AND (closed_at > :after OR (closed_at = :after AND id > :id)) ORDER BY closed_at, id LIMIT :max;

-- name: matter_over_count   one   read
-- in:   town int64, before instant
-- out:  contacts int64, said int64, words int64, ended int64
-- why:  linli retention: how much is due
SELECT count(CASE WHEN person IS NOT NULL OR householder IS NOT NULL THEN 1 END), count(CASE WHEN wordless < 1 THEN 1 END),
  count(CASE WHEN wordless < 2 THEN 1 END), count(*)
 FROM matter_case WHERE town = :town AND open = 0 AND closed_at < :before;

-- name: matter_of_person   many   read
-- in:   town int64, person int64, low int64, high int64
-- out:  id int64
-- why:  the matters of one contact, which was made together with its matter: a range of the primary key
SELECT id FROM matter_case WHERE town = :town AND person = :person AND id >= :low AND id <= :high ORDER BY id LIMIT 50;

-- name: matter_wordless_get   one   read
-- in:   town int64, id int64
-- out:  wordless int32
-- why:  how much of what was written is erased
SELECT wordless FROM matter_case WHERE town = :town AND id = :id;

-- name: matter_wordless_set   exec   write
-- in:   town int64, id int64, wordless int32
-- why:  in the transaction that changed the row under its revision
UPDATE matter_case SET wordless = :wordless WHERE town = :town AND id = :id AND wordless <> :wordless;

-- name: matter_wordless_wrong   many   read
-- in:   town int64
-- out:  id int64
-- why:  linli verify: counts as erased, and holds words
SELECT DISTINCT c.id FROM matter_case c JOIN matter_entry e ON e.town = c.town AND e.matter = c.id
 WHERE c.town = :town AND c.wordless = 2 AND e.erased IS NULL ORDER BY c.id LIMIT 10;
