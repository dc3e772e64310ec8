import { expect, test } from 'vitest'
import { breaks, planOf } from './migration-plan.ts'

test.each([
  ['a table', 'CREATE TABLE a (b int NOT NULL);', undefined],
  ['a column with a default', 'ALTER TABLE a ADD COLUMN b int NOT NULL DEFAULT 0;', undefined],
  ['a column that may be empty', 'ALTER TABLE a ADD COLUMN b int;', undefined],
  ['a column that is computed', 'ALTER TABLE a ADD COLUMN b int NOT NULL GENERATED ALWAYS AS (1) STORED;', undefined],
  ['words in a comment', '-- DROP TABLE a;\nCREATE TABLE b ();', undefined],
  ['words in a text', "INSERT INTO a VALUES ('DROP TABLE a');", undefined],
  ['words in a function', 'CREATE FUNCTION f() RETURNS void AS $$ DROP TABLE x; $$ LANGUAGE sql;', undefined],
  ['an index that is replaced', 'DROP INDEX a; CREATE INDEX a ON b (c);', undefined],
  ['a column that goes', 'ALTER TABLE a DROP COLUMN b;', 'DROP'],
  ['another name', 'ALTER TABLE a RENAME COLUMN b TO c;', 'RENAME'],
  ['another type', 'ALTER TABLE a ALTER COLUMN b TYPE bigint;', 'ALTER … TYPE'],
  [
    'a column that has to be written',
    'ALTER TABLE a ADD COLUMN b int NOT NULL;',
    'ADD COLUMN … NOT NULL without DEFAULT',
  ],
  ['one that has to be from now on', 'ALTER TABLE a ALTER b SET NOT NULL;', 'SET NOT NULL'],
  ['a right that goes', 'REVOKE UPDATE ON a FROM b;', 'REVOKE'],
])('%s', (_what, sql, why) => {
  expect(breaks(sql)).toBe(why)
})

const files = ['001_a.sql', '002_b.sql', '003_contract_c.sql', '004_d.sql']
const harmless = () => 'CREATE TABLE a ();'

test('what is not applied yet is due, in its order', () => {
  expect(planOf(files.slice(0, 3), ['001_a.sql'], harmless)).toEqual(['002_b.sql', '003_contract_c.sql'])
  expect(planOf(files, files, harmless)).toEqual([])
})

test('nothing is added behind a contraction in the same update', () => {
  expect(() => planOf(files, ['001_a.sql'], harmless)).toThrow(/behind 003_contract_c.sql but found 004_d.sql/)
  expect(planOf(files, files.slice(0, 3), harmless)).toEqual(['004_d.sql'])
})

test('what would break the version that runs is refused by its name, unless it comes when that is gone', () => {
  const drop = () => 'DROP TABLE a;'
  expect(() => planOf(files.slice(0, 2), ['001_a.sql'], drop)).toThrow('002_b.sql: expected what the version that runs')
  expect(planOf(files.slice(0, 3), files.slice(0, 2), drop)).toEqual(['003_contract_c.sql'])
})
