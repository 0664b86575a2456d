/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/db_postgres.h"

#include "base/check.h"
#include "base/log.h"
#include "base/time.h"

#include <stdlib.h>
#include <string.h>

/*
 * A session with PostgreSQL: opening and checking it, opening it again when it
 * was lost, and what the server's answers mean.
 */

enum { RECONNECT_PAUSE_MS = 1000 };

_Static_assert(DB_STATEMENT_MS == 5000 && DB_LOCKED_MS == 2000,
    "as in SESSION");

/* Only BEGIN ... READ WRITE may write, whatever a store's SQL says. */
static const char SESSION[] =
	"SET statement_timeout = 5000;"
	"SET lock_timeout = 2000;"
	"SET idle_in_transaction_session_timeout = 60000;"
	"SET default_transaction_read_only = on;"
	"SET client_min_messages = error;"
	"SET standard_conforming_strings = on;"
	"SET bytea_output = hex";

static const char FACTS[] =
	"SELECT current_setting('server_version_num')::int,"
	" current_setting('server_encoding'), datcollate,"
	" datlocprovider, current_setting('synchronous_commit'),"
	" current_setting('fsync')"
	" FROM pg_database WHERE datname = current_database()";

static PGconn *
connection(const struct db *db)
{
	return db->connection;
}

void
db_postgres_clear(PGresult **result)
{
	PQclear(*result);
}

bool
db_postgres_is_lost(const struct db *db)
{
	return PQstatus(connection(db)) != CONNECTION_OK;
}

/* A message without values: those of class 22 quote what was sent. */
static void
log_answer(const struct db *db, const char *sql, const PGresult *answer,
    const char *state)
{
	const char *text = PQresultErrorField(answer, PG_DIAG_MESSAGE_PRIMARY);

	if (db_postgres_is_lost(db))
		db_log(sql, "the connection to PostgreSQL is lost");
	else if (strncmp(state, "22", 2) == 0 || text == NULL)
		db_log(sql, state);
	else
		db_log(sql, text);
}

