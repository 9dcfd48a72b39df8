package org.outpost.server.recording;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where recordings are, and how much of them.
 *
 * @param folder of the files
 * @param keep for how long after their end
 * @param largest bytes of all together
 */
public record RecordingSetup(Path folder, Duration keep, long largest) {}
