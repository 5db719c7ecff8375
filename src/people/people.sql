-- name: people_account_get   one   read
-- in:   town int64, login text
-- out:  password text, totp blob?, totp_step int64, revision int32
-- why:  sign-in, and every change of an account
SELECT password, totp, totp_step, revision FROM people_account WHERE town = :town AND login = :login;

-- name: people_account_make   exec   write
-- in:   town int64, login text, at instant
-- why:  an invitation makes the account when it is the first
INSERT INTO people_account (town, login, password, totp, totp_step, revision, at)
 VALUES (:town, :login, '', NULL, 0, 1, :at) ON CONFLICT (town, login) DO NOTHING;

-- name: people_account_set   exec   write
-- in:   town int64, login text, revision int32, password text, totp blob?, totp_step int64
-- why:  a new password or second factor, under the revision that was read
UPDATE people_account SET password = :password, totp = :totp, totp_step = :totp_step, revision = revision + 1
 WHERE town = :town AND login = :login AND revision = :revision;

-- name: people_account_step   exec   write
-- in:   town int64, login text, step int64
-- why:  each one-time code once: the step only grows
UPDATE people_account SET totp_step = :step WHERE town = :town AND login = :login AND totp_step < :step;

-- name: people_account_list   many   read
-- in:   town int64, after text, max int32
-- out:  login text, ready bool, two_factor bool, at instant
-- why:  the page of accounts; primary key
SELECT login, CASE WHEN password = '' THEN 0 ELSE 1 END, CASE WHEN totp IS NULL THEN 0 ELSE 1 END, at
 FROM people_account WHERE town = :town AND login > :after ORDER BY login COLLATE binary LIMIT :max;

-- name: people_account_sealed   many   read
-- in:   town int64, after text
-- out:  login text, totp blob
-- why:  linli vault rekey walks the second factors; primary key
SELECT login, totp FROM people_account
 WHERE town = :town AND login > :after AND totp IS NOT NULL ORDER BY login COLLATE binary LIMIT 100;

-- name: people_account_reseal   exec   write
-- in:   town int64, login text, old blob, totp blob
-- why:  linli vault rekey: only what still stands as it was read
UPDATE people_account SET totp = :totp WHERE town = :town AND login = :login AND totp = :old;

-- name: people_invite_add   exec   write
-- in:   town int64, hash blob, login text, maker text, at instant, until instant
-- why:  a one-time link
INSERT INTO people_invite (town, hash, login, maker, at, until) VALUES (:town, :hash, :login, :maker, :at, :until);

-- name: people_invite_get   one   read
-- in:   town int64, hash blob
-- out:  login text, maker text, at instant, until instant
-- why:  the page behind a link
SELECT login, maker, at, until FROM people_invite WHERE town = :town AND hash = :hash;

-- name: people_invite_use   exec   write
-- in:   town int64, hash blob
-- why:  one link works once: whoever deletes the row has used it
DELETE FROM people_invite WHERE town = :town AND hash = :hash;

-- name: people_invite_drop   exec   write
-- in:   town int64, login text
-- why:  a new link makes the older ones of that login worthless; a handful of rows
DELETE FROM people_invite WHERE town = :town AND login = :login;

-- name: people_invite_list   many   read
-- in:   town int64
-- out:  login text, maker text, at instant, until instant
-- why:  open invitations; a handful of rows
SELECT login, maker, at, until FROM people_invite WHERE town = :town ORDER BY login COLLATE binary, at LIMIT 1000;

-- name: people_invite_sweep   exec   write
-- in:   town int64, now instant
-- why:  links that ran out
DELETE FROM people_invite WHERE town = :town AND until <= :now;

-- name: people_try_get   one   read
-- in:   town int64, subject blob
-- out:  failed int32, at instant, until instant
-- why:  is this login or source waiting after failed attempts?
SELECT failed, at, until FROM people_try WHERE town = :town AND subject = :subject;

-- name: people_try_add   exec   write
-- in:   town int64, subject blob, at instant, fresh instant
-- why:  one more failure; counting begins again when the last one lies before @fresh
INSERT INTO people_try (town, subject, failed, at, until) VALUES (:town, :subject, 1, :at, :at)
 ON CONFLICT (town, subject) DO UPDATE
 SET failed = CASE WHEN people_try.at < :fresh THEN 1 ELSE people_try.failed + 1 END, at = :at;

-- name: people_try_wait   exec   write
-- in:   town int64, subject blob, until instant
-- why:  how long it has to wait after what people_try_add counted
UPDATE people_try SET until = :until WHERE town = :town AND subject = :subject;

-- name: people_try_clear   exec   write
-- in:   town int64, subject blob
-- why:  signed in: the failures are forgotten
DELETE FROM people_try WHERE town = :town AND subject = :subject;

-- name: people_try_sweep   exec   write
-- in:   town int64, before instant
-- why:  failures nobody remembers
DELETE FROM people_try WHERE town = :town AND at < :before;

