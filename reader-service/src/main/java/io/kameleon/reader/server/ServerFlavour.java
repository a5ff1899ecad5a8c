package io.kameleon.reader.server;

/** The two families of servers; Percona Server is a MYSQL here. */
public enum ServerFlavour {
    MYSQL,
    MARIADB
}
