-- The statement forms that a binlog can hold, run on real servers by StatementFormsIT, each in several spellings.
--
-- ## number | servers | form | in PostgreSQL | old rows
-- Then statements, each ending with a semicolon at the end of its line. {t} {u} {v} are tables of the replicated schema, {o} lies in a
-- second replicated schema, {x} in one that is not replicated; {db}, {odb} and {xdb} are those schemas.
-- Marks before a statement: @mysql, @mariadb: on that server only. @stops: its table has to stop, with a reason; the case ends there.
-- Marks behind the header's form: (plain) is run in the plain spelling only.

## 1 | both | CREATE TABLE | CREATE TABLE with its indexes | none
CREATE TABLE {t} (id INT PRIMARY KEY, a VARCHAR(20) NOT NULL DEFAULT 'x', b DECIMAL(10,2), c DATETIME(3), KEY by_a (a), UNIQUE KEY by_b (b)) COMMENT = 'it''s';
INSERT INTO {t} VALUES (1, 'one', 1.5, '2024-02-29 12:00:00.125'), (2, 'two', NULL, NULL);
CREATE TABLE IF NOT EXISTS {t} (z INT);
INSERT INTO {t} (id) VALUES (3);

## 1 | both | CREATE TABLE in another schema | CREATE TABLE there | none
CREATE TABLE {odb}.{o} (id INT PRIMARY KEY, a INT);
INSERT INTO {odb}.{o} VALUES (1, 1);
CREATE TABLE {xdb}.{x} (id INT PRIMARY KEY, a INT);
INSERT INTO {xdb}.{x} VALUES (1, 1);

## 2 | mariadb | CREATE OR REPLACE TABLE | DROP and CREATE in one transaction | gone, as on the source
CREATE TABLE {t} (id INT PRIMARY KEY, a ENUM('x','y'));
INSERT INTO {t} VALUES (1, 'x');
CREATE OR REPLACE TABLE {t} (id BIGINT PRIMARY KEY, a ENUM('p','q'), c TEXT);
INSERT INTO {t} VALUES (7, 'q', 'c');
CREATE TABLE {u} (id INT PRIMARY KEY, zz INT);
CREATE OR REPLACE TABLE {t} LIKE {u};
INSERT INTO {t} VALUES (1, 2);

## 3 | both | CREATE TABLE ... LIKE | CREATE TABLE from the definition that is known | none
CREATE TABLE {u} (id INT AUTO_INCREMENT PRIMARY KEY, a VARCHAR(20) CHARACTER SET latin1, g INT AS (CHAR_LENGTH(a)), UNIQUE KEY by_a (a));
CREATE TABLE {t} LIKE {u};
INSERT INTO {t} (a) VALUES ('ä'), (NULL);
CREATE TABLE {v} (LIKE {u});
INSERT INTO {v} (a) VALUES ('v');
CREATE TABLE IF NOT EXISTS {v} LIKE {t};

## 3 | both | CREATE TABLE ... LIKE a table outside the replicated schemas | stops: the model's definition is not known | none
CREATE TABLE {xdb}.{x} (id INT PRIMARY KEY, a INT);
@stops CREATE TABLE {t} LIKE {xdb}.{x};

## 4 | both | CREATE TABLE ... SELECT | CREATE TABLE, its rows follow in the same transaction | none
CREATE TABLE {u} (id INT PRIMARY KEY, a VARCHAR(20), d DATETIME(6));
INSERT INTO {u} VALUES (1, 'one', '2024-01-01 00:00:00.000001'), (2, 'two', NULL);
CREATE TABLE {t} AS SELECT * FROM {u};
CREATE TABLE {v} (id INT PRIMARY KEY, extra INT DEFAULT 7) SELECT id, a, CONCAT(a, '!') AS loud FROM {u};
INSERT INTO {v} (id, a, loud) VALUES (3, 'three', 'x');
DELETE FROM {t} WHERE id = 1;

## 5 | both | CREATE and DROP TEMPORARY TABLE | ignored | none
CREATE TABLE {t} (id INT PRIMARY KEY);
CREATE TEMPORARY TABLE {t} (a INT, b INT);
INSERT INTO {t} VALUES (1, 2);
DROP TEMPORARY TABLE {t};
INSERT INTO {t} VALUES (5);

## 6 | both | generated columns | plain columns, filled from the row images | none
CREATE TABLE {t} (id INT PRIMARY KEY, a INT, b INT GENERATED ALWAYS AS (a + 1) VIRTUAL, c VARCHAR(30) AS (CONCAT('<', a, '>')) STORED, KEY by_c (c));
INSERT INTO {t} (id, a) VALUES (1, 10), (2, NULL);
UPDATE {t} SET a = 11 WHERE id = 1;
@mariadb CREATE TABLE {u} (id INT PRIMARY KEY, c INT AS (id * 2) PERSISTENT);
@mariadb INSERT INTO {u} (id) VALUES (3);

## 7 | both | CHECK | left out: the source checks | none
CREATE TABLE {t} (id INT PRIMARY KEY, a INT CHECK (a > 1), b INT, s VARCHAR(9) DEFAULT ';', CONSTRAINT c_{n} CHECK (b < 9 AND s <> ')'));
INSERT INTO {t} (id, a, b) VALUES (1, 2, 3);
@mysql CREATE TABLE {u} (id INT PRIMARY KEY, a INT, CONSTRAINT d_{n} CHECK (a < 9) NOT ENFORCED);
@mysql INSERT INTO {u} VALUES (1, 100);

## 8 | both | foreign keys, inline REFERENCES | not made while replicating | none
CREATE TABLE {u} (id INT PRIMARY KEY, w INT, UNIQUE KEY (w));
CREATE TABLE {t} (id INT PRIMARY KEY, a INT REFERENCES {u} (id), b INT, CONSTRAINT f_{n} FOREIGN KEY (b) REFERENCES {u} (w) ON DELETE NO ACTION ON UPDATE RESTRICT);
INSERT INTO {u} VALUES (1, 1);
INSERT INTO {t} VALUES (1, 1, 1), (2, NULL, NULL);

## 9 | both | PARTITION BY in CREATE TABLE | one table without partitions | none
CREATE TABLE {t} (id INT, d DATE, PRIMARY KEY (id, d)) PARTITION BY RANGE COLUMNS (d) (PARTITION p0 VALUES LESS THAN ('2020-01-01'), PARTITION p1 VALUES LESS THAN (MAXVALUE));
INSERT INTO {t} VALUES (1, '2019-05-05'), (2, '2021-05-05');
CREATE TABLE {u} (id INT PRIMARY KEY) PARTITION BY HASH (id) PARTITIONS 3;
INSERT INTO {u} VALUES (1), (2), (3);
CREATE TABLE {v} (id INT, a INT) PARTITION BY LIST (a) SUBPARTITION BY HASH (id) SUBPARTITIONS 2 (PARTITION p0 VALUES IN (1, 2), PARTITION p1 VALUES IN (3, NULL));
INSERT INTO {v} VALUES (1, 1), (2, NULL);