/* https://www.postgresql.org/docs/15/errcodes-appendix.html */
static enum outcome
outcome_of_state(const char *state)
{
	static const struct {
		const char *state;
		enum outcome outcome;
	} table[] = {
		{ "23505", CONFLICT },	/* unique_violation */
		{ "23503", CONFLICT },	/* foreign_key_violation */
		{ "23514", INVALID },	/* check_violation */
		{ "23502", INVALID },	/* not_null_violation */
		{ "40001", BUSY },	/* serialization_failure */
		{ "40P01", BUSY },	/* deadlock_detected */
		{ "55P03", BUSY },	/* lock_not_available */
		{ "57014", BUSY },	/* query_canceled: too long */
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (strcmp(state, table[i].state) == 0)
			return table[i].outcome;
	return FAILED;
}

/*
 * The outcome of an answer. Within a transaction, a lost connection and the
 * server's wish to see it again set db->lost: then nothing was done.
 */
enum outcome
db_postgres_outcome(struct db *db, const PGresult *answer, const char *sql)
{
	ExecStatusType status = PQresultStatus(answer);
	const char *state = PQresultErrorField(answer, PG_DIAG_SQLSTATE);
	enum outcome got;

	if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
		return OK;

	state = state == NULL ? "no state" : state;
	got = db_postgres_is_lost(db) && db->phase == DB_WRITING ? BUSY :
	    outcome_of_state(state);
	if (db_postgres_is_lost(db) || got == FAILED)
		log_answer(db, sql, answer, state);
	if (db->phase == DB_WRITING && (db_postgres_is_lost(db) ||
		strcmp(state, "40001") == 0 || strcmp(state, "40P01") == 0))
		db->lost = true;
	return got;
}

static enum outcome
start_session(struct db *db)
{
	AUTO_RESULT PGresult *set = PQexec(connection(db), SESSION);

	return db_postgres_outcome(db, set, SESSION);
}

/* True when there is a fresh connection. Asks once a second at most. */
bool
db_postgres_reconnect(struct db *db)
{
	int64_t now = time_monotonic_ms();

	if (now < db->reconnect_at)
		return false;

	db_cache_clear(&db->cache, NULL);
	PQreset(connection(db));
	if (!db_postgres_is_lost(db) && start_session(db) == OK) {
		log_info("database: connected to PostgreSQL again");
		return true;
	}
	db->reconnect_at = now + RECONNECT_PAUSE_MS;
	return false;
}

static enum outcome
refuse(const char *why, const char *value)
{
	log_error("database: this PostgreSQL can't be used: %s (\"%s\")", why,
	    value);
	return INVALID;
}

static bool
is_collation(const char *name)
{
	return strcmp(name, "C.UTF-8") == 0 || strcmp(name, "C.utf8") == 0 ||
	    strcmp(name, "C") == 0;
}

static enum outcome
check_server(struct db *db)
{
	AUTO_RESULT PGresult *facts = PQexec(connection(db), FACTS);
	enum outcome got = db_postgres_outcome(db, facts, FACTS);
	const char *value[6];

	if (got != OK)
		return got;
	check(PQntuples(facts) == 1);
	for (int i = 0; i < 6; i++)
		value[i] = PQgetvalue(facts, 0, i);

	if (atoi(value[0]) < 150000)
		return refuse("it is older than version 15", value[0]);
	if (strcmp(value[1], "UTF8") != 0)
		return refuse("its encoding is not UTF8", value[1]);
	if (!is_collation(value[2]) || strcmp(value[3], "c") != 0)
		return refuse("its collation is not C.UTF-8", value[2]);
	if (strcmp(value[4], "off") == 0)
		return refuse("synchronous_commit is off", value[4]);
	if (strcmp(value[5], "off") == 0)
		log_warning("database: PostgreSQL runs with fsync off; a power"
		    " cut can destroy everything");
	return OK;
}

enum outcome
db_postgres_open(struct db *db, const struct db_config *config)
{
	/* What stands before dbname may be set in the conninfo. */
	const char *const keys[] = { "connect_timeout", "tcp_user_timeout",
		"fallback_application_name", "dbname", "client_encoding",
		NULL };
	const char *const values[] = { "3", "5000", "tulga", config->postgres,
		"UTF8", NULL };
	enum outcome got;

	db->connection = PQconnectdbParams(keys, values, 1);
	check(db->connection != NULL);
	if (db_postgres_is_lost(db)) {
		log_error("database: PostgreSQL can't be reached: %s",
		    PQerrorMessage(connection(db)));
		return FAILED;
	}
	got = check_server(db);
	return got == OK ? start_session(db) : got;
}

void
db_postgres_close(struct db *db)
{
	PQfinish(connection(db));
	db->connection = NULL;
}

/* The value of a conninfo's word, or NULL. */
static const char *
conninfo_value(const PQconninfoOption *options, const char *keyword)
{
	for (; options->keyword != NULL; options++)
		if (strcmp(options->keyword, keyword) == 0)
			return options->val;
	return NULL;
}

uint16_t
db_config_port(const struct db_config *config)
{
	PQconninfoOption *options;
	const char *host, *port;
	long number = 0;

	if (config->postgres == NULL)
		return 0;
	options = PQconninfoParse(config->postgres, NULL);
	if (options == NULL)
		return 0;
	host = conninfo_value(options, "hostaddr");
	if (host == NULL)
		host = conninfo_value(options, "host");
	port = conninfo_value(options, "port");
	if (host != NULL && *host != '\0' && *host != '/')
		number = port == NULL ? 5432 : strtol(port, NULL, 10);
	PQconninfoFree(options);
	return number > 0 && number < 65536 ? (uint16_t)number : 0;
}
