package org.outpost.amt.operation.storage;

import java.util.UUID;

/**
 * Who owns blocks in the device's flash. A program that names the same four gets its blocks back.
 *
 * @param caller the program's UUID
 * @param vendor its maker, as registered in the device
 * @param application its name
 * @param enterprise a name that is registered in the device
 */
public record StorageApplication(
        UUID caller, String vendor, String application, String enterprise) {
    private static final int LONGEST = 32;

    /** Checks the lengths. */
    public StorageApplication {
        for (String name : new String[] {vendor, application, enterprise}) {
            if (name.isEmpty() || name.length() > LONGEST) {
                throw new IllegalArgumentException(
                        "vendor, application and enterprise have 1 to 32 characters each");
            }
        }
    }
}