## 10 | both | DEFAULT CURRENT_TIMESTAMP(n) ON UPDATE CURRENT_TIMESTAMP(n) | default now(); updates come in the row images | none
CREATE TABLE {t} (id INT PRIMARY KEY, a TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6), b DATETIME DEFAULT NOW() ON UPDATE LOCALTIMESTAMP);
INSERT INTO {t} (id) VALUES (1);
UPDATE {t} SET id = 2;

## 11 | both | expression defaults | no default where PostgreSQL has none; the row images have the values | none
CREATE TABLE {t} (id INT PRIMARY KEY, a VARCHAR(36) DEFAULT (UUID()), b INT DEFAULT (1 + 2), c DOUBLE DEFAULT (RAND()));
INSERT INTO {t} (id) VALUES (1), (2);

## 12 | both | ENUM and SET with quotes, commas and character sets | an enum type; text[] for SET | none
CREATE TABLE {t} (id INT PRIMARY KEY, a ENUM('it''s', 'x,y', '', 'q"q', 'b\\b') CHARACTER SET latin1, b SET('a', 'b c', 'd''e') NOT NULL DEFAULT 'a');
INSERT INTO {t} VALUES (1, 'it''s', 'a,d''e'), (2, 'x,y', ''), (3, NULL, 'b c'), (4, 'q"q', 'a'), (5, 'b\\b', 'a'), (6, '', 'a');

## 13 | both | INVISIBLE columns | plain columns | none
CREATE TABLE {t} (id INT PRIMARY KEY, a INT INVISIBLE, b INT);
INSERT INTO {t} (id, a, b) VALUES (1, 2, 3);
INSERT INTO {t} VALUES (2, 4);

## 13 | mysql | the generated invisible primary key | a plain key column my_row_id | none
SET SESSION sql_generate_invisible_primary_key = ON;
CREATE TABLE {t} (a INT, b VARCHAR(9));
INSERT INTO {t} VALUES (1, 'x'), (1, 'x');
DELETE FROM {t} LIMIT 1;

## 14 | mariadb | WITH SYSTEM VERSIONING | stops: the history is not replicated | -
@stops CREATE TABLE {t} (id INT PRIMARY KEY, a INT) WITH SYSTEM VERSIONING;

## 15 | both | DROP TABLE | DROP TABLE, never CASCADE | gone, as on the source
CREATE TABLE {t} (id INT PRIMARY KEY, e ENUM('a'));
CREATE TABLE {u} (id INT PRIMARY KEY);
INSERT INTO {t} VALUES (1, 'a');
DROP TABLE IF EXISTS {t}, {v}, {u} CASCADE;
CREATE TABLE {t} (id BIGINT PRIMARY KEY, e ENUM('b'));
INSERT INTO {t} VALUES (2, 'b');
DROP TABLE IF EXISTS {v};

## 16 | both | TRUNCATE | TRUNCATE, never CASCADE | gone, as on the source
CREATE TABLE {t} (id INT AUTO_INCREMENT PRIMARY KEY, a INT);
INSERT INTO {t} (a) VALUES (1), (2);
TRUNCATE {t};
INSERT INTO {t} (a) VALUES (3);
TRUNCATE TABLE {t};

## 17 | both | RENAME TABLE | ALTER TABLE ... RENAME, in order, in one transaction | same
CREATE TABLE {t} (id INT PRIMARY KEY, a ENUM('x','y'), KEY by_a (a));
INSERT INTO {t} VALUES (1, 'x');
RENAME TABLE {t} TO {u};
INSERT INTO {u} VALUES (2, 'y');
ALTER TABLE {u} ADD COLUMN b INT DEFAULT 4;

## 17 | both | RENAME TABLE, a swap | through the name between, in one transaction | same
CREATE TABLE {t} (id INT PRIMARY KEY, a ENUM('x','y'), KEY by_a (a));
CREATE TABLE {u} (id BIGINT PRIMARY KEY, a ENUM('p','q'), b INT, UNIQUE KEY by_a (a));
INSERT INTO {t} VALUES (1, 'x');
INSERT INTO {u} VALUES (2, 'q', 9);
RENAME TABLE {t} TO {v}, {u} TO {t}, {v} TO {u};
INSERT INTO {t} VALUES (3, 'p', 8);
INSERT INTO {u} VALUES (4, 'y');

## 17 | both | RENAME TABLE to another replicated schema and back | ALTER TABLE ... SET SCHEMA | same
CREATE TABLE {t} (id INT PRIMARY KEY, a ENUM('x','y'), KEY by_a (a));
INSERT INTO {t} VALUES (1, 'x');
RENAME TABLE {db}.{t} TO {odb}.{o};
INSERT INTO {odb}.{o} VALUES (2, 'y');
RENAME TABLE {odb}.{o} TO {db}.{u};
INSERT INTO {u} VALUES (3, 'y');

## 17 | both | RENAME TABLE out of the replicated schemas | DROP TABLE | gone from the replica
CREATE TABLE {t} (id INT PRIMARY KEY, a INT);
INSERT INTO {t} VALUES (1, 1);
RENAME TABLE {t} TO {xdb}.{x};
CREATE TABLE {t} (id INT PRIMARY KEY, b TEXT);
INSERT INTO {t} VALUES (2, 'b');

## 17 | both | RENAME TABLE into a replicated schema | stops: its rows have to be copied | resync
CREATE TABLE {xdb}.{x} (id INT PRIMARY KEY, a INT);
INSERT INTO {xdb}.{x} VALUES (1, 1);
@stops RENAME TABLE {xdb}.{x} TO {t};

## 17 | mariadb | RENAME TABLE IF EXISTS ... WAIT | as RENAME TABLE | same
CREATE TABLE {t} (id INT PRIMARY KEY, a INT);
INSERT INTO {t} VALUES (1, 1);
RENAME TABLE IF EXISTS {t} WAIT 5 TO {u}, {v} NOWAIT TO {t};
INSERT INTO {u} VALUES (2, 2);

## 19 | both | ALTER TABLE ... RENAME | as RENAME TABLE | same
CREATE TABLE {t} (id INT PRIMARY KEY, a INT, KEY by_a (a));
INSERT INTO {t} VALUES (1, 1);
ALTER TABLE {t} RENAME TO {u};
ALTER TABLE {u} RENAME AS {v};
ALTER TABLE {v} ADD COLUMN z INT, RENAME {t};
INSERT INTO {t} VALUES (2, 2, 2);
ALTER TABLE {t} RENAME = {u};
ALTER TABLE {u} RENAME {v};
INSERT INTO {v} VALUES (3, 3, 3);

