/** The end of a replica: PostgreSQL becomes a database of its own. */
package io.kameleon.admin.detach;
