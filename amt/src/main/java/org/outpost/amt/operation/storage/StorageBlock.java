package org.outpost.amt.operation.storage;

/**
 * A block in the device's flash.
 *
 * @param handle by which it is read and written
 * @param name its name; may be empty
 * @param size in bytes
 * @param hidden whether other programs do not see it
 */
public record StorageBlock(long handle, String name, long size, boolean hidden) {}
