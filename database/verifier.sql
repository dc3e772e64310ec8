-- What the service's role and that of the monitoring prove themselves by. Run by roles.sql at every start, and by scripts/rotate-secrets.sh in between.
-- psql reads a verifier from its file itself: it is in no command line, no environment and no log.
\set ON_ERROR_STOP on
\getenv role DATABASE_USER
\set verifier `cat "$DATABASE_VERIFIER_FILE"`
\set monitor_verifier `cat "$MONITOR_VERIFIER_FILE"`

SET log_min_error_statement = panic;
ALTER ROLE :"role" PASSWORD :'verifier';
ALTER ROLE monitor PASSWORD :'monitor_verifier';
