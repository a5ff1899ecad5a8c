/** The reader as a service of its own, and the settings of a reader from the configuration. */
package io.kameleon.reader.service;