-- name: people_session_add   exec   write
-- in:   town int64, hash blob, login text, at instant, until instant, factors int32
-- why:  signed in
INSERT INTO people_session (town, hash, login, at, seen, until, factors)
 VALUES (:town, :hash, :login, :at, :at, :until, :factors);

-- name: people_session_get   one   read
-- in:   town int64, hash blob
-- out:  login text, at instant, seen instant, until instant, factors int32
-- why:  every request of staff; primary key
SELECT login, at, seen, until, factors FROM people_session WHERE town = :town AND hash = :hash;

-- name: people_session_touch   exec   write
-- in:   town int64, hash blob, seen instant
-- why:  still at work; at most every ten minutes
UPDATE people_session SET seen = :seen WHERE town = :town AND hash = :hash AND seen < :seen;

-- name: people_session_drop   exec   write
-- in:   town int64, hash blob
-- why:  sign out
DELETE FROM people_session WHERE town = :town AND hash = :hash;

-- name: people_session_drop_login   exec   write
-- in:   town int64, login text
-- why:  sign out everywhere; index people_session_login
DELETE FROM people_session WHERE town = :town AND login = :login;

-- name: people_session_list   many   read
-- in:   town int64, login text
-- out:  at instant, seen instant, until instant, factors int32
-- why:  where am I signed in? index people_session_login
SELECT at, seen, until, factors FROM people_session WHERE town = :town AND login = :login ORDER BY at DESC LIMIT 100;

-- name: people_session_sweep   exec   write
-- in:   town int64, now instant, idle instant
-- why:  sessions that ran out; one row a member of staff and device
DELETE FROM people_session WHERE town = :town AND (until <= :now OR seen <= :idle);

-- name: people_key_add   exec   write
-- in:   town int64, hash blob, name text, rights int64, place text, org text, until day?, maker text, at instant
-- why:  a new API key; ON CONFLICT tells a name that is taken without failing the transaction
INSERT INTO people_key (town, hash, name, rights, place, org, until, revoked, maker, at)
 VALUES (:town, :hash, :name, :rights, :place, :org, :until, NULL, :maker, :at) ON CONFLICT DO NOTHING;

-- name: people_key_get   one   read
-- in:   town int64, hash blob
-- out:  name text, rights int64, place text, org text, until day?, revoked instant?, maker text, at instant
-- why:  every request with an API key; primary key
SELECT name, rights, place, org, until, revoked, maker, at FROM people_key WHERE town = :town AND hash = :hash;

-- name: people_key_list   many   read
-- in:   town int64
-- out:  name text, rights int64, place text, org text, until day?, revoked instant?, maker text, at instant
-- why:  the page of keys; index people_key_name
SELECT name, rights, place, org, until, revoked, maker, at
 FROM people_key WHERE town = :town ORDER BY name COLLATE binary LIMIT 1000;

-- name: people_key_revoke   exec   write
-- in:   town int64, name text, revoked instant
-- why:  a key that leaked or is no longer needed; index people_key_name
UPDATE people_key SET revoked = :revoked WHERE town = :town AND name = :name AND revoked IS NULL;

-- name: people_audit_add   exec   write
-- in:   town int64, id int64, at instant, actor text, act text, subject text, done bool
-- why:  who did what to whose account, and did it succeed
INSERT INTO people_audit (town, id, at, actor, act, subject, done) VALUES (:town, :id, :at, :actor, :act, :subject, :done);

-- name: people_audit_list   many   read
-- in:   town int64, before int64, max int32
-- out:  id int64, at instant, actor text, act text, subject text, done bool
-- why:  the auditor's page, newest first; primary key
SELECT id, at, actor, act, subject, done FROM people_audit WHERE town = :town AND id < :before ORDER BY id DESC LIMIT :max;

-- name: people_vault_add   exec   write
-- in:   town int64, person int64, key_id int32, box blob, blind blob?, masked_name text, masked_phone text, masked_address text, basis text, class text, at instant
-- why:  identity data that somebody gave
INSERT INTO people_vault (town, person, key_id, box, blind, masked_name, masked_phone, masked_address, basis, class, at)
 VALUES (:town, :person, :key_id, :box, :blind, :masked_name, :masked_phone, :masked_address, :basis, :class, :at);

-- name: people_vault_masked   one   read
-- in:   town int64, person int64
-- out:  masked_name text, masked_phone text, masked_address text, basis text, class text, at instant
-- why:  what is shown without opening
SELECT masked_name, masked_phone, masked_address, basis, class, at FROM people_vault WHERE town = :town AND person = :person;

-- name: people_vault_box   one   read
-- in:   town int64, person int64
-- out:  key_id int32, box blob
-- why:  opening, after the audit row was written
SELECT key_id, box FROM people_vault WHERE town = :town AND person = :person;

-- name: people_vault_blind   many   read
-- in:   town int64, blind blob
-- out:  person int64
-- why:  exact look-up by phone; index people_vault_blind
SELECT person FROM people_vault WHERE town = :town AND blind = :blind ORDER BY person LIMIT 200;