## 20 | both | ADD COLUMN with a constant default | ADD COLUMN, by name | same
CREATE TABLE {t} (id INT PRIMARY KEY, a INT);
INSERT INTO {t} VALUES (1, 1), (2, NULL);
ALTER TABLE {t} ADD COLUMN c INT NOT NULL DEFAULT -5 COMMENT 'it''s' AFTER id;
ALTER TABLE {t} ADD `c-d$` DECIMAL(5,2) UNSIGNED DEFAULT 1.5 FIRST;
ALTER TABLE {t} ADD COLUMN s VARCHAR(30) NOT NULL DEFAULT 'a "b" ''c'' \\', ADD d DATE DEFAULT '2020-02-29', ADD e ENUM('x','y') DEFAULT 'y', ADD bb BIT(3) DEFAULT b'101', ADD h VARBINARY(4) DEFAULT X'4142';
ALTER TABLE {t} ADD COLUMN tm TIME(2) DEFAULT '-100:00:00.5', ADD yr YEAR DEFAULT 2001, ADD ss SET('p','q') DEFAULT 'p,q', ADD dt DATETIME(3) DEFAULT '1999-12-31 23:59:59.999', ADD ub BIGINT UNSIGNED DEFAULT 18446744073709551615;
INSERT INTO {t} (id) VALUES (9);
@mariadb ALTER TABLE {t} ADD COLUMN IF NOT EXISTS a INT;
@mariadb ALTER TABLE {t} ADD COLUMN IF NOT EXISTS z INT DEFAULT 3;

## 21 | both | ADD COLUMN (..., ...) | several ADD COLUMN | same
CREATE TABLE {t} (id INT PRIMARY KEY);
INSERT INTO {t} VALUES (1);
ALTER TABLE {t} ADD COLUMN (c1 INT DEFAULT 1, c2 VARCHAR(9) NOT NULL, KEY by_c (c1));
INSERT INTO {t} VALUES (2, 3, 'x');

## 22 | both | ADD COLUMN NOT NULL without a default | the type's implicit value for old rows | computed
CREATE TABLE {t} (id INT PRIMARY KEY);
INSERT INTO {t} VALUES (1), (2);
ALTER TABLE {t} ADD a INT NOT NULL, ADD b VARCHAR(5) NOT NULL, ADD c DECIMAL(5,2) NOT NULL, ADD e ENUM('x','y') NOT NULL, ADD s SET('x','y') NOT NULL, ADD f DOUBLE NOT NULL;
ALTER TABLE {t} ADD g TEXT NOT NULL, ADD h BLOB NOT NULL, ADD i BINARY(3) NOT NULL, ADD j BIT(5) NOT NULL, ADD k TIME(3) NOT NULL, ADD l YEAR NOT NULL;
INSERT INTO {t} VALUES (3, 1, 'b', 1.5, 'y', 'x,y', 2.5, 'g', 'h', 'abc', b'10101', '10:00:00', 2000);

## 22 | both | ADD COLUMN of a date NOT NULL without a default, not strict | a zero date for old rows | computed
SET SESSION sql_mode = '';
CREATE TABLE {t} (id INT PRIMARY KEY);
INSERT INTO {t} VALUES (1), (2);
ALTER TABLE {t} ADD a DATE NOT NULL, ADD b DATETIME(3) NOT NULL, ADD c TIMESTAMP NULL;
INSERT INTO {t} VALUES (3, '2020-01-01', '2020-01-01 00:00:00.001', NULL);

## 23 | both | ADD COLUMN with DEFAULT CURRENT_TIMESTAMP | the time of the source's statement for old rows | computed
CREATE TABLE {t} (id INT PRIMARY KEY);
INSERT INTO {t} VALUES (1), (2);
ALTER TABLE {t} ADD a TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP;
INSERT INTO {t} (id) VALUES (3);
ALTER TABLE {t} ADD b DATETIME DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP;
ALTER TABLE {t} ADD c TIMESTAMP(6) NULL DEFAULT CURRENT_TIMESTAMP(6);
ALTER TABLE {t} ADD d DATETIME(3) DEFAULT NOW(3), ADD e INT DEFAULT 1;

## 23 | both | the same in another time zone | that zone's time in DATETIME | computed
SET SESSION time_zone = '-07:30';
CREATE TABLE {t} (id INT PRIMARY KEY);
INSERT INTO {t} VALUES (1), (2);
ALTER TABLE {t} ADD a TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, ADD b DATETIME DEFAULT CURRENT_TIMESTAMP, ADD c DATETIME(6) DEFAULT CURRENT_TIMESTAMP(6);
INSERT INTO {t} (id) VALUES (3);

## 24 | both | ADD COLUMN with DEFAULT (expression) | stops: each old row has its own value | resync
CREATE TABLE {t} (id INT PRIMARY KEY);
INSERT INTO {t} VALUES (1), (2);
@stops ALTER TABLE {t} ADD c INT DEFAULT (1 + 2);

## 25 | both | ADD COLUMN ... AUTO_INCREMENT | stops: the numbers follow the source's order | resync
CREATE TABLE {t} (a INT);
INSERT INTO {t} VALUES (5), (6);
@stops ALTER TABLE {t} ADD id INT AUTO_INCREMENT PRIMARY KEY FIRST;

## 26 | both | ADD a generated column | stops: the source computes it | resync
CREATE TABLE {t} (id INT PRIMARY KEY, a INT);
INSERT INTO {t} VALUES (1, 5);
@stops ALTER TABLE {t} ADD g INT AS (a + 1) STORED;

## 27 | both | DROP COLUMN | DROP COLUMN, never CASCADE | same
CREATE TABLE {t} (id INT PRIMARY KEY, a INT, b INT, c ENUM('x'), d INT, KEY by_ab (a, b), UNIQUE KEY by_b (b), KEY by_d (d));
INSERT INTO {t} VALUES (1, 1, 1, 'x', 1);
ALTER TABLE {t} DROP COLUMN a, DROP c;
ALTER TABLE {t} DROP d;
INSERT INTO {t} VALUES (2, 2);
@mariadb ALTER TABLE {t} DROP COLUMN IF EXISTS b, DROP COLUMN IF EXISTS nope;

