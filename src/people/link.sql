Statements of links to a sign-in elsewhere (people/link.h).

-- name: people_link_find   one   read
-- in:   town int64, subject blob
-- out:  login text, issuer text, maker text, at instant
-- why:  somebody comes back from the provider; index people_link_subject
SELECT login, issuer, maker, at FROM people_link WHERE town = :town AND subject = :subject;

-- name: people_link_of   one   read
-- in:   town int64, login text
-- out:  login text, issuer text, maker text, at instant
-- why:  one's own account page; primary key
SELECT login, issuer, maker, at FROM people_link WHERE town = :town AND login = :login;

-- name: people_link_list   many   read
-- in:   town int64, after text, max int32
-- out:  login text, issuer text, maker text, at instant
-- why:  the page of accounts; primary key
SELECT login, issuer, maker, at FROM people_link
 WHERE town = :town AND login > :after ORDER BY login COLLATE binary LIMIT :max;

-- name: people_link_add   exec   write
-- in:   town int64, login text, issuer text, subject blob, maker text, at instant
-- why:  linked; ON CONFLICT tells a subject that opens another account without failing the transaction
INSERT INTO people_link (town, login, issuer, subject, maker, at)
 VALUES (:town, :login, :issuer, :subject, :maker, :at) ON CONFLICT DO NOTHING;

-- name: people_link_renew   exec   write
-- in:   town int64, login text, old blob, subject blob
-- why:  the keyed hash under the newest key
UPDATE people_link SET subject = :subject WHERE town = :town AND login = :login AND subject = :old;

-- name: people_link_drop   exec   write
-- in:   town int64, login text
-- why:  unlinked, or the account was closed
DELETE FROM people_link WHERE town = :town AND login = :login;

-- name: people_link_drop_by   exec   write
-- in:   town int64, login text, maker text
-- why:  an account that is opened anew keeps only what an administrator linked
DELETE FROM people_link WHERE town = :town AND login = :login AND maker = :maker;

-- name: people_once_add   exec   write
-- in:   town int64, hash blob, until instant
-- why:  a proof that counts once
INSERT INTO people_once (town, hash, until) VALUES (:town, :hash, :until) ON CONFLICT DO NOTHING;

-- name: people_once_sweep   exec   write
-- in:   town int64, now instant
-- why:  proofs that are over anyway
DELETE FROM people_once WHERE town = :town AND until <= :now;
