-- The sample: a shop whose orders go on by themselves, one every two seconds.
CREATE USER 'kameleon'@'%' IDENTIFIED BY 'sample';
GRANT REPLICATION SLAVE, REPLICATION CLIENT, RELOAD ON *.* TO 'kameleon'@'%';
CREATE DATABASE shop CHARACTER SET utf8mb4;
GRANT SELECT ON shop.* TO 'kameleon'@'%';
USE shop;
CREATE TABLE customers (
  id INT AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  joined DATETIME NOT NULL
);
CREATE TABLE orders (
  id BIGINT AUTO_INCREMENT PRIMARY KEY,
  customer_id INT NOT NULL,
  total DECIMAL(10,2) NOT NULL,
  state ENUM('open', 'paid', 'sent') NOT NULL DEFAULT 'open',
  placed_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  KEY (customer_id),
  CONSTRAINT order_customer FOREIGN KEY (customer_id) REFERENCES customers (id)
);
SET SESSION cte_max_recursion_depth = 100000;
INSERT INTO customers (name, joined)
  WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
  SELECT CONCAT('Customer ', i), NOW() - INTERVAL i HOUR FROM n;
INSERT INTO orders (customer_id, total, state)
  WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
  SELECT 1 + i MOD 1000, i MOD 997 / 4, ELT(1 + i MOD 3, 'open', 'paid', 'sent') FROM n;
CREATE EVENT new_order ON SCHEDULE EVERY 2 SECOND DO
  INSERT INTO shop.orders (customer_id, total) VALUES (1 + FLOOR(RAND() * 1000), ROUND(RAND() * 500, 2));
CREATE EVENT paid_order ON SCHEDULE EVERY 3 SECOND DO
  UPDATE shop.orders SET state = 'paid' WHERE state = 'open' ORDER BY id DESC LIMIT 1;