## 28 | both | MODIFY: a wider type, NULL, default, comment, place | SET DATA TYPE, SET and DROP NOT NULL, DEFAULT, COMMENT | same
CREATE TABLE {t} (id INT PRIMARY KEY, a INT, b VARCHAR(10), c DATE, d DECIMAL(5,2), e TIMESTAMP NULL);
INSERT INTO {t} VALUES (1, 1, 'one', '2020-01-01', 1.25, '2020-01-01 10:00:00'), (2, NULL, NULL, NULL, NULL, NULL);
ALTER TABLE {t} MODIFY COLUMN a BIGINT DEFAULT 7 COMMENT 'wide' FIRST, MODIFY b TEXT, MODIFY c DATETIME(3), MODIFY d DECIMAL(20,4), MODIFY e TIMESTAMP(6) NULL AFTER b;
INSERT INTO {t} (id) VALUES (3);
ALTER TABLE {t} MODIFY a BIGINT UNSIGNED;
INSERT INTO {t} (id, a) VALUES (4, 18446744073709551615);
ALTER TABLE {t} MODIFY a DECIMAL(25,1) COMMENT '';

## 29 | both | CHANGE COLUMN | RENAME COLUMN, then as MODIFY | same
CREATE TABLE {t} (id INT PRIMARY KEY, a INT, b INT, KEY by_a (a));
INSERT INTO {t} VALUES (1, 10, 20), (2, NULL, 30);
ALTER TABLE {t} CHANGE COLUMN a b BIGINT, CHANGE b a INT NOT NULL FIRST;
INSERT INTO {t} (id, a, b) VALUES (3, 1, 2);
ALTER TABLE {t} CHANGE id `ID` BIGINT;
INSERT INTO {t} (id, a, b) VALUES (4, 1, 2);

## 30 | both | RENAME COLUMN, swaps too | RENAME COLUMN, through a name between | same
CREATE TABLE {t} (id INT PRIMARY KEY, a INT, b VARCHAR(9), KEY by_a (a, b));
INSERT INTO {t} VALUES (1, 10, 'x');
ALTER TABLE {t} RENAME COLUMN a TO b, RENAME COLUMN b TO a;
INSERT INTO {t} (id, a, b) VALUES (2, 'y', 20);
ALTER TABLE {t} RENAME COLUMN id TO ident, RENAME INDEX by_a TO by_b;
UPDATE {t} SET b = b + 1 WHERE ident = 1;

## 31 | both | ALTER COLUMN SET and DROP DEFAULT | the same | none
CREATE TABLE {t} (id INT PRIMARY KEY, a INT NOT NULL DEFAULT 3, b VARCHAR(9));
ALTER TABLE {t} ALTER COLUMN a SET DEFAULT 5, ALTER b SET DEFAULT 'b';
INSERT INTO {t} (id) VALUES (1);
ALTER TABLE {t} ALTER a DROP DEFAULT;
INSERT INTO {t} (id, a) VALUES (2, 2);

## 32 | mysql | ALTER COLUMN SET VISIBLE and INVISIBLE | kept in the definition only | none
CREATE TABLE {t} (id INT PRIMARY KEY, a INT);
ALTER TABLE {t} ALTER COLUMN a SET INVISIBLE;
INSERT INTO {t} VALUES (1);
ALTER TABLE {t} ALTER COLUMN a SET VISIBLE;
INSERT INTO {t} VALUES (2, 2);

## 33 | both | MODIFY NULL to NOT NULL, not strict | NULLs become the type's implicit value | computed
SET SESSION sql_mode = '';
CREATE TABLE {t} (id INT PRIMARY KEY, a INT, b VARCHAR(9), c DECIMAL(5,2), d DATE, e ENUM('x','y'));
INSERT INTO {t} VALUES (1, NULL, NULL, NULL, NULL, NULL), (2, 2, 'b', 2.5, '2020-01-01', 'y');
ALTER TABLE {t} MODIFY a INT NOT NULL, MODIFY b VARCHAR(9) NOT NULL, MODIFY c DECIMAL(5,2) NOT NULL;
INSERT INTO {t} VALUES (3, 3, 'c', 3.5, NULL, 'x');

## 33 | both | MODIFY NULL to NOT NULL, strict | SET NOT NULL | none
CREATE TABLE {t} (id INT PRIMARY KEY, a INT, b TIMESTAMP NULL);
INSERT INTO {t} VALUES (1, 1, '2020-01-01 00:00:00');
ALTER TABLE {t} MODIFY a INT NOT NULL, MODIFY b TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP;
INSERT INTO {t} (id, a) VALUES (2, 2);
ALTER TABLE {t} MODIFY a INT;

## 34 | both | a narrower type, strict | SET DATA TYPE: the source has refused what does not fit | same
CREATE TABLE {t} (id INT PRIMARY KEY, a BIGINT, b VARCHAR(50), c INT);
INSERT INTO {t} VALUES (1, 200, 'short', 5), (2, NULL, NULL, 6);
ALTER TABLE {t} MODIFY a SMALLINT UNSIGNED, MODIFY b VARCHAR(10), MODIFY c TINYINT UNSIGNED;
INSERT INTO {t} VALUES (3, 65535, 'x', 255);

## 34 | both | a narrower type, not strict | stops: values were clamped | resync
SET SESSION sql_mode = '';
CREATE TABLE {t} (id INT PRIMARY KEY, a BIGINT);
INSERT INTO {t} VALUES (1, 70000), (2, -3);
@stops ALTER TABLE {t} MODIFY a SMALLINT UNSIGNED;

## 35 | both | ENUM: labels added and put in another order | a new enum type and a cast | same
CREATE TABLE {t} (id INT PRIMARY KEY, e ENUM('b','d') NOT NULL DEFAULT 'd', s SET('p','q'));
INSERT INTO {t} VALUES (1, 'b', 'p,q'), (2, 'd', '');
ALTER TABLE {t} MODIFY e ENUM('b','d','e') NOT NULL DEFAULT 'e';
INSERT INTO {t} (id, e) VALUES (3, 'e');
ALTER TABLE {t} MODIFY e ENUM('a','e','d','b','c') DEFAULT 'a', MODIFY s SET('o','p','q','r');
INSERT INTO {t} (id, e, s) VALUES (4, 'c', 'o,r'), (5, NULL, NULL);

## 35 | both | ENUM: an unused label removed, strict | a new enum type and a cast | same
CREATE TABLE {t} (id INT PRIMARY KEY, e ENUM('a','b','c'));
INSERT INTO {t} VALUES (1, 'a'), (2, 'c');
ALTER TABLE {t} MODIFY e ENUM('c','a');
INSERT INTO {t} VALUES (3, 'c');

## 35 | both | ENUM: a used label removed, not strict | stops: values were replaced | resync
SET SESSION sql_mode = '';
CREATE TABLE {t} (id INT PRIMARY KEY, e ENUM('a','b','c'));
INSERT INTO {t} VALUES (1, 'a'), (2, 'b');
@stops ALTER TABLE {t} MODIFY e ENUM('a','c');

