package org.outpost.server.image;

import java.nio.file.Path;
import java.time.Instant;

/**
 * An image that the server holds.
 *
 * @param name of the file
 * @param path where it is
 * @param size in bytes
 * @param changed when it was last written
 * @param uploaded whether somebody uploaded it; else it is in the folder of the configuration
 */
public record StoredImage(String name, Path path, long size, Instant changed, boolean uploaded) {}
