-- Why a sign-up of a gate was not put on the rota; empty: it was, or nothing had to be done.
ALTER TABLE signup ADD COLUMN refused text NOT NULL DEFAULT '';
CREATE INDEX signup_refused ON signup (station, id) WHERE refused <> '';