## 36 | both | VARCHAR to TEXT and back | SET DATA TYPE | same
CREATE TABLE {t} (id INT PRIMARY KEY, a VARCHAR(20), b TEXT);
INSERT INTO {t} VALUES (1, 'ä ', 'ö');
ALTER TABLE {t} MODIFY a LONGTEXT, MODIFY b VARCHAR(30);
INSERT INTO {t} VALUES (2, 'x', 'y');

## 36 | both | text to bytes | stops: the bytes depend on the character set | resync
CREATE TABLE {t} (id INT PRIMARY KEY, a VARCHAR(20));
INSERT INTO {t} VALUES (1, 'ä');
@stops ALTER TABLE {t} MODIFY a VARBINARY(80);

## 37 | both | ADD PRIMARY KEY | ADD PRIMARY KEY; rows are found by it from here on | none
CREATE TABLE {t} (id INT, a INT);
INSERT INTO {t} VALUES (1, 1), (2, 2);
ALTER TABLE {t} ADD CONSTRAINT named PRIMARY KEY USING BTREE (id);
UPDATE {t} SET a = 9 WHERE id = 2;
ALTER TABLE {t} DROP PRIMARY KEY, ADD PRIMARY KEY (a, id);
UPDATE {t} SET id = 5 WHERE a = 9;

## 38 | both | DROP PRIMARY KEY | DROP CONSTRAINT; rows are found by the whole image from here on | none
CREATE TABLE {t} (id INT NOT NULL, a INT, PRIMARY KEY (id));
INSERT INTO {t} VALUES (1, 1), (2, 2);
ALTER TABLE {t} DROP PRIMARY KEY;
INSERT INTO {t} VALUES (1, 1), (2, 3);
DELETE FROM {t} WHERE id = 1 LIMIT 1;
UPDATE {t} SET a = 7 WHERE a = 3;

## 39 | both | ADD INDEX, CREATE INDEX | CREATE INDEX | none
CREATE TABLE {t} (id INT PRIMARY KEY, a INT, b VARCHAR(300), c TEXT);
INSERT INTO {t} VALUES (1, 1, 'b', 'c');
ALTER TABLE {t} ADD INDEX i1 USING BTREE (a DESC, b(5)) COMMENT 'x', ADD KEY (a), ADD KEY (a, id);
CREATE INDEX i2 ON {t} (b(10), c(7)) USING BTREE;
@mysql CREATE INDEX i3 ON {t} (a) ALGORITHM = INPLACE LOCK = NONE;
@mariadb CREATE INDEX IF NOT EXISTS i1 ON {t} (b) WAIT 3;
@mariadb CREATE OR REPLACE INDEX i1 ON {t} (a);

## 40 | both | ADD UNIQUE | CREATE UNIQUE INDEX | none
CREATE TABLE {t} (id INT PRIMARY KEY, a INT, b VARCHAR(30));
INSERT INTO {t} VALUES (1, 1, 'x'), (2, NULL, NULL), (3, NULL, NULL);
ALTER TABLE {t} ADD UNIQUE (a), ADD UNIQUE KEY u (b), ADD CONSTRAINT v UNIQUE INDEX (b, a);
CREATE UNIQUE INDEX w ON {t} (a, b(4));
UPDATE {t} SET a = 4, b = 'y' WHERE id = 2;

## 41 | both | FULLTEXT INDEX | left out, with a note | none
CREATE TABLE {t} (id INT PRIMARY KEY, b TEXT);
INSERT INTO {t} VALUES (1, 'some words');
ALTER TABLE {t} ADD FULLTEXT INDEX f (b);
UPDATE {t} SET b = 'other words';
ALTER TABLE {t} DROP INDEX f;
UPDATE {t} SET b = 'last words';

## 42 | mysql | indexes on expressions, on JSON arrays | left out, with a note | none
CREATE TABLE {t} (id INT PRIMARY KEY, b VARCHAR(30), j JSON);
INSERT INTO {t} VALUES (1, 'B', '{"zip": [1, 2]}');
ALTER TABLE {t} ADD INDEX f ((LOWER(b)), id), ADD INDEX m ((CAST(j->'$.zip' AS UNSIGNED ARRAY)));
INSERT INTO {t} VALUES (2, 'c', '{"zip": [3]}');
DROP INDEX f ON {t};
INSERT INTO {t} VALUES (3, 'd', NULL);

## 43 | both | DROP INDEX | DROP INDEX | none
CREATE TABLE {t} (id INT PRIMARY KEY, a INT, b INT, KEY i (a), UNIQUE KEY j (b), KEY k (a, b));
INSERT INTO {t} VALUES (1, 1, 1);
ALTER TABLE {t} DROP KEY i;
DROP INDEX j ON {t};
@mysql DROP INDEX k ON {t} ALGORITHM = INPLACE;
@mariadb DROP INDEX IF EXISTS k ON {t};
DROP INDEX `PRIMARY` ON {t};
INSERT INTO {t} VALUES (1, 1, 1);
DELETE FROM {t} LIMIT 1;

## 44 | both | RENAME INDEX | ALTER INDEX ... RENAME | none
CREATE TABLE {t} (id INT PRIMARY KEY, a INT, b INT, KEY i (a), UNIQUE KEY j (b));
ALTER TABLE {t} RENAME INDEX i TO k, RENAME KEY j TO i;
INSERT INTO {t} VALUES (1, 1, 1);

## 45 | both | ALTER INDEX VISIBLE, IGNORED | ignored | none
CREATE TABLE {t} (id INT PRIMARY KEY, a INT, KEY i (a));
@mysql ALTER TABLE {t} ALTER INDEX i INVISIBLE;
@mariadb ALTER TABLE {t} ALTER INDEX i IGNORED;
INSERT INTO {t} VALUES (1, 1);

## 46 | both | ADD and DROP FOREIGN KEY | not made while replicating; the source's own index on it is | none
CREATE TABLE {u} (id INT PRIMARY KEY);
CREATE TABLE {t} (id INT PRIMARY KEY, a INT);
INSERT INTO {u} VALUES (1);
INSERT INTO {t} VALUES (1, 1);
ALTER TABLE {t} ADD CONSTRAINT f_{n} FOREIGN KEY (a) REFERENCES {u} (id) ON DELETE RESTRICT;
INSERT INTO {t} VALUES (2, 1);
ALTER TABLE {t} DROP FOREIGN KEY f_{n};
ALTER TABLE {t} DROP INDEX f_{n}, ADD KEY own (a);
ALTER TABLE {t} ADD FOREIGN KEY (a) REFERENCES {u} (id);
INSERT INTO {t} VALUES (3, NULL);

