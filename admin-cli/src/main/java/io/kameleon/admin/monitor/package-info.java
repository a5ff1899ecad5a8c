/** The monitor: looks at all sources, keeps statistics, serves a page, metrics and answers to commands. */
package io.kameleon.admin.monitor;
