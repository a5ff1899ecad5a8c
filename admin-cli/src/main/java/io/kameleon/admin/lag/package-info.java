/** How far PostgreSQL is behind a source: in records, seconds and bytes of the source's log. */
package io.kameleon.admin.lag;