## 47 | both | ADD, DROP and ALTER CHECK | left out: the source checks | none
CREATE TABLE {t} (id INT PRIMARY KEY, a INT, b VARCHAR(9));
INSERT INTO {t} VALUES (1, 2, 'x');
ALTER TABLE {t} ADD CHECK (a > 1), ADD CONSTRAINT c_{n} CHECK (b <> '' OR b = ');');
INSERT INTO {t} VALUES (2, 3, 'y');
@mysql ALTER TABLE {t} ALTER CHECK c_{n} NOT ENFORCED;
ALTER TABLE {t} DROP CONSTRAINT c_{n};
INSERT INTO {t} VALUES (3, 4, '');

## 48 | both | CONVERT TO CHARACTER SET | types may widen; later rows are decoded anew | same
CREATE TABLE {t} (id INT PRIMARY KEY, a VARCHAR(20), b TEXT, e ENUM('a','b')) CHARACTER SET latin1;
INSERT INTO {t} VALUES (1, 'ä', 'ö', 'a');
ALTER TABLE {t} CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
INSERT INTO {t} VALUES (2, '漢', '😀', 'b');
ALTER TABLE {t} MODIFY a VARCHAR(20) CHARACTER SET utf16;
INSERT INTO {t} VALUES (3, '漢', '😀', 'a');

## 48 | both | statements sent in another character set | read in the session's character set | none
SET NAMES latin1;
CREATE TABLE {t} (id INT PRIMARY KEY, a VARCHAR(20) DEFAULT 'Ã¤') COMMENT 'Ã¶';
INSERT INTO {t} (id) VALUES (1);
ALTER TABLE {t} ADD COLUMN b VARCHAR(20) NOT NULL DEFAULT 'Ã¼';

## 49 | both | DEFAULT CHARACTER SET of a table | for columns that come later | none
CREATE TABLE {t} (id INT PRIMARY KEY, a VARCHAR(20)) CHARACTER SET utf8mb4;
INSERT INTO {t} VALUES (1, '漢');
ALTER TABLE {t} DEFAULT CHARACTER SET = cp1251;
ALTER TABLE {t} ADD b VARCHAR(20) DEFAULT 'ж', COLLATE cp1251_bin;
INSERT INTO {t} VALUES (2, '漢', 'ы');
ALTER TABLE {t} ADD c TEXT;
INSERT INTO {t} VALUES (3, 'x', 'x', 'я');

## 50 | both | table options | COMMENT ON TABLE; the rest is ignored | none
CREATE TABLE {t} (id INT AUTO_INCREMENT PRIMARY KEY, a INT) COMMENT 'old';
INSERT INTO {t} (a) VALUES (1);
ALTER TABLE {t} ENGINE=InnoDB, ROW_FORMAT=DYNAMIC, AUTO_INCREMENT=100, FORCE, ENABLE KEYS;
INSERT INTO {t} (a) VALUES (2);
ALTER TABLE {t} COMMENT = 'it''s "new"', STATS_PERSISTENT = 0 AVG_ROW_LENGTH 100;
ALTER TABLE {t} ORDER BY a DESC, id;
ALTER TABLE {t} ENGINE = MyISAM;
INSERT INTO {t} (a) VALUES (3);

## 51 | both | ALGORITHM, LOCK, WAIT and other modifiers | ignored | none
CREATE TABLE {t} (id INT PRIMARY KEY, a INT);
INSERT INTO {t} VALUES (1, 1);
ALTER TABLE {t} ADD c INT DEFAULT 3, ALGORITHM=INPLACE, LOCK=NONE;
ALTER TABLE {t} ALGORITHM=COPY, LOCK=SHARED, DROP a;
@mariadb ALTER ONLINE TABLE {t} WAIT 10 ADD d INT;
@mariadb ALTER TABLE IF EXISTS {t} NOWAIT ADD e INT;
@mariadb ALTER TABLE IF EXISTS {v} ADD e INT;
@mysql ALTER TABLE {t} ADD d INT, WITHOUT VALIDATION;
INSERT INTO {t} (id) VALUES (2);

## 51 | mariadb | ALTER IGNORE with a new unique key | stops: rows may have gone | resync
CREATE TABLE {t} (id INT PRIMARY KEY, a INT);
INSERT INTO {t} VALUES (1, 1), (2, 1);
@stops ALTER IGNORE TABLE {t} ADD UNIQUE (a);

## 52 | both | partitions added, merged, reorganised, rebuilt, removed | ignored | none
CREATE TABLE {t} (id INT PRIMARY KEY, a INT) PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN (20));
INSERT INTO {t} VALUES (1, 1), (11, 11);
ALTER TABLE {t} ADD PARTITION (PARTITION p2 VALUES LESS THAN (30) COMMENT 'x');
INSERT INTO {t} VALUES (21, 1);
ALTER TABLE {t} REORGANIZE PARTITION p0, p1 INTO (PARTITION q VALUES LESS THAN (20));
ALTER TABLE {t} REBUILD PARTITION q, p2;
ALTER TABLE {t} ANALYZE PARTITION ALL;
ALTER TABLE {t} PARTITION BY HASH (id) PARTITIONS 4;
ALTER TABLE {t} COALESCE PARTITION 2;
ALTER TABLE {t} ADD PARTITION PARTITIONS 3;
INSERT INTO {t} VALUES (31, 1);
ALTER TABLE {t} REMOVE PARTITIONING;
INSERT INTO {t} VALUES (41, 1);

## 53 | both | DROP and TRUNCATE PARTITION, RANGE | DELETE by the partition's bounds | computed
CREATE TABLE {t} (id INT PRIMARY KEY, a INT) PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN (20), PARTITION p2 VALUES LESS THAN (30), PARTITION p3 VALUES LESS THAN MAXVALUE);
INSERT INTO {t} VALUES (-5, 0), (9, 1), (10, 2), (19, 3), (20, 4), (29, 5), (30, 6), (99, 7);
ALTER TABLE {t} TRUNCATE PARTITION p1;
INSERT INTO {t} VALUES (11, 1);
ALTER TABLE {t} DROP PARTITION p0, p2;
INSERT INTO {t} VALUES (9, 9), (25, 25);
ALTER TABLE {t} TRUNCATE PARTITION p3;
ALTER TABLE {t} DROP PARTITION p1;
ALTER TABLE {t} TRUNCATE PARTITION ALL;

