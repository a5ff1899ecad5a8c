/** Taking over what another tool has replicated so far. */
package io.kameleon.admin.importing;
