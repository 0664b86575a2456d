/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store_test.h"

#include "base/check.h"

#include <dirent.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* A fresh database for each store test, on each engine. */

static const char *server; /* of the running group; NULL: SQLite */
static unsigned schemas;

/* A schema's name, and the conninfo that leads there. */
struct schema {
	char name[48];
	char conninfo[512];
};

/* What a test gets, and what the teardown needs. */
struct fixture {
	struct store_test test;
	struct schema schema;
};

static void
run_on_server(const char *before, const char *name, const char *after)
{
	PGconn *connection = PQconnectdb(server);
	char sql[128];
	PGresult *answer;

	PQclear(PQexec(connection, "SET client_min_messages = error"));
	snprintf(sql, sizeof(sql), "%s %s %s", before, name, after);
	answer = PQexec(connection, sql);
	if (PQresultStatus(answer) != PGRES_COMMAND_OK)
		fail_msg("%s", PQerrorMessage(connection));
	PQclear(answer);
	PQfinish(connection);
}

static void
make_schema(struct schema *schema)
{
	snprintf(schema->name, sizeof(schema->name), "test_%ld_%u",
	    (long)getpid(), ++schemas);
	snprintf(schema->conninfo, sizeof(schema->conninfo),
	    "%s options='-c search_path=%s'", server, schema->name);
	run_on_server("CREATE SCHEMA", schema->name, "");
}

int
store_test_setup(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));
	struct store_test *t = &fixture->test;

	check(fixture != NULL);
	*state = t;
	arena_init(&t->arena, ARENA_LIMIT);
	snprintf(t->folder, sizeof(t->folder), "/tmp/tulga-test-XXXXXX");
	if (mkdtemp(t->folder) == NULL)
		return -1;
	t->config.folder = t->folder;
	if (server != NULL) {
		make_schema(&fixture->schema);
		t->config.postgres = fixture->schema.conninfo;
	}
	if (db_open(&t->config, DB_WRITE, &t->db) != OK)
		return -1;
	return db_migrate(t->db) == OK ? 0 : -1;
}

/* The data folder of a store test has files and no folders. */
static void
remove_folder(const char *folder)
{
	DIR *files = opendir(folder);
	const struct dirent *entry;

	check(files != NULL);
	while ((entry = readdir(files)) != NULL)
		if (entry->d_name[0] != '.')
			unlinkat(dirfd(files), entry->d_name, 0);
	closedir(files);
	rmdir(folder);
}

int
store_test_teardown(void **state)
{
	struct store_test *t = *state;
	struct fixture *fixture = (struct fixture *)t;

	db_close(t->db);
	if (fixture->schema.name[0] != '\0')
		run_on_server("DROP SCHEMA", fixture->schema.name, "CASCADE");
	arena_done(&t->arena);
	remove_folder(t->folder);
	free(fixture);
	return 0;
}

const char *
store_test_postgres(void)
{
	const char *conninfo = getenv("TULGA_TEST_POSTGRES");

	return conninfo == NULL || *conninfo == '\0' ? NULL : conninfo;
}

int
store_tests_run_on(const char *conninfo, const char *name,
    const struct CMUnitTest *tests, size_t count)
{
	char title[128];

	server = conninfo;
	snprintf(title, sizeof(title), "%s on %s", name,
	    conninfo == NULL ? "SQLite" : "PostgreSQL");
	return _cmocka_run_group_tests(title, tests, count, NULL, NULL);
}

int
store_tests_run_count(
    const char *name, const struct CMUnitTest *tests, size_t count)
{
	const char *conninfo = store_test_postgres();
	int failed = store_tests_run_on(NULL, name, tests, count);

	if (conninfo != NULL)
		failed += store_tests_run_on(conninfo, name, tests, count);
	return failed;
}

enum outcome
store_write(struct store_test *t, db_write_fn *fn, void *arg)
{
	return db_write(t->db, fn, arg);
}

struct statement {
	struct store_test *test;
	const char *sql;
	const struct db_value *values;
	size_t count;
};

static enum outcome
statement_write(struct tx *tx, void *arg)
{
	const struct statement *s = arg;

	return tx_run_values(tx, &s->test->arena, s->sql, s->values, s->count);
}

enum outcome
store_run_values(struct store_test *t, const char *sql,
    const struct db_value *values, size_t count)
{
	struct statement statement = {
		.test = t, .sql = sql, .values = values, .count = count
	};

	return db_write(t->db, statement_write, &statement);
}

int64_t
store_int_values(struct store_test *t, const char *sql,
    const struct db_value *values, size_t count)
{
	int64_t found = 0;

	assert_outcome(OK,
	    db_one_int_values(t->db, &t->arena, sql, &found, values, count));
	return found;
}