## 53 | both | DROP and TRUNCATE PARTITION, RANGE COLUMNS | DELETE by the partition's bounds | computed
CREATE TABLE {t} (id INT, d DATE NOT NULL, n VARCHAR(10), PRIMARY KEY (id, d)) PARTITION BY RANGE COLUMNS (d) (PARTITION p0 VALUES LESS THAN ('2020-01-01'), PARTITION p1 VALUES LESS THAN ('2021-01-01'), PARTITION p2 VALUES LESS THAN (MAXVALUE));
INSERT INTO {t} VALUES (1, '2019-12-31', 'a'), (2, '2020-01-01', 'b'), (3, '2020-12-31', 'c'), (4, '2021-01-01', 'd');
ALTER TABLE {t} DROP PARTITION p0;
ALTER TABLE {t} TRUNCATE PARTITION p1;
ALTER TABLE {t} DROP PARTITION p2;

## 53 | both | DROP and TRUNCATE PARTITION, several columns | DELETE by the partition's bounds | computed
CREATE TABLE {t} (a INT, b INT, c INT) PARTITION BY RANGE COLUMNS (a, b) (PARTITION p0 VALUES LESS THAN (10, 5), PARTITION p1 VALUES LESS THAN (10, MAXVALUE), PARTITION p2 VALUES LESS THAN (MAXVALUE, MAXVALUE));
INSERT INTO {t} VALUES (1, 9, 0), (10, 4, 1), (10, 5, 2), (10, 99, 3), (11, 0, 4), (NULL, 7, 5), (10, NULL, 6);
ALTER TABLE {t} TRUNCATE PARTITION p1;
ALTER TABLE {t} DROP PARTITION p0;

## 53 | both | DROP and TRUNCATE PARTITION, functions of a date | DELETE by the partition's bounds | computed
CREATE TABLE {t} (id INT, d DATE NOT NULL) PARTITION BY RANGE (TO_DAYS(d)) (PARTITION p0 VALUES LESS THAN (TO_DAYS('2020-01-01')), PARTITION p1 VALUES LESS THAN (TO_DAYS('2021-01-01')), PARTITION p2 VALUES LESS THAN MAXVALUE);
INSERT INTO {t} VALUES (1, '2019-12-31'), (2, '2020-01-01'), (3, '2020-12-31'), (4, '2021-01-01');
ALTER TABLE {t} DROP PARTITION p0;
CREATE TABLE {u} (id INT, d DATETIME NOT NULL) PARTITION BY RANGE (YEAR(d)) (PARTITION p0 VALUES LESS THAN (2020), PARTITION p1 VALUES LESS THAN (2021), PARTITION p2 VALUES LESS THAN MAXVALUE);
INSERT INTO {u} VALUES (1, '2019-12-31 23:59:59'), (2, '2020-01-01 00:00:00'), (3, '2020-12-31 23:59:59'), (4, '2021-01-01 00:00:00');
ALTER TABLE {u} TRUNCATE PARTITION p1;
ALTER TABLE {t} TRUNCATE PARTITION p1, p2;
CREATE TABLE {v} (id INT, d TIMESTAMP NOT NULL DEFAULT '2020-01-01 00:00:00') PARTITION BY RANGE (UNIX_TIMESTAMP(d)) (PARTITION p0 VALUES LESS THAN (1577836800), PARTITION p1 VALUES LESS THAN MAXVALUE);
INSERT INTO {v} VALUES (1, '2001-12-31 23:59:59'), (2, '2024-01-01 00:00:00');
ALTER TABLE {v} DROP PARTITION p0;

## 53 | both | DROP and TRUNCATE PARTITION, LIST | DELETE by the partition's values | computed
CREATE TABLE {t} (id INT, a INT) PARTITION BY LIST (a) (PARTITION p0 VALUES IN (1, 2), PARTITION p1 VALUES IN (3, NULL), PARTITION p2 VALUES IN (-4));
INSERT INTO {t} VALUES (1, 1), (2, 2), (3, 3), (4, NULL), (5, -4);
ALTER TABLE {t} TRUNCATE PARTITION p1;
INSERT INTO {t} VALUES (6, NULL);
ALTER TABLE {t} DROP PARTITION p0;
CREATE TABLE {u} (id INT, a INT, b VARCHAR(5)) PARTITION BY LIST COLUMNS (a, b) (PARTITION p0 VALUES IN ((1, 'x'), (2, 'y')), PARTITION p1 VALUES IN ((3, 'x')));
INSERT INTO {u} VALUES (1, 1, 'x'), (2, 2, 'y'), (3, 3, 'x');

## 53 | both | DROP PARTITION where bounds are texts, or TRUNCATE of a HASH partition | stops: the collation or the hash decides | resync
CREATE TABLE {t} (id INT) PARTITION BY HASH (id) PARTITIONS 2;
INSERT INTO {t} VALUES (1), (2);
@stops ALTER TABLE {t} TRUNCATE PARTITION p0;

## 54 | both | EXCHANGE PARTITION | stops both tables: rows went between them | resync
CREATE TABLE {t} (id INT PRIMARY KEY) PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN MAXVALUE);
CREATE TABLE {u} (id INT PRIMARY KEY);
INSERT INTO {t} VALUES (1), (11);
INSERT INTO {u} VALUES (2);
@stops ALTER TABLE {t} EXCHANGE PARTITION p0 WITH TABLE {u};

## 55 | both | DISCARD TABLESPACE | stops: the table's file was taken away | resync
CREATE TABLE {t} (id INT PRIMARY KEY);
INSERT INTO {t} VALUES (1);
@stops ALTER TABLE {t} DISCARD TABLESPACE;

## 56 | mariadb | ADD PERIOD for application time | kept in the definition only | none
CREATE TABLE {t} (id INT, f DATE NOT NULL, u DATE NOT NULL, PRIMARY KEY (id, f));
INSERT INTO {t} VALUES (1, '2020-01-01', '2021-01-01');
ALTER TABLE {t} ADD PERIOD FOR p (f, u);
DELETE FROM {t} FOR PORTION OF p FROM '2020-03-01' TO '2020-04-01';

## 56 | mariadb | ADD SYSTEM VERSIONING | stops: the history is not replicated | resync
CREATE TABLE {t} (id INT PRIMARY KEY, a INT);
INSERT INTO {t} VALUES (1, 1);
@stops ALTER TABLE {t} ADD SYSTEM VERSIONING;

## 57 | both | CREATE and ALTER DATABASE (plain) | the default character set of later tables | none
CREATE DATABASE {xdb}_{n} CHARACTER SET latin1;
ALTER DATABASE {odb} CHARACTER SET latin1;
CREATE TABLE {odb}.{o} (id INT PRIMARY KEY, a VARCHAR(9));
INSERT INTO {odb}.{o} VALUES (1, 'ä');
ALTER DATABASE {odb} CHARACTER SET utf8mb4;
DROP DATABASE {xdb}_{n};

