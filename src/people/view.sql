Statements of saved views (people/view.h).

-- name: people_view_list   many   read
-- in:   town int64, login text
-- out:  name text, query text, at instant
-- why:  what one member of staff keeps; primary key
SELECT name, query, at FROM people_view WHERE town = :town AND login = :login ORDER BY name COLLATE binary LIMIT 100;

-- name: people_view_put   exec   write
-- in:   town int64, login text, name text, query text, at instant
-- why:  kept, or kept anew under the same name
INSERT INTO people_view (town, login, name, query, at) VALUES (:town, :login, :name, :query, :at)
ON CONFLICT (town, login, name) DO UPDATE SET query = excluded.query, at = excluded.at;

-- name: people_view_drop   exec   write
-- in:   town int64, login text, name text
-- why:  no longer wanted
DELETE FROM people_view WHERE town = :town AND login = :login AND name = :name;

-- name: people_view_drop_all   exec   write
-- in:   town int64, login text
-- why:  the account is closed
DELETE FROM people_view WHERE town = :town AND login = :login;