-- name: people_vault_drop   exec   write
-- in:   town int64, person int64
-- why:  erasing: box, blind index and masked forms go together
DELETE FROM people_vault WHERE town = :town AND person = :person;

-- name: people_vault_old   many   read
-- in:   town int64, after int64, key_id int32
-- out:  person int64, key_id int32, box blob
-- why:  linli vault rekey walks the rows under an older key; primary key
SELECT person, key_id, box FROM people_vault
 WHERE town = :town AND person > :after AND key_id <> :key_id ORDER BY person LIMIT 100;

-- name: people_vault_reseal   exec   write
-- in:   town int64, person int64, old int32, key_id int32, box blob, blind blob?
-- why:  linli vault rekey: only a row that still stands under the key it was read with
UPDATE people_vault SET key_id = :key_id, box = :box, blind = :blind
 WHERE town = :town AND person = :person AND key_id = :old;

-- name: people_vault_count   one   read
-- in:   town int64
-- out:  n int64
-- why:  linli verify
SELECT count(*) FROM people_vault WHERE town = :town;

-- name: people_erased_add   exec   write
-- in:   town int64, person int64, actor text, basis text, at instant
-- why:  the tombstone: erased by whom, on which basis, when
INSERT INTO people_erased (town, person, actor, basis, at) VALUES (:town, :person, :actor, :basis, :at)
 ON CONFLICT (town, person) DO NOTHING;

-- name: people_erased_get   one   read
-- in:   town int64, person int64
-- out:  actor text, basis text, at instant
-- why:  why is there nothing to show?
SELECT actor, basis, at FROM people_erased WHERE town = :town AND person = :person;

-- name: people_erased_list   many   read
-- in:   town int64, after int64
-- out:  person int64, actor text, basis text, at instant
-- why:  the list that is replayed onto a restored backup; primary key
SELECT person, actor, basis, at FROM people_erased WHERE town = :town AND person > :after ORDER BY person LIMIT 1000;

-- name: people_erased_count   one   read
-- in:   town int64
-- out:  n int64
-- why:  linli verify
SELECT count(*) FROM people_erased WHERE town = :town;

-- name: people_look_add   exec   write
-- in:   town int64, id int64, person int64, matter int64, actor text, purpose text, at instant
-- why:  somebody looks at somebody's identity
INSERT INTO people_look (town, id, person, matter, actor, purpose, at)
 VALUES (:town, :id, :person, :matter, :actor, :purpose, :at);

-- name: people_look_of_person   many   read
-- in:   town int64, person int64, before int64
-- out:  id int64, person int64, matter int64, actor text, purpose text, at instant
-- why:  who looked at this person? index people_look_person
SELECT id, person, matter, actor, purpose, at FROM people_look
 WHERE town = :town AND person = :person AND id < :before ORDER BY id DESC LIMIT 200;

-- name: people_look_of_matter   many   read
-- in:   town int64, matter int64, before int64
-- out:  id int64, person int64, matter int64, actor text, purpose text, at instant
-- why:  who looked because of this matter? index people_look_matter
SELECT id, person, matter, actor, purpose, at FROM people_look
 WHERE town = :town AND matter = :matter AND id < :before ORDER BY id DESC LIMIT 200;

-- name: people_look_list   many   read
-- in:   town int64, before int64
-- out:  id int64, person int64, matter int64, actor text, purpose text, at instant
-- why:  the auditor's page, newest first; primary key
SELECT id, person, matter, actor, purpose, at FROM people_look
 WHERE town = :town AND id < :before ORDER BY id DESC LIMIT 200;

-- name: people_look_recent   one   read
-- in:   town int64, actor text, since instant, person int64
-- out:  n int64
-- why:  look-ups by phone are limited per hour; index people_look_actor
SELECT count(*) FROM people_look WHERE town = :town AND actor = :actor AND at > :since AND person = :person;

-- name: people_look_expire   exec   write
-- in:   town int64, before int64, max int32
-- why:  the audit's time is over (retention.csv); ids are in the order of time, primary key
DELETE FROM people_look WHERE town = :town
   AND id IN (SELECT id FROM people_look WHERE town = :town AND id < :before ORDER BY id LIMIT :max);

-- name: people_audit_expire   exec   write
-- in:   town int64, before int64, max int32
-- why:  the same for sign-ins and accounts
DELETE FROM people_audit WHERE town = :town
   AND id IN (SELECT id FROM people_audit WHERE town = :town AND id < :before ORDER BY id LIMIT :max);

-- name: people_audit_over   one   read
-- in:   town int64, before int64
-- out:  looks int64, acts int64
-- why:  linli retention: how much is due
SELECT (SELECT count(*) FROM people_look l WHERE l.town = :town AND l.id < :before) AS looks,
  (SELECT count(*) FROM people_audit a WHERE a.town = :town AND a.id < :before) AS acts;
