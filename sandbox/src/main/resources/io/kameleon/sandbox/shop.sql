CREATE TABLE customers (
  id bigint unsigned NOT NULL AUTO_INCREMENT,
  email varchar(190) NOT NULL,
  full_name varchar(120) NOT NULL,
  status enum('new','active','blocked') NOT NULL DEFAULT 'new',
  interests set('books','music','garden','kitchen','sport') DEFAULT NULL,
  balance decimal(12,2) NOT NULL DEFAULT '0.00',
  born date DEFAULT NULL,
  preferences json DEFAULT NULL,
  created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at datetime(6) DEFAULT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY email (email),
  KEY status_born (status, born)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='Who buys';

CREATE TABLE products (
  id int unsigned NOT NULL AUTO_INCREMENT,
  sku char(12) NOT NULL,
  name varchar(150) NOT NULL,
  description text,
  price decimal(10,2) unsigned NOT NULL,
  weight double DEFAULT NULL,
  rating float DEFAULT NULL,
  released year DEFAULT NULL,
  available tinyint(1) NOT NULL DEFAULT '1',
  thumbnail blob,
  attributes json DEFAULT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY sku (sku)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE orders (
  id bigint unsigned NOT NULL AUTO_INCREMENT,
  customer_id bigint unsigned NOT NULL,
  status enum('open','paid','shipped','returned','it''s complicated') NOT NULL DEFAULT 'open',
  placed_at datetime(6) NOT NULL,
  ship_by date DEFAULT NULL,
  total decimal(14,2) NOT NULL,
  note mediumtext,
  PRIMARY KEY (id),
  KEY customer_id (customer_id),
  KEY status_placed (status, placed_at),
  CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE order_items (
  order_id bigint unsigned NOT NULL,
  line_number smallint unsigned NOT NULL,
  product_id int unsigned NOT NULL,
  quantity mediumint NOT NULL,
  unit_price decimal(10,2) NOT NULL,
  discount_percent decimal(5,2) DEFAULT NULL,
  PRIMARY KEY (order_id, line_number),
  KEY product_id (product_id),
  CONSTRAINT order_items_order FOREIGN KEY (order_id) REFERENCES orders (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE payments (
  id binary(16) NOT NULL,
  order_id bigint unsigned NOT NULL,
  method enum('card','transfer','cash') NOT NULL,
  amount decimal(14,2) NOT NULL,
  reference varchar(40) DEFAULT NULL,
  paid_at timestamp(6) NULL DEFAULT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY reference (reference),
  KEY order_id (order_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE reviews (
  id int NOT NULL AUTO_INCREMENT,
  product_id int unsigned NOT NULL,
  customer_id bigint unsigned NOT NULL,
  stars tinyint unsigned NOT NULL,
  body longtext,
  written_at datetime NOT NULL,
  PRIMARY KEY (id),
  KEY product_id (product_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE inventory (
  warehouse char(3) NOT NULL,
  product_id int unsigned NOT NULL,
  on_hand int NOT NULL,
  reserved int unsigned NOT NULL DEFAULT '0',
  counted_at time(3) DEFAULT NULL,
  flags bit(8) NOT NULL DEFAULT b'0',
  PRIMARY KEY (warehouse, product_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE audit_log (
  happened_at datetime(6) NOT NULL,
  actor varchar(60) CHARACTER SET latin1 NOT NULL,
  action varchar(40) NOT NULL,
  detail json DEFAULT NULL,
  KEY happened_at (happened_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='Without a key';
