/** How a process works for sources: its place in the catalogue, its threads, its end. */
package io.kameleon.catalogue.process;
