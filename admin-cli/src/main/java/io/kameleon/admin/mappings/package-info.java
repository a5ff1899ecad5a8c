/** Changes of where the schemas of a source go. */
package io.kameleon.admin.mappings;
