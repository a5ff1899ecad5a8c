-- A video shop and a staff register, small, with the kinds of features that such sample schemas have. Statements end with a line "//";
-- what stands behind "-- stream" runs while the replica does.
CREATE TABLE film (film_id SMALLINT UNSIGNED NOT NULL AUTO_INCREMENT, title VARCHAR(128) NOT NULL, description TEXT, release_year YEAR,
  length SMALLINT UNSIGNED, rental_rate DECIMAL(4,2) NOT NULL DEFAULT 4.99, rating ENUM('G','PG','PG-13','R','NC-17') DEFAULT 'G',
  special_features SET('Trailers','Commentaries','Deleted Scenes','Behind the Scenes'),
  last_update TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  PRIMARY KEY (film_id), KEY idx_title (title), FULLTEXT KEY idx_words (title, description)) CHARACTER SET utf8mb4
//
CREATE TABLE film_text (film_id SMALLINT UNSIGNED NOT NULL PRIMARY KEY, title VARCHAR(255) NOT NULL, description TEXT)
//
CREATE TABLE actor (actor_id SMALLINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, first_name VARCHAR(45) NOT NULL,
  last_name VARCHAR(45) NOT NULL, picture BLOB, full_name VARCHAR(91) AS (CONCAT(first_name, ' ', last_name)) STORED,
  KEY idx_actor_last_name (last_name)) CHARACTER SET latin1
//
CREATE TABLE film_actor (actor_id SMALLINT UNSIGNED NOT NULL, film_id SMALLINT UNSIGNED NOT NULL, PRIMARY KEY (actor_id, film_id),
  CONSTRAINT fk_fa_actor FOREIGN KEY (actor_id) REFERENCES actor (actor_id) ON UPDATE CASCADE,
  CONSTRAINT fk_fa_film FOREIGN KEY (film_id) REFERENCES film (film_id) ON DELETE RESTRICT)
//
CREATE TABLE store_address (address_id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, street VARCHAR(50) NOT NULL, location POINT)
//
CREATE TABLE payment (payment_id INT NOT NULL, amount DECIMAL(5,2) NOT NULL, paid DATETIME(3) NOT NULL, PRIMARY KEY (payment_id, paid))
  PARTITION BY RANGE COLUMNS (paid) (PARTITION y2023 VALUES LESS THAN ('2024-01-01'), PARTITION y2024 VALUES LESS THAN ('2025-01-01'),
  PARTITION later VALUES LESS THAN (MAXVALUE))
//
CREATE TABLE employees (emp_no INT NOT NULL PRIMARY KEY, birth_date DATE NOT NULL, first_name VARCHAR(14) NOT NULL,
  gender ENUM('M','F') NOT NULL, hire_date DATE NOT NULL)
//
CREATE TABLE titles (emp_no INT NOT NULL, title VARCHAR(50) NOT NULL, from_date DATE NOT NULL, to_date DATE,
  PRIMARY KEY (emp_no, title, from_date))
  PARTITION BY RANGE (YEAR(from_date)) (PARTITION p1990 VALUES LESS THAN (1990), PARTITION p2000 VALUES LESS THAN (2000),
  PARTITION pmax VALUES LESS THAN MAXVALUE)
//
CREATE TABLE audit (what VARCHAR(30), at DATETIME(6))
//
CREATE VIEW film_list AS SELECT title, rating FROM film WHERE rating <> 'NC-17'
//
CREATE VIEW current_titles AS SELECT emp_no, MAX(from_date) AS from_date FROM titles GROUP BY emp_no
//
CREATE TRIGGER ins_film AFTER INSERT ON film FOR EACH ROW BEGIN
  INSERT INTO film_text (film_id, title, description) VALUES (new.film_id, new.title, new.description); END
//
CREATE TRIGGER upd_film AFTER UPDATE ON film FOR EACH ROW BEGIN
  IF (old.title <> new.title) THEN UPDATE film_text SET title = new.title WHERE film_id = old.film_id; END IF; END
//
CREATE FUNCTION film_count() RETURNS INT READS SQL DATA BEGIN DECLARE n INT; SELECT COUNT(*) INTO n FROM film; RETURN n; END
//
CREATE PROCEDURE rate_up(IN percent INT) BEGIN UPDATE film SET rental_rate = rental_rate * (100 + percent) / 100;
  INSERT INTO audit VALUES ('rate up; all', '2024-05-05 05:05:05.555555'); END
//
INSERT INTO film (title, description, release_year, length, rating, special_features) VALUES
  ('ACADEMY DINOSAUR', 'A Epic Drama', 2006, 86, 'PG', 'Deleted Scenes,Behind the Scenes'), ('ACE GOLDFINGER', NULL, 1901, 48, 'G', ''),
  ('AMÉLIE', 'Ein "Film"', NULL, NULL, NULL, NULL)
//
INSERT INTO actor (first_name, last_name, picture) VALUES ('PENÉLOPE', 'GUINESS', X'00FF'), ('NICK', 'WAHLBERG', NULL)
//
INSERT INTO film_actor VALUES (1, 1), (1, 2), (2, 1)
//
INSERT INTO store_address (street, location) VALUES ('47 MySakila Drive', ST_GeomFromText('POINT(1 2)'))
//
INSERT INTO payment VALUES (1, 2.99, '2023-05-25 11:30:37.125'), (2, 0.99, '2024-06-15 00:54:12'), (3, 5.99, '2030-01-01 00:00:00')
//
INSERT INTO employees VALUES (10001, '1953-09-02', 'Georgi', 'M', '1986-06-26'), (10002, '1964-06-02', 'Bezalel', 'F', '1985-11-21')
//
INSERT INTO titles VALUES (10001, 'Senior Engineer', '1986-06-26', '9999-01-01'), (10002, 'Staff', '1996-08-03', NULL),
  (10002, 'Chief', '2004-08-03', '9999-01-01')
//
-- stream
//
INSERT INTO film (title, release_year, special_features) VALUES ('NEW ONE', 2155, 'Trailers'), ('NEW TWO', 1999, NULL)
//
UPDATE film SET title = 'RENAMED' WHERE title = 'NEW TWO'
//
CALL rate_up(10)
//
UPDATE actor SET first_name = 'ZOË' WHERE actor_id = 2
//
INSERT INTO payment VALUES (4, 9.99, '2024-12-31 23:59:59.999')
//
ALTER TABLE payment DROP PARTITION y2023
//
ALTER TABLE titles TRUNCATE PARTITION p2000
//
CREATE OR REPLACE VIEW film_list AS SELECT title FROM film
//
CREATE TABLE departments (dept_no CHAR(4) NOT NULL PRIMARY KEY, dept_name VARCHAR(40) NOT NULL, UNIQUE KEY (dept_name))
//
INSERT INTO departments VALUES ('d001', 'Marketing'), ('d002', 'Finance')
//
ALTER TABLE employees ADD COLUMN dept_no CHAR(4), ADD KEY by_dept (dept_no), ADD COLUMN last_name VARCHAR(16) NOT NULL DEFAULT 'unknown' AFTER first_name
//
UPDATE employees SET dept_no = 'd001' WHERE emp_no = 10001
//
DELETE FROM film_actor WHERE film_id = 2
//
DROP TRIGGER upd_film
//
DROP PROCEDURE rate_up
//
