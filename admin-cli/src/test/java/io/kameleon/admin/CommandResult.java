package io.kameleon.admin;

/** What a command left: exit code, standard output, standard error without the line break at the end. */
record CommandResult(int code, String out, String err) {}