## 59 | both | CREATE, ALTER and DROP VIEW | ignored | none
CREATE TABLE {t} (id INT PRIMARY KEY);
CREATE VIEW {u} AS SELECT id, ';' AS s FROM {t};
CREATE OR REPLACE VIEW {u} AS SELECT 2 AS two;
ALTER VIEW {u} AS SELECT 3 AS three;
INSERT INTO {t} VALUES (1);
DROP VIEW {u};

## 60 | both | triggers, routines and events | ignored, without being parsed | the rows that triggers change come as rows
CREATE TABLE {t} (id INT PRIMARY KEY, a INT);
CREATE TABLE {u} (id INT AUTO_INCREMENT PRIMARY KEY, what VARCHAR(20));
CREATE TRIGGER {db}.tr_{n} AFTER INSERT ON {t} FOR EACH ROW BEGIN DECLARE x INT; SET x = 1; INSERT INTO {u} (what) VALUES (CONCAT('a;', NEW.id)); END;
INSERT INTO {t} VALUES (1, 1), (2, 2);
CREATE PROCEDURE {db}.pr_{n}() BEGIN ALTER TABLE {t} DROP COLUMN a; DROP TABLE {u}; END;
CREATE FUNCTION {db}.fn_{n}() RETURNS INT DETERMINISTIC NO SQL RETURN 1;
CREATE EVENT {db}.ev_{n} ON SCHEDULE EVERY 1 YEAR DISABLE DO BEGIN TRUNCATE {t}; END;
INSERT INTO {t} VALUES (3, 3);
DROP TRIGGER {db}.tr_{n};
DROP PROCEDURE {db}.pr_{n};
DROP FUNCTION {db}.fn_{n};
DROP EVENT {db}.ev_{n};
INSERT INTO {t} VALUES (4, 4);

## 61 | both | users, roles and grants | ignored | none
CREATE TABLE {t} (id INT PRIMARY KEY);
CREATE USER k_{n}@localhost IDENTIFIED BY 'a;b''c';
GRANT SELECT ON {t} TO k_{n}@localhost;
REVOKE SELECT ON {t} FROM k_{n}@localhost;
CREATE ROLE r_{n};
DROP ROLE r_{n};
DROP USER k_{n}@localhost;
INSERT INTO {t} VALUES (1);

## 62 | mariadb | sequences | ignored, with their rows | none
CREATE SEQUENCE {u};
DO NEXT VALUE FOR {u};
CREATE TABLE {t} (id INT DEFAULT (NEXT VALUE FOR {u}) PRIMARY KEY, a INT);
INSERT INTO {t} (a) VALUES (1), (2);
ALTER SEQUENCE {u} RESTART 100;
INSERT INTO {t} (a) VALUES (3);

## 63 | both | ANALYZE, OPTIMIZE, CHECK, FLUSH | ignored | none
CREATE TABLE {t} (id INT PRIMARY KEY);
INSERT INTO {t} VALUES (1);
ANALYZE TABLE {t};
OPTIMIZE TABLE {t};
CHECK TABLE {t};
FLUSH TABLE {t};
INSERT INTO {t} VALUES (2);

## 64 | both | BEGIN, SAVEPOINT, ROLLBACK TO, COMMIT, ROLLBACK | the transaction's bounds | none
CREATE TABLE {t} (id INT PRIMARY KEY, a INT);
START TRANSACTION;
INSERT INTO {t} VALUES (1, 1);
SAVEPOINT s_{n};
INSERT INTO {t} VALUES (2, 2);
ROLLBACK TO SAVEPOINT s_{n};
INSERT INTO {t} VALUES (3, 3);
COMMIT;
START TRANSACTION;
INSERT INTO {t} VALUES (4, 4);
ROLLBACK;
INSERT INTO {t} VALUES (5, 5);

## 64 | mariadb | ROLLBACK TO over a table without transactions | stops its tables: which rows were undone is not in the log | resync
CREATE TABLE {t} (id INT PRIMARY KEY) ENGINE = InnoDB;
CREATE TABLE {u} (id INT PRIMARY KEY) ENGINE = MyISAM;
START TRANSACTION;
INSERT INTO {t} VALUES (1);
SAVEPOINT s_{n};
INSERT INTO {t} VALUES (2);
INSERT INTO {u} VALUES (2);
ROLLBACK TO SAVEPOINT s_{n};
INSERT INTO {t} VALUES (3);
@stops COMMIT;

## 66 | both | rows changed by statement | stops the table: the row images are missing | resync
CREATE TABLE {t} (id INT PRIMARY KEY, a INT);
INSERT INTO {t} VALUES (1, 1), (2, 2);
SET SESSION binlog_format = 'STATEMENT';
@stops UPDATE {t} SET a = a + 1 WHERE id = 1;

## 66 | both | rows changed by statement in a table outside | ignored | none
CREATE TABLE {t} (id INT PRIMARY KEY, a INT);
CREATE TABLE {xdb}.{x} (id INT PRIMARY KEY, a INT);
SET SESSION binlog_format = 'STATEMENT';
INSERT INTO {xdb}.{x} VALUES (1, 1);
UPDATE {xdb}.{x} SET a = 2;
SET SESSION binlog_format = 'ROW';
INSERT INTO {t} VALUES (1, 1);

## 67 | both | SET, CREATE SERVER and the like | ignored | none
CREATE TABLE {t} (id INT PRIMARY KEY);
CREATE SERVER sv_{n} FOREIGN DATA WRAPPER mysql OPTIONS (USER 'x', HOST 'localhost', DATABASE 'test');
DROP SERVER sv_{n};
INSERT INTO {t} VALUES (1);

## 68 | both | several clauses in any order | one PostgreSQL transaction | as each clause
CREATE TABLE {t} (id INT PRIMARY KEY, a INT, b VARCHAR(20), c INT, KEY i (a), UNIQUE KEY j (c));
INSERT INTO {t} VALUES (1, 10, 'x', 100), (2, NULL, 'y', 200);
ALTER TABLE {t} ADD INDEX n (d), ADD d INT DEFAULT 4 FIRST, DROP INDEX i, DROP a, ADD a BIGINT NOT NULL DEFAULT 9, MODIFY b TEXT, RENAME INDEX j TO k, CHANGE c cc BIGINT, COMMENT 'all';
INSERT INTO {t} (id, b) VALUES (3, 'z');
ALTER TABLE {t} DROP PRIMARY KEY, CHANGE id num BIGINT AFTER b, ADD PRIMARY KEY (num), ADD UNIQUE (d, num), RENAME TO {u};
INSERT INTO {u} (num, b) VALUES (4, 'w');
