-- Roles, the database and who may do what in it. Runs at every start, as the bootstrap superuser over the local socket.
--   <database>_owner  owns the schema and every table, cannot log in; migrations take its rights
--   the service's role reads and writes rows, and can create, change or drop nothing
--   monitor       sees the server's statistics and settings, and no row
\set ON_ERROR_STOP on
\getenv database DATABASE_NAME
\getenv role DATABASE_USER
\set owner :database '_owner'

SELECT format('CREATE ROLE %I', name)
  FROM (VALUES (:'owner'), (:'role'), ('monitor')) AS wanted (name)
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec

ALTER ROLE :"owner" NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE :"role"  LOGIN   NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT;
ALTER ROLE monitor    LOGIN   NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS INHERIT CONNECTION LIMIT 4;
GRANT pg_monitor TO monitor;
ALTER ROLE monitor SET default_transaction_read_only = on;
ALTER ROLE monitor SET statement_timeout = '5s';
\ir verifier.sql
-- Every statement of a service has an index. The planner, which guesses how many rows a statement will be given, and once, when the
-- tables were small, would read a table whole for each order.
ALTER ROLE :"role" SET enable_seqscan = off;

SELECT format('CREATE DATABASE %I OWNER %I', :'database', :'owner')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec

-- No DETAIL in the log, which would quote row values. A role cannot change this.
ALTER DATABASE :"database" SET log_error_verbosity = terse;

-- PUBLIC may connect and make temporary tables by default, in every database.
REVOKE ALL ON DATABASE :"database", postgres, template1 FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO :"role", monitor;

\connect :"database"

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO :"role";

-- For what migrations create from here on; a migration may take some of it back. SELECT on sequences is for pg_dump.
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO :"role";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO :"role";
