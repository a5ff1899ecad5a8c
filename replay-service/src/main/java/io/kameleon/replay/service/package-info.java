/** Replay as a service of its own, and the settings of a replay from the configuration. */
package io.kameleon.replay.service;
